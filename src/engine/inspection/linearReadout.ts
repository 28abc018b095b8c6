// One layer that reads classes from states: softmax regression with a little weight decay, trained to its only minimum. How well it does
// on held-out states says what can be read from them linearly.

/** Weight decay: λ/2·‖W‖² beside the mean cross-entropy of standardised states. */
const DECAY = 1e-3;
const MOST_ITERATIONS = 2000;
/** Ends when no slope is larger. */
const TOLERANCE = 1e-6;
const POWER_STEPS = 30;

export interface LinearReadout {
  /** The class of the largest score. `row` has as many values as the rows it was trained on. */
  predict(row: ArrayLike<number>): number;
  /** Scores of all classes: logits. */
  scores(row: ArrayLike<number>): Float64Array;
  /** [classes, 1 + D] for standardised states, the bias first, and how these are made. */
  weights: Float64Array;
  mean: Float64Array;
  deviation: Float64Array;
}

/** Trains on rows [n][D] with labels below `classes`; the same for the same rows. n ≥ 1. Nesterov's method with restarts. */
export function trainReadout(
  rows: readonly ArrayLike<number>[],
  labels: readonly number[],
  classes: number,
): LinearReadout {
  const D = rows[0].length;
  const { mean, deviation } = momentsOf(rows, D);
  const width = D + 1;
  const data = new Float64Array(rows.length * width);
  rows.forEach((row, n) => standardise(row, mean, deviation, data.subarray(n * width, (n + 1) * width)));
  // The softmax's Hessian is at most half of XᵀX/n.
  const rate = 1 / (0.5 * largestEigenvalue(data, width) + DECAY);
  const weights = new Float64Array(classes * width);
  const ahead = weights.slice();
  let momentum = 1;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const slope = slopeAt(ahead, data, labels, classes, width);
    if (slope.every((value) => Math.abs(value) < TOLERANCE)) break;
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    let uphill = 0;
    const before = weights.slice();
    slope.forEach((value, at) => {
      weights[at] = ahead[at] - rate * value;
      uphill += value * (weights[at] - before[at]);
    });
    const push = uphill > 0 ? 0 : (momentum - 1) / next;
    weights.forEach((value, at) => (ahead[at] = value + push * (value - before[at])));
    momentum = uphill > 0 ? 1 : next;
  }
  const scores = (row: ArrayLike<number>): Float64Array => {
    const own = new Float64Array(width);
    standardise(row, mean, deviation, own);
    return scoresOf(weights, own, 0, classes, width);
  };
  const predict = (row: ArrayLike<number>): number => {
    const all = scores(row);
    return all.indexOf(Math.max(...all));
  };
  return { predict, scores, weights, mean, deviation };
}

function momentsOf(rows: readonly ArrayLike<number>[], D: number) {
  const mean = new Float64Array(D);
  const deviation = new Float64Array(D);
  for (const row of rows) for (let k = 0; k < D; k++) mean[k] += row[k] / rows.length;
  for (const row of rows) for (let k = 0; k < D; k++) deviation[k] += (row[k] - mean[k]) ** 2 / rows.length;
  return { mean, deviation: deviation.map(Math.sqrt) };
}

/** A leading 1 for the bias; units that never change are 0. */
function standardise(row: ArrayLike<number>, mean: Float64Array, deviation: Float64Array, into: Float64Array): void {
  into[0] = 1;
  for (let k = 0; k < mean.length; k++) into[k + 1] = deviation[k] > 1e-12 ? (row[k] - mean[k]) / deviation[k] : 0;
}

function scoresOf(
  weights: Float64Array,
  data: Float64Array,
  from: number,
  classes: number,
  width: number,
): Float64Array {
  const scores = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[c * width + k] * data[from + k];
    scores[c] = sum;
  }
  return scores;
}

function slopeAt(weights: Float64Array, data: Float64Array, labels: readonly number[], classes: number, width: number) {
  // The bias is not held back.
  const slope = weights.map((value, at) => (at % width === 0 ? 0 : DECAY * value));
  labels.forEach((label, n) => {
    const scores = scoresOf(weights, data, n * width, classes, width);
    const most = Math.max(...scores);
    const exps = scores.map((score) => Math.exp(score - most));
    const total = exps.reduce((a, b) => a + b, 0);
    for (let c = 0; c < classes; c++) {
      const error = (exps[c] / total - (c === label ? 1 : 0)) / labels.length;
      for (let k = 0; k < width; k++) slope[c * width + k] += error * data[n * width + k];
    }
  });
  return slope;
}

/** Of XᵀX/n, by the power method from a vector of ones; a tenth more, as it comes from below. */
function largestEigenvalue(data: Float64Array, width: number): number {
  const rows = data.length / width;
  let vector = new Float64Array(width).fill(1 / Math.sqrt(width));
  let value = 1;
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = new Float64Array(width);
    for (let n = 0; n < rows; n++) {
      let dot = 0;
      for (let k = 0; k < width; k++) dot += data[n * width + k] * vector[k];
      for (let k = 0; k < width; k++) next[k] += (dot * data[n * width + k]) / rows;
    }
    value = Math.hypot(...next);
    vector = next.map((each) => each / value);
  }
  return 1.1 * value;
}
