// Trees told apart by the heads of their words, punctuation aside: which words count, and how probable heads are.
import { logPartition } from './arcMarginals';
import { arcAt, fixHead } from './arcScores';

/** What a parser says of a sentence; scores as in arcScores.ts. */
export interface ScoredSentence {
  n: number;
  scores: Float64Array;
  /** The best name of an arc; both count words from 1, the root is 0. */
  relation(head: number, dependent: number): { relation: string };
  upos: readonly (string | null)[];
}

/** Words (from 1) that are no punctuation: neither tagged so, nor related so to the head that suits them best. */
export function wordsThatCount({ n, scores, relation, upos }: ScoredSentence): number[] {
  const words = Array.from({ length: n }, (_, word) => word + 1);
  return words.filter((word) => {
    if (upos[word - 1] === 'PUNCT') return false;
    let best = word === 1 ? 2 : 1;
    for (let head = 1; head <= n; head++)
      if (head !== word && scores[arcAt(n, head, word)] > scores[arcAt(n, best, word)]) best = head;
    return best > n || relation(best, word).relation !== 'punct';
  });
}

/**
 * How probable all trees together are that give `words` (from 1) these heads, whatever the heads of the others: exact, by the Matrix-Tree
 * theorem. `all` is the logarithm of the sum over all trees. O(n³)
 */
export function probabilityOfHeads(
  scores: Float64Array,
  heads: Int32Array,
  words: readonly number[],
  all: number,
): number {
  const own = scores.slice();
  for (const word of words) fixHead(own, heads.length, heads[word - 1], word);
  return Math.exp(logPartition(own, heads.length) - all);
}
