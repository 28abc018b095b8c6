// Probabilities that mean what they say: a network that was trained long is too sure of itself. One number, the temperature, divides all
// arc scores so that gold trees of sentences it was not trained on are as probable as can be (Guo et al. 2017). No best tree changes.
import { logPartition } from '../trees/arcMarginals';
import { treeScore } from '../trees/arcScores';
import type { ParserModel } from './parserModel';

/** Scores and gold heads of a sentence. */
export interface JudgedSentence {
  n: number;
  scores: Float64Array;
  heads: Int32Array;
}

/** Longer sentences are left out: the partition takes O(n³), and there are few. */
const LONGEST = 40;
/** The cold and the hot end of what is tried, and how often the stretch between is cut. */
const COLDEST = 0.5;
const HOTTEST = 5;
const CUTS = 14;

/** The temperature of highest likelihood of the gold trees; 1 where no sentence is short enough. */
export function fitTemperature(sentences: readonly JudgedSentence[]): number {
  const short = sentences.filter(({ n }) => n > 0 && n <= LONGEST);
  if (short.length === 0) return 1;
  const loss = (inverse: number) => short.reduce((sum, sentence) => sum + treeLoss(sentence, inverse), 0);
  // Convex in the inverse: golden sections.
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [1 / HOTTEST, 1 / COLDEST];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [loss(left), loss(right)];
  for (let cut = 0; cut < CUTS; cut++)
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = loss(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = loss(right);
    }
  return 2 / (low + high);
}

/** −ln p(gold tree) where all scores are multiplied. */
export function treeLoss({ n, scores, heads }: JudgedSentence, factor: number): number {
  const scaled = scores.map((score) => score * factor);
  return logPartition(scaled, n) - treeScore(scaled, heads);
}

/** Divides a parser's arc scores by the temperature, in its weights. */
export function applyTemperature(model: ParserModel, temperature: number): void {
  for (const name of ['W_arc', 'b_arc']) {
    const values = model.get(name);
    for (let k = 0; k < values.length; k++) values[k] /= temperature;
  }
}
