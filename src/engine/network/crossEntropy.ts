// Softmax cross-entropy over rows of logits: J = −ln p(target), in nats.
import type { MatrixKernels } from '../kernels/matrixKernels';

/**
 * Turns logits [rows, V] into probabilities in place and returns Σ −ln p(target) over the rows, accumulated in float64:
 * −ln p(y) = (max − logit(y)) + ln Σ exp(logit − max).
 * Throws RangeError for a target outside the vocabulary.
 */
export function softmaxCrossEntropy(
  kernels: MatrixKernels,
  logits: Float32Array,
  targets: Int32Array,
  vocabulary: number,
): number {
  const rows = targets.length;
  const targetLogits = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    if (!(targets[row] >= 0 && targets[row] < vocabulary))
      throw new RangeError(`token id ${targets[row]} is outside the vocabulary`);
    targetLogits[row] = logits[row * vocabulary + targets[row]];
  }
  const mark = kernels.mark();
  const shift = kernels.allocate(rows);
  const total = kernels.allocate(rows);
  kernels.softmaxRows(logits, shift, total, rows, vocabulary);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    sum += shift[row] - targetLogits[row] + Math.log(total[row]);
  }
  kernels.release(mark);
  return sum;
}

/** ∂(scale·Σ −ln p(target))/∂logits = scale·(p − 1[target]), in place of the probabilities. */
export function crossEntropyGradient(
  kernels: MatrixKernels,
  probabilities: Float32Array,
  targets: Int32Array,
  vocabulary: number,
  scale: number,
): void {
  for (let row = 0; row < targets.length; row++) probabilities[row * vocabulary + targets[row]] -= 1;
  kernels.scale(probabilities, scale);
}
