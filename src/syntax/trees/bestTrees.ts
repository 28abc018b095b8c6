// The k best trees with one root word, exactly: Lawler's partition (1972), looking only where the bound lets a better tree be.
import { arcAt, fixHead, treeScore } from './arcScores';
import { maximumSpanningTree } from './maximumSpanningTree';

export interface ScoredTree {
  /** As in DependencyTree. */
  heads: Int32Array;
  /** The sum of its arcs' scores; its probability is exp(score − logPartition). */
  score: number;
}

/** At most k trees from the best down, as treesFromBest gives them. */
export function bestTrees(scores: Float64Array, n: number, k: number, words = everyWord(n)): ScoredTree[] {
  const found: ScoredTree[] = [];
  if (k < 1) return found;
  for (const tree of treesFromBest(scores, n, words)) if (found.push(tree) === k) break;
  return found;
}

/**
 * Trees from the best down, each sought when it is asked for, no two alike and none with a forbidden arc; scores as in arcScores.ts. Where
 * `words` (from 1) are given, two trees are alike if those words have the same heads: of all that are alike, the best one is found.
 */
export function* treesFromBest(scores: Float64Array, n: number, words = everyWord(n)): Generator<ScoredTree> {
  const waiting: (Part | SearchedPart)[] = [search(scores, n, 0)];
  while (waiting.length > 0) {
    const part = takeHighest(waiting);
    if (part.bound === -Infinity) return;
    if (!('best' in part)) {
      waiting.push(search(partScores(part, n, words), n, part.settled));
      continue;
    }
    yield { heads: part.best, score: part.bound };
    waiting.push(...partsWithout(part, n, words));
  }
}

function everyWord(n: number): number[] {
  return Array.from({ length: n }, (_, word) => word + 1);
}

/** Some of the trees of another part: with the same heads as its best for so many of the words, and with another one for the next. */
interface Part {
  of: SearchedPart;
  settled: number;
  /** No tree of the part scores more. */
  bound: number;
}

/** A part with its best tree; what it does not have is forbidden in its scores. */
interface SearchedPart {
  scores: Float64Array;
  settled: number;
  best: Int32Array;
  /** The best tree's score. */
  bound: number;
}

function search(scores: Float64Array, n: number, settled: number): SearchedPart {
  const best = maximumSpanningTree(scores, n);
  return { scores, settled, best, bound: treeScore(scores, best) };
}

/** Takes out the part with the highest bound, of equals the earliest. */
function takeHighest<T extends { bound: number }>(parts: T[]): T {
  const highest = parts.reduce((most, { bound }, at) => (bound > parts[most].bound ? at : most), 0);
  return parts.splice(highest, 1)[0];
}

function partScores({ of, settled }: Part, n: number, words: number[]): Float64Array {
  const scores = of.scores.slice();
  for (const word of words.slice(of.settled, settled)) fixHead(scores, n, of.best[word - 1], word);
  scores[arcAt(n, of.best[words[settled] - 1], words[settled])] = -Infinity;
  return scores;
}

/** All trees of a part but its best: those with another head for the first word, those with this one but another for the second, and so on. */
function partsWithout(of: SearchedPart, n: number, words: number[]): Part[] {
  const { scores, best } = of;
  const choices = everyWord(n).map((word) => choiceOf(scores, n, word, -1));
  const parts: Part[] = [];
  for (let settled = of.settled; settled < words.length; settled++) {
    const word = words[settled];
    const head = best[word - 1];
    choices[word - 1] = choiceOf(scores, n, word, head);
    const bound = Math.min(of.bound, boundOf(choices));
    if (bound > -Infinity) parts.push({ of, settled, bound });
    const score = scores[arcAt(n, head, word)];
    choices[word - 1] = head === 0 ? { root: score, other: -Infinity } : { root: -Infinity, other: score };
  }
  return parts;
}

/** What a word scores at most: as the root, and below another word. */
interface Choice {
  root: number;
  other: number;
}

/** Of a word that may not have the head `without`. */
function choiceOf(scores: Float64Array, n: number, word: number, without: number): Choice {
  const choice = { root: without === 0 ? -Infinity : scores[arcAt(n, 0, word)], other: -Infinity };
  for (let head = 1; head <= n; head++)
    if (head !== word && head !== without) choice.other = Math.max(choice.other, scores[arcAt(n, head, word)]);
  return choice;
}

/** What no tree exceeds: every word with its best head, one of them as the root. A little more, because sums round. */
function boundOf(choices: Choice[]): number {
  let [sum, gain, onlyRoot] = [0, -Infinity, 0];
  for (const { root, other } of choices)
    if (other === -Infinity) {
      sum += root;
      onlyRoot++;
    } else {
      sum += other;
      gain = Math.max(gain, root - other);
    }
  if (onlyRoot === 0) sum += gain;
  if (onlyRoot > 1 || sum === -Infinity) return -Infinity;
  return sum + 1e-9 * (1 + Math.abs(sum));
}
