// The trees of a text that is a CoNLL-U file itself: of the sentences, blocks of lines, that are looked at.
import type { Place } from '../../syntax/trees/dependencyTree';
import type { ConlluProblem } from '../../syntax/trees/conlluProblems';
import { readConllu } from '../../syntax/trees/readConllu';
import { CONLLU_COLUMNS } from '../../text/datasets/taggedSentences';
import { withEmptyPlaces, type PlacedTree } from './placedTree';

interface Line {
  text: string;
  start: number;
  /** Its number in the text, from 1. */
  line: number;
}

/** `broken`: sentences without a tree, their lines counted from the text's first. */
export interface DocumentTrees {
  trees: PlacedTree[];
  broken: ConlluProblem[];
}

/** Null where what is looked at, [start, end) of the text, is no part of a CoNLL-U file. A word's place is that of its form in the table. */
export function documentTrees(text: string, { start, end }: Place): DocumentTrees | null {
  const blocks = blocksOf(text).filter(
    (lines) => lines[0].start < end && lines[lines.length - 1].start + lines[lines.length - 1].text.length >= start,
  );
  const own = blocks.filter(isConlluBlock);
  if (own.length === 0) return null;
  const found: DocumentTrees = { trees: [], broken: [] };
  for (const lines of own) {
    const { trees, problems } = readConllu(`${lines.map((line) => line.text).join('\n')}\n\n`);
    // The block was read by itself: its first line counts as 1 there.
    found.broken.push(...problems.map(({ line, reason }) => ({ line: lines[0].line + line - 1, reason })));
    if (trees.length !== 1) continue;
    const forms = lines.flatMap(formPlace);
    // A tree with other words than the table has rows could not be placed.
    if (forms.length !== trees[0].forms.length) continue;
    const [first, last] = [forms[0], forms[forms.length - 1]];
    found.trees.push({
      ...{ tree: trees[0], words: withEmptyPlaces(forms, first.start), start: first.start, end: last.end },
    });
  }
  return found;
}

/** Lines that follow each other without an empty one. */
function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [];
  let block: Line[] = [];
  let line = 0;
  for (const { 0: whole, index } of text.matchAll(/[^\r\n]*(?:\r\n?|\n|$)/g)) {
    line++;
    const written = whole.replace(/[\r\n]+$/, '');
    if (written.trim() !== '') block.push({ text: written, start: index, line });
    else if (block.length > 0) {
      blocks.push(block);
      block = [];
    }
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

/** Whether most lines look like a table of words; one may be broken, or cut off at the end of what is known of the text. */
function isConlluBlock(lines: readonly Line[]): boolean {
  const rows = lines.filter(({ text }) => !text.startsWith('#'));
  const words = rows.filter(({ text }) => {
    const cells = text.split('\t');
    return cells.length === CONLLU_COLUMNS.length && /^\d+([-.]\d+)?$/.test(cells[0]);
  });
  return words.length > 0 && 2 * words.length >= rows.length;
}

/** Place of the form in the line of a syntactic word; none for other lines. */
function formPlace({ text, start }: Pick<Line, 'text' | 'start'>): Place[] {
  const [id, form] = text.split('\t');
  if (text.startsWith('#') || form === undefined || !/^\d+$/.test(id)) return [];
  const begin = start + id.length + 1;
  return [{ start: begin, end: begin + form.length }];
}
