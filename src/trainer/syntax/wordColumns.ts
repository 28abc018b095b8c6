// Which columns of the window a word covers: a word may be many characters, several of the model's words, or a part of one.
import type { Place } from '../../syntax/trees/dependencyTree';

/** Columns [first, last], both included; null where nothing of it is shown. */
export interface Columns {
  first: number | null;
  last: number | null;
}

const NONE: Columns = { first: null, last: null };

/** The columns whose tokens share text with [start, end). The tokens follow each other in the text; both count from the same place. */
export function columnsOf(tokens: readonly Place[], { start, end }: Place): Columns {
  if (end <= start) return NONE;
  const first = firstWhere(tokens.length, (at) => tokens[at].end > start);
  const after = firstWhere(tokens.length, (at) => tokens[at].start >= end);
  return first < after ? { first, last: after - 1 } : NONE;
}

/** The first index in 0…count that `isBehind` holds for; it holds for all after it. */
function firstWhere(count: number, isBehind: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
