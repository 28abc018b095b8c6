// Where the words of a tree stand on the time axis: one column, several characters, or a part of a token; what is beyond the drawn columns is left or right.
import type { TokenInfo } from '../../src/protocol/traceFrame';
import { columnX, type TimeAxis } from './timeAxis';

/** UTF-16 offsets of a word in the text. */
export interface WordOffsets {
  start: number;
  end: number;
}

export interface WordExtent {
  /** −1: before the drawn columns, 1: after them, 0: among them. */
  side: -1 | 0 | 1;
  /** What is drawn of it, px; of a word that is not drawn both are the edge it stands beyond. */
  left: number;
  right: number;
  /** Where its arcs end, px. */
  middle: number;
  /** Columns of the frame that it covers, the last included, drawn or not; null where the frame has none of it. */
  columns: { first: number; last: number } | null;
  /** It is exactly one column: its letters need no bracket to tell whose they are. */
  isColumn: boolean;
}

type Tokens = readonly Pick<TokenInfo, 'start' | 'end'>[];

/** One extent per word; `tokens` follow each other in the text that the words' offsets count in. */
export function wordExtents(words: readonly WordOffsets[], tokens: Tokens, axis: TimeAxis): WordExtent[] {
  const leftEdge = columnX(axis, axis.first);
  const rightEdge = columnX(axis, axis.first + axis.count);
  return words.map((word): WordExtent => {
    const columns = coveredColumns(word, tokens);
    const [from, to] = [xOf(word.start, tokens, axis), xOf(Math.max(word.start, word.end), tokens, axis)];
    const isBefore = to <= leftEdge && (to < leftEdge || from < leftEdge);
    if (isBefore || from >= rightEdge) {
      const edge = isBefore ? leftEdge : rightEdge;
      return { side: isBefore ? -1 : 1, left: edge, right: edge, middle: edge, columns, isColumn: false };
    }
    const [left, right] = [Math.max(leftEdge, from), Math.min(rightEdge, to)];
    const isColumn =
      columns !== null &&
      columns.first === columns.last &&
      tokens[columns.first].start === word.start &&
      tokens[columns.first].end === word.end;
    return { side: 0, left, right, middle: (left + right) / 2, columns, isColumn };
  });
}

/** The columns whose tokens share text with the word. */
function coveredColumns({ start, end }: WordOffsets, tokens: Tokens): WordExtent['columns'] {
  if (end <= start) return null;
  const first = firstColumn(tokens, (token) => token.end > start);
  const after = firstColumn(tokens, (token) => token.start >= end);
  return first < after ? { first, last: after - 1 } : null;
}

/** x of an offset: inside of a token in proportion, in the text before or after the frame beyond its columns. */
function xOf(offset: number, tokens: Tokens, axis: TimeAxis): number {
  const at = firstColumn(tokens, ({ end }) => end > offset);
  if (at === tokens.length) {
    const beyond = offset > (tokens.at(-1)?.end ?? 0) ? 1 : 0;
    return columnX(axis, tokens.length) + beyond;
  }
  const { start, end } = tokens[at];
  if (offset < start) return columnX(axis, at) - (at === 0 ? 1 : 0);
  return columnX(axis, at) + (axis.column * (offset - start)) / (end - start);
}

/** The first column that `isBehind` holds for; it holds for all after it. */
function firstColumn(tokens: Tokens, isBehind: (token: Tokens[number]) => boolean): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(tokens[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
