// The readings of a sentence that are worth telling: the best tree, and a second one that is probable, too.
import { arcMarginals, logPartition } from './arcMarginals';
import { arcAt, fixHead } from './arcScores';
import { treesFromBest } from './bestTrees';
import { maximumSpanningTree } from './maximumSpanningTree';

/** A second reading is told from this probability on: one chance in ten that the sentence was meant so. */
export const SECOND_READING_FROM = 0.1;

/** Two readings are told where both together are at least so probable: else the parser does not waver between two, it does not know. */
export const BOTH_READINGS_FROM = 0.7;

/** Longer sentences are told one reading, that of the best tree: the search for others takes too long, and hardly any is probable. */
export const LONGEST_WITH_SECOND = 100;

/** So many readings are looked at, where the bound does not end the search before: texts of marks alone have bounds that say little. */
const MOST_LOOKED_AT = 8;

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
  /** One or two, the more probable first; none where no tree is possible. Two differ in more than punctuation and have the same root word. */
  readings: Reading[];
  /** Words (from 0), without punctuation, whose head differs between the two. */
  differs: number[];
}

/**
 * Where punctuation belongs is a convention and no reading: trees that agree in all other words count as one, the best stands for them.
 * Of two readings with different root words only the first is told: that is a parser in doubt whether there is a clause at all
 * (“Birds sing.”) rather than a word that may belong to either of two.
 */
export function readingsOf(sentence: ScoredSentence): Readings {
  const { n, scores, relation } = sentence;
  const { marginals, logPartition: all } = arcMarginals(scores, n);
  const words = wordsThatCount(sentence);
  const [first, second] = twoMostProbable(scores, n, words, all);
  if (!first) return { readings: [], differs: [] };
  const isTold =
    second !== undefined &&
    second.probability >= SECOND_READING_FROM &&
    first.probability + second.probability >= BOTH_READINGS_FROM &&
    first.heads.indexOf(0) === second.heads.indexOf(0);
  const readings = (isTold ? [first, second] : [first]).map(({ heads, probability }) => ({
    probability,
    arcs: Array.from(heads, (head, word) => ({
      head,
      relation: relation(head, word + 1).relation,
      marginal: marginals[arcAt(n, head, word + 1)],
    })),
  }));
  const differing = isTold ? words.filter((word) => first.heads[word - 1] !== second.heads[word - 1]) : [];
  return { readings, differs: differing.map((word) => word - 1) };
}

interface SummedTree {
  heads: Int32Array;
  probability: number;
}

/**
 * Readings come by a bound of their sums, every punctuation mark with the sum over its heads, whether or not these make a tree; the search
 * ends when no other can be among the first two that are told, or after MOST_LOOKED_AT. `all` is the partition's logarithm.
 */
function twoMostProbable(scores: Float64Array, n: number, words: readonly number[], all: number): SummedTree[] {
  const summed = (heads: Int32Array): SummedTree => {
    const own = withHeads(scores, heads, words);
    return { heads: maximumSpanningTree(own, n), probability: Math.exp(logPartition(own, n) - all) };
  };
  if (all === -Infinity) return [];
  if (n > LONGEST_WITH_SECOND) return [summed(maximumSpanningTree(scores, n))];
  let found: SummedTree[] = [];
  let left = MOST_LOOKED_AT;
  for (const { heads: bounding, score } of treesFromBest(withPunctuationSummed(scores, n, words), n, [...words])) {
    const [first, second] = found;
    const best = first?.probability ?? 0;
    const least = best < BOTH_READINGS_FROM / 2 ? best : SECOND_READING_FROM;
    if (left-- === 0 || Math.exp(score - all) < Math.max(second?.probability ?? 0, Math.min(best, least))) break;
    found = [...found, summed(bounding)].sort((a, b) => b.probability - a.probability).slice(0, 2);
  }
  return found;
}

/** Scores in which every head that a punctuation mark may have counts as all of them together. */
function withPunctuationSummed(scores: Float64Array, n: number, words: readonly number[]): Float64Array {
  const summed = scores.slice();
  const counted = new Set(words);
  for (let mark = 1; mark <= n; mark++) {
    if (counted.has(mark)) continue;
    const heads = Array.from({ length: n + 1 }, (_, head) => head).filter((head) => head !== mark);
    const own = heads.map((head) => scores[arcAt(n, head, mark)]);
    const most = Math.max(...own);
    if (most === -Infinity) continue;
    const sum = most + Math.log(own.reduce((total, score) => total + Math.exp(score - most), 0));
    for (const head of heads) if (scores[arcAt(n, head, mark)] > -Infinity) summed[arcAt(n, head, mark)] = sum;
  }
  return summed;
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
