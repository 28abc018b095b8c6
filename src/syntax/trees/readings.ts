// The readings of a sentence that are worth telling: the best tree, and a second one where a modifier may as well belong elsewhere.
import { arcMarginals } from './arcMarginals';
import { arcAt } from './arcScores';
import { isOtherAttachment } from './attachments';
import { bestTrees } from './bestTrees';
import { maximumSpanningTree } from './maximumSpanningTree';
import { probabilityOfHeads, wordsThatCount, type ScoredSentence } from './wordHeads';

/** A word's second head makes a second reading from this probability on, over all trees: one chance in ten that it was meant so. */
export const SECOND_HEAD_FROM = 0.1;

/**
 * Two readings are told where the word's two heads together are at least so probable, and the heads of all other words together, too: else
 * the parser does not waver between two, it does not know.
 */
export const CLEAR_FROM = 0.7;

export interface Reading {
  /** Of all trees with these heads, wherever they attach punctuation: exact, a sum over every such tree. Names of arcs have no part in it. */
  probability: number;
  /** One to each word: its head (0 for the root, else a word from 1), the arc's name and its probability over all trees. */
  arcs: { head: number; relation: string; marginal: number }[];
}

export interface Readings {
  /** The more probable first; none where no tree is possible. */
  readings: Reading[];
  /** Words (from 0), without punctuation, whose head is not the same in all of them. */
  differs: number[];
}

/**
 * One reading or two. Where punctuation belongs is a convention and no reading: trees that agree in all other words count as one, the best
 * stands for them. A second reading is a modifier in another place (attachments.ts) with all other words as they are; of several such words
 * the one with the most probable second place is told. O(n³), as the probabilities of arcs are.
 */
export function readingsOf(sentence: ScoredSentence): Readings {
  const { n, scores } = sentence;
  const { marginals, logPartition: all } = arcMarginals(scores, n);
  if (all === -Infinity) return { readings: [], differs: [] };
  const best = maximumSpanningTree(scores, n);
  const words = wordsThatCount(sentence);
  const other = otherPlace(sentence, best, words, marginals);
  const trees = [best];
  if (other !== null) {
    const others = words.filter((word) => word !== other.word);
    if (probabilityOfHeads(scores, best, others, all) >= CLEAR_FROM) trees.push(best.with(other.word - 1, other.head));
  }
  return toldOf(sentence, trees, words, marginals, all);
}

/**
 * The `most` best trees that differ in more than punctuation, whatever else they differ in and however improbable they are: fewer where
 * there are no more. Exact, by Lawler's partition (bestTrees.ts).
 */
export function bestReadings(sentence: ScoredSentence, most: number): Readings {
  const { n, scores } = sentence;
  const { marginals, logPartition: all } = arcMarginals(scores, n);
  const words = wordsThatCount(sentence);
  const trees = bestTrees(scores, n, most, words).map(({ heads }) => heads);
  return toldOf(sentence, trees, words, marginals, all);
}

function toldOf(
  { n, scores, relation }: ScoredSentence,
  trees: readonly Int32Array[],
  words: readonly number[],
  marginals: Float64Array,
  all: number,
): Readings {
  const readings = trees.map((heads) => ({
    probability: probabilityOfHeads(scores, heads, words, all),
    arcs: Array.from(heads, (head, word) => ({
      head,
      relation: relation(head, word + 1).relation,
      marginal: marginals[arcAt(n, head, word + 1)],
    })),
  }));
  readings.sort((a, b) => b.probability - a.probability);
  const differing = words.filter((word) => trees.some((heads) => heads[word - 1] !== trees[0][word - 1]));
  return { readings, differs: differing.map((word) => word - 1) };
}

/** The word (from 1) that may most likely belong elsewhere, and where; null where none is as likely to as is told. */
function otherPlace(
  sentence: ScoredSentence,
  best: Int32Array,
  words: readonly number[],
  marginals: Float64Array,
): { word: number; head: number } | null {
  let found: { word: number; head: number; probability: number } | null = null;
  for (const word of words)
    for (let head = 1; head <= sentence.n; head++) {
      if (head === word || head === best[word - 1]) continue;
      const [first, second] = [best[word - 1], head].map((each) => marginals[arcAt(sentence.n, each, word)]);
      const probability = Math.min(first, second);
      if (probability < Math.max(SECOND_HEAD_FROM, found?.probability ?? 0) || first + second < CLEAR_FROM) continue;
      if (isOtherAttachment(sentence, best, word, head)) found = { word, head, probability };
    }
  return found;
}
