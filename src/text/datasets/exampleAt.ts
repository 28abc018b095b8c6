// The example of a task that the cursor is in: a line of a labelled table, a sentence of a tagged file, or a line of any other text.
import Papa from 'papaparse';
import { tokenize, type Token, type TokenUnit } from '../tokenize';
import { readAsTokens } from './encodedDataset';
import type { DatasetTask } from './examples';
import { CONLLU_COLUMNS } from './taggedSentences';

/** How examples were read when a network was trained. */
export interface ExampleReading {
  task: DatasetTask;
  unit: TokenUnit;
  lowerCase: boolean;
  /** Classes or tags. */
  labels: readonly string[];
  /** Numbers from 1 of the columns of label and text, or the name or number of the tags'; none of plain text. */
  columns: readonly string[];
}

/** Offsets count from the beginning of the text that was looked through. */
export interface FoundExample {
  tokens: Token[];
  /** The class that the line says; null where it says none. */
  label: string | null;
  /** The tag that the file says of each token; null where it says none. */
  tags: (string | null)[];
  /** Index of the token just left of the cursor. */
  focus: number;
}

interface Line {
  text: string;
  start: number;
}

/** Null where nothing but white space is around. Of lines without anything in them the next one before the cursor counts, else behind. */
export function exampleAt(text: string, cursor: number, reading: ExampleReading): FoundExample | null {
  const lines = linesWithOffsets(text);
  let at = lines.findLastIndex(({ start }) => start <= cursor);
  const isFilled = (line: Line) => line.text.trim() !== '';
  if (at < 0 || !isFilled(lines[at])) {
    const before = lines.findLastIndex((line, k) => k < at && isFilled(line));
    at = before >= 0 ? before : lines.findIndex(isFilled);
  }
  if (at < 0) return null;
  if (reading.task === 'tagging')
    return taggedSentence(lines, at, cursor, reading) ?? plainLine(lines[at], cursor, reading);
  return (
    (reading.task === 'classification' ? labelledLine(lines[at], cursor, reading) : null) ??
    plainLine(lines[at], cursor, reading)
  );
}

/** The first line of a file that holds an example: names of columns are none. */
export function firstExample(text: string, reading: ExampleReading): FoundExample | null {
  if (reading.task === 'classification')
    for (const line of linesWithOffsets(text)) {
      const found = labelledLine(line, line.start, reading);
      if (found) return found;
    }
  return exampleAt(text, 0, reading);
}

function linesWithOffsets(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (const part of text.slice(start).split(/(\r\n?|\n)/)) {
    if (!/^[\r\n]/.test(part)) lines.push({ text: part, start });
    start += part.length;
  }
  return lines;
}

function plainLine(line: Line, cursor: number, { task, unit, lowerCase }: ExampleReading): FoundExample | null {
  const own = task === 'tagging' ? tokenize(line.text, 'words') : readAsTokens(line.text, unit, lowerCase);
  const tokens = shifted(own, (offset) => line.start + offset);
  if (tokens.length === 0) return null;
  return { tokens, label: null, tags: tokens.map(() => null), focus: tokenAt(tokens, cursor) };
}

/** Null where the line is no row of a table with one of the labels in its place. */
function labelledLine(line: Line, cursor: number, reading: ExampleReading): FoundExample | null {
  const [label, content] = reading.columns.map((column) => Number(column) - 1);
  if (content === undefined) return null;
  for (const { cells, startOf } of rowsOf(line.text)) {
    const own = cells[label]?.trim();
    if (content >= cells.length || !reading.labels.includes(own)) continue;
    const cell = cells[content].trim();
    const begin = line.start + startOf(content) + cells[content].indexOf(cell);
    // A quotation mark within a quotation stands twice in the file.
    const isQuoted = line.text.charAt(startOf(content) - 1) === '"';
    const within = (offset: number) => offset + (isQuoted ? (cell.slice(0, offset).match(/"/g)?.length ?? 0) : 0);
    const tokens = shifted(readAsTokens(cell, reading.unit, reading.lowerCase), (offset) => begin + within(offset));
    if (tokens.length === 0) continue;
    return { tokens, label: own, tags: tokens.map(() => null), focus: tokenAt(tokens, cursor) };
  }
  return null;
}

interface Row {
  cells: string[];
  startOf(cell: number): number;
}

/** The line read with tabs, else with each separator that CSV may have. */
function rowsOf(line: string): Row[] {
  if (line.includes('\t')) {
    const cells = line.split('\t');
    return [{ cells, startOf: (at) => cells.slice(0, at).reduce((sum, cell) => sum + cell.length + 1, 0) }];
  }
  return [',', ';', '|'].flatMap((delimiter) => {
    const [cells] = Papa.parse<string[]>(line, { delimiter }).data;
    if (!cells || cells.length < 2) return [];
    return [{ cells, startOf: (at) => startOfCell(line, cells, at, delimiter) }];
  });
}

function startOfCell(line: string, cells: readonly string[], at: number, delimiter: string): number {
  let start = 0;
  for (let cell = 0; ; cell++) {
    const isQuoted = line.charAt(start) === '"';
    if (cell === at) return isQuoted ? start + 1 : start;
    const length = isQuoted ? cells[cell].replaceAll('"', '""').length + 2 : cells[cell].length;
    start += length + delimiter.length;
  }
}

/** The block of lines with tabs around the line; null where it is none. */
function taggedSentence(
  lines: readonly Line[],
  at: number,
  cursor: number,
  reading: ExampleReading,
): FoundExample | null {
  const isPart = (line: Line | undefined) => line !== undefined && line.text.trim() !== '';
  let [first, end] = [at, at];
  while (isPart(lines[first - 1])) first--;
  while (isPart(lines[end])) end++;
  const tokens: Token[] = [];
  const tags: (string | null)[] = [];
  for (const { text, start } of lines.slice(first, end)) {
    const cells = text.split('\t');
    const isConllu = cells.length === CONLLU_COLUMNS.length;
    if (cells.length < 2 || (isConllu && !/^\d+$/.test(cells[0]))) continue;
    const form = isConllu ? 1 : 0;
    const begin = start + (isConllu ? cells[0].length + 1 : 0);
    const tag = cells[tagColumn(reading, cells.length)]?.trim();
    tokens.push({ text: cells[form].trim(), start: begin, end: begin + cells[form].length });
    tags.push(reading.labels.includes(tag) ? tag : null);
  }
  if (tokens.length === 0) return null;
  // Beside the token stands its tag: the cursor may be anywhere in its line.
  const focus = Math.max(
    0,
    tokens.findLastIndex(({ start }) => start <= Math.max(cursor, tokens[0].start)),
  );
  return { tokens, label: null, tags, focus };
}

function tagColumn({ columns }: ExampleReading, width: number): number {
  const name = columns[0] as (typeof CONLLU_COLUMNS)[number] | undefined;
  if (name === undefined) return width - 1;
  const known = CONLLU_COLUMNS.indexOf(name);
  return known >= 0 ? known : Number(name) - 1;
}

function tokenAt(tokens: readonly Token[], cursor: number): number {
  return Math.max(
    0,
    tokens.findLastIndex(({ start }) => start < cursor),
  );
}

function shifted(tokens: readonly Token[], to: (offset: number) => number): Token[] {
  return tokens.map(({ text, start, end }) => ({ text, start: to(start), end: to(end) }));
}
