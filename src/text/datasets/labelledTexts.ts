// Texts with a class each: a table with or without names of columns, separated by tabs or, as CSV, by commas or semicolons; or plain
// lines that all have the class of their file.
import Papa from 'papaparse';
import { counted } from '../counted';
import { chooseColumns, type ColumnChoice, type WantedColumns } from './columns';
import { linesOf, malformed, type Examples, type LabelledText } from './examples';

/** Rows by which the separator is found out. */
const LOOKED_AT_ROWS = 100;

/** A row of a table and the line on which it ends, counted from 1. */
export interface TableRow {
  cells: string[];
  line: number;
}

/** A table of labelled texts, and which columns were taken. */
export interface LabelledTable extends Examples<LabelledText> {
  columns: ColumnChoice;
  /** Rows whose text or label is empty. */
  incomplete: number;
}

/**
 * Reads a table. Which columns hold label and text is taken from their names or, without names, from what stands in them, unless it is
 * given. Throws DatasetError `malformed` naming the line where a row has another number of columns than the first or a quotation is
 * never closed, `unlabelled` where there are no two columns.
 */
export function readLabelledTable(text: string, wanted: WantedColumns = {}): LabelledTable {
  const rows = hasTabs(text) ? tabRows(text) : commaRows(text);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const width = filled[0]?.cells.length ?? 0;
  for (const { cells, line } of filled)
    if (cells.length !== width) throw malformed(line, `${counted(cells.length, 'column')} instead of ${width}`);
  const columns = chooseColumns(
    filled.map(({ cells }) => cells),
    wanted,
  );
  const examples: LabelledText[] = [];
  let incomplete = 0;
  for (const { cells } of filled.slice(columns.header ? 1 : 0)) {
    const [label, content] = [cells[columns.label].trim(), cells[columns.text].trim()];
    if (label === '' || content === '') incomplete++;
    else examples.push({ label, text: content });
  }
  return { examples, columns, incomplete, emptyLines: rows.length - filled.length };
}

/** Every line that is not empty as a text of the given class. */
export function readLinesOfClass(text: string, label: string): Examples<LabelledText> {
  const lines = linesOf(text).map((line) => line.trim());
  const examples = lines.filter((line) => line !== '').map((line) => ({ text: line, label }));
  return { examples, emptyLines: lines.length - examples.length };
}

/** Whether the first line that is not empty holds a tab. */
function hasTabs(text: string): boolean {
  return /^[^\S\t]*[^\r\n]*?\t/.test(text.trimStart());
}

/** Between tabs, quotation marks are what they are: corpora in this form do not quote. */
function tabRows(text: string): TableRow[] {
  return linesOf(text).map((line, at) => ({ cells: line.split('\t'), line: at + 1 }));
}

function commaRows(text: string): TableRow[] {
  const rows: TableRow[] = [];
  let [line, begin] = [1, 0];
  const source = text.replace(/^\ufeff/, '');
  const looks = { delimitersToGuess: [',', ';', '|'], skipEmptyLines: true, preview: LOOKED_AT_ROWS };
  const { delimiter } = Papa.parse<string[]>(source, looks).meta;
  Papa.parse<string[]>(source, {
    delimiter,
    step: ({ data, errors, meta }) => {
      const first = line;
      line += countLineEnds(source, begin, meta.cursor);
      begin = meta.cursor;
      const [error] = errors.filter(({ type }) => type === 'Quotes');
      if (error) throw malformed(first, 'a quotation is not closed, or goes on behind its closing mark');
      rows.push({ cells: data, line: first });
    },
  });
  if (rows.length > 0 && rows[rows.length - 1].cells.join('') === '' && /[\r\n]$/.test(source)) rows.pop();
  return rows;
}

function countLineEnds(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n?|\n/g)?.length ?? 0;
}
