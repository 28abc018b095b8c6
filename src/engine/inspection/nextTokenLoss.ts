// Losses, predictions and output gradients of a window, from its logits.
//   p = softmax(W_oᵀ h + b_o),  J = −ln p(y),  ∂J/∂logit = p − onehot(y),  ∂J/∂h = (p − onehot(y)) W_oᵀ
import { columnsOf, transposed } from '../kernels/matrixKernels';
import type { LanguageModel } from '../network/languageModel';
import { layerWidth } from '../network/networkConfig';

/** −ln p(y) in nats from one row of probabilities; exact also where p(y) rounds to 1. */
function lossOf(othersMass: number, logit: number, shift: number, total: number): number {
  return othersMass < 0.5 ? -Math.log1p(-othersMass) : shift + Math.log(total) - logit;
}

/** Sum of all probabilities of a row but one, in float64: 1 − p(y) without its cancellation. */
function massOfOthers(probabilities: Float32Array, row: number, vocabulary: number, target: number): number {
  let sum = 0;
  for (let k = 0; k < vocabulary; k++) if (k !== target) sum += probabilities[row * vocabulary + k];
  return sum;
}

/**
 * Turns logits [R,V] into probabilities in place and returns J [R], nats; NaN where the target is null.
 * `others` [R] is 1 − p(target). Throws RangeError for a target outside the vocabulary.
 */
export function takeLosses(
  model: LanguageModel,
  logits: Float32Array,
  targets: (number | null)[],
): { losses: Float64Array; others: Float64Array } {
  const { kernels, config } = model;
  const V = config.vocabulary;
  const rows = targets.length;
  for (const target of targets)
    if (target !== null && !(target >= 0 && target < V))
      throw new RangeError(`token id ${target} is outside the vocabulary`);
  const targetLogits = targets.map((target, row) => (target === null ? NaN : logits[row * V + target]));
  const mark = kernels.mark();
  const shift = kernels.allocate(rows);
  const total = kernels.allocate(rows);
  kernels.softmaxRows(logits, shift, total, rows, V);
  const others = new Float64Array(rows).fill(NaN);
  const losses = new Float64Array(rows).fill(NaN);
  targets.forEach((target, row) => {
    if (target === null) return;
    others[row] = massOfOthers(logits, row, V, target);
    losses[row] = lossOf(others[row], targetLogits[row], shift[row], total[row]);
  });
  kernels.release(mark);
  return { losses, others };
}

/** −ln p(target) of one row of logits [V], nats, in float64. */
export function lossOfLogits(logits: Float32Array, target: number): number {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const others = logits.reduce((sum, logit, k) => (k === target ? sum : sum + Math.exp(logit - largest)), 0) / total;
  return lossOf(others, logits[target], largest, total);
}

/** The `count` likeliest tokens of every row of probabilities [R,V], best first, the smaller id first among equals. */
export function likeliestTokens(
  probabilities: Float32Array,
  vocabulary: number,
  count: number,
): { id: number; probability: number }[][] {
  const rows: { id: number; probability: number }[][] = [];
  for (let begin = 0; begin < probabilities.length; begin += vocabulary) {
    const best: { id: number; probability: number }[] = [];
    for (let id = 0; id < vocabulary; id++) {
      const probability = probabilities[begin + id];
      if (best.length === count && !(probability > best[count - 1].probability)) continue;
      let place = best.length;
      while (place > 0 && probability > best[place - 1].probability) place--;
      best.splice(place, 0, { id, probability });
      if (best.length > count) best.pop();
    }
    rows.push(best);
  }
  return rows;
}

/**
 * ∂J(i)/∂y(i) [R, its width] of what the top layer gives, through the output layer alone, in the arena; overwrites
 * probabilities [R,V] with ∂J/∂logit.
 */
export function outputGradients(
  model: LanguageModel,
  probabilities: Float32Array,
  targets: Int32Array,
  others: Float64Array,
): Float32Array {
  const { kernels, config, parameters } = model;
  const { vocabulary: V } = config;
  const width = layerWidth(config);
  const rows = targets.length;
  targets.forEach((target, row) => (probabilities[row * V + target] = -others[row]));
  const gradients = kernels.allocate(rows * width);
  const weights = transposed(columnsOf(parameters.get('W_o').values, V));
  kernels.multiplyStrided(columnsOf(probabilities, V), weights, columnsOf(gradients, width), rows, V, width, false);
  return gradients;
}
