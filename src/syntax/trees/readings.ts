// The readings of a sentence that are worth telling: the best tree, and a second one that is probable, too.
import { arcMarginals, logPartition } from './arcMarginals';
import { arcAt, fixHead } from './arcScores';
import { bestTrees } from './bestTrees';

/** A second reading is told from this probability on: one chance in ten that the sentence was meant so. */
export const SECOND_READING_FROM = 0.1;

/** Best trees, different in more than punctuation, among which the two most probable are sought: sums over punctuation may change their order. */
const CANDIDATES = 4;

/** What a parser says of a sentence; scores as in arcScores.ts. */
export interface ScoredSentence {
  n: number;
  scores: Float64Array;
  /** The best name of an arc; both count words from 1, the root is 0. */
  relation(head: number, dependent: number): { relation: string };
  upos: readonly (string | null)[];
}

export interface Reading {
  /**
   * Of all trees with these heads, wherever they attach punctuation: exact, a sum over every such tree. Of the tree alone where there is
   * none. Names of arcs have no part in it.
   */
  probability: number;
  /** One to each word: its head (0 for the root, else a word from 1), the arc's name and its probability over all trees. */
  arcs: { head: number; relation: string; marginal: number }[];
}

export interface Readings {
  /** One or two, the more probable first; none where no tree is possible. Two differ in more than punctuation. */
  readings: Reading[];
  /** Words (from 0), without punctuation, whose head differs between the two. */
  differs: number[];
}

/** Where punctuation belongs is a convention and no reading: trees that agree in all other words count as one, the best stands for them. */
export function readingsOf(sentence: ScoredSentence): Readings {
  const { n, scores, relation } = sentence;
  const { marginals, logPartition: all } = arcMarginals(scores, n);
  const words = wordsThatCount(sentence);
  const found = bestTrees(scores, n, CANDIDATES, words)
    .map(({ heads }) => ({ heads, probability: Math.exp(logPartition(withHeads(scores, heads, words), n) - all) }))
    .sort((a, b) => b.probability - a.probability);
  const told = found.filter(({ probability }, at) => at === 0 || (at === 1 && probability >= SECOND_READING_FROM));
  const readings = told.map(({ heads, probability }) => ({
    probability,
    arcs: Array.from(heads, (head, word) => ({
      head,
      relation: relation(head, word + 1).relation,
      marginal: marginals[arcAt(n, head, word + 1)],
    })),
  }));
  const [first, second] = told;
  const differing = second ? words.filter((word) => first.heads[word - 1] !== second.heads[word - 1]) : [];
  return { readings, differs: differing.map((word) => word - 1) };
}

/** Words (from 1) that are no punctuation: neither tagged so, nor related so to the head that suits them best. */
function wordsThatCount({ n, scores, relation, upos }: ScoredSentence): number[] {
  const words = Array.from({ length: n }, (_, word) => word + 1);
  return words.filter((word) => {
    if (upos[word - 1] === 'PUNCT') return false;
    let best = word === 1 ? 2 : 1;
    for (let head = 1; head <= n; head++)
      if (head !== word && scores[arcAt(n, head, word)] > scores[arcAt(n, best, word)]) best = head;
    return best > n || relation(best, word).relation !== 'punct';
  });
}

/** Scores that allow the words only these heads. */
function withHeads(scores: Float64Array, heads: Int32Array, words: readonly number[]): Float64Array {
  const own = scores.slice();
  for (const word of words) fixHead(own, heads.length, heads[word - 1], word);
  return own;
}
