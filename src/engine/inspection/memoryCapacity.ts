// How much of an earlier input a linear read-out can still find in a network's states (Jaeger 2001): Σ over the lags of the share of its
// variance, which of H states is at most H where inputs are independent of each other. A generator, so that it can be done in pieces.

export interface MemoryCapacity {
  /** By lag from 0: the share of the variance of u(t − lag), 0 to 1, on states that the read-out was not fitted to. */
  byLag: Float64Array;
  /** Their sum. */
  total: number;
}

/** Of a state's mean square, so that states that say the same do not blow the read-out up. */
const RIDGE = 1e-9;

/**
 * `states` [N,H] row-major, state n made after input u(n); a ridge regression on the first two thirds gives the read-outs of all lags
 * below `lags`, the rest says how good they are. Throws RangeError where there are not at least twice as many states as H and lags take.
 */
export function* memoryCapacity(
  states: ArrayLike<number>,
  units: number,
  inputs: ArrayLike<number>,
  lags: number,
): Generator<void, MemoryCapacity> {
  const N = inputs.length;
  if (states.length !== N * units) throw new RangeError(`${states.length} values for ${N} states of ${units} units`);
  const fitted = Math.floor((2 * N) / 3);
  if (fitted - lags < 2 * units || N - fitted < 2) throw new RangeError(`${N} states are too few for ${units} units`);
  const begin = lags;
  const means = Float64Array.from({ length: units }, (_, k) => meanOf((n) => states[n * units + k], begin, fitted));
  const centred = (n: number, k: number) => states[n * units + k] - means[k];
  const factor = cholesky(yield* covariance(centred, units, begin, fitted), units);
  yield;
  const byLag = new Float64Array(lags);
  for (let lag = 0; lag < lags; lag++) {
    const u = (n: number) => inputs[n - lag];
    const mean = meanOf(u, begin, fitted);
    const towards = Float64Array.from({ length: units }, (_, k) =>
      meanOf((n) => centred(n, k) * (u(n) - mean), begin, fitted),
    );
    const weights = solve(factor, towards, units);
    byLag[lag] = explained(
      (n) => {
        let sum = mean;
        for (let k = 0; k < units; k++) sum += weights[k] * centred(n, k);
        return sum;
      },
      u,
      fitted,
      N,
    );
    yield;
  }
  return { byLag, total: byLag.reduce((sum, share) => sum + share, 0) };
}

function meanOf(value: (n: number) => number, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += value(n);
  return sum / (to - from);
}

/** 1 − Σ (u − û)² / Σ (u − ū)², at least 0. */
function explained(predicted: (n: number) => number, u: (n: number) => number, from: number, to: number): number {
  const mean = meanOf(u, from, to);
  const error = meanOf((n) => (u(n) - predicted(n)) ** 2, from, to);
  const variance = meanOf((n) => (u(n) - mean) ** 2, from, to);
  return variance === 0 ? 0 : Math.max(0, 1 - error / variance);
}

function* covariance(
  centred: (n: number, k: number) => number,
  H: number,
  from: number,
  to: number,
): Generator<void, Float64Array> {
  const matrix = new Float64Array(H * H);
  const row = new Float64Array(H);
  for (let n = from; n < to; n++) {
    for (let k = 0; k < H; k++) row[k] = centred(n, k);
    for (let i = 0; i < H; i++) for (let j = 0; j <= i; j++) matrix[i * H + j] += (row[i] * row[j]) / (to - from);
    if (n % 16 === 0) yield;
  }
  let trace = 0;
  for (let k = 0; k < H; k++) trace += matrix[k * H + k];
  const ridge = trace === 0 ? 1 : (RIDGE * trace) / H;
  for (let k = 0; k < H; k++) matrix[k * H + k] += ridge;
  return matrix;
}

/** L of a symmetric positive matrix = L Lᵀ, whose lower triangle is given, in its place. */
function cholesky(matrix: Float64Array, H: number): Float64Array {
  for (let i = 0; i < H; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * H + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * H + k] * matrix[j * H + k];
      // Rounding may leave a pivot of nothing where a state is a sum of others: it adds nothing then.
      matrix[i * H + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / matrix[j * H + j];
    }
  return matrix;
}

/** x of L Lᵀ x = right. */
function solve(factor: Float64Array, right: Float64Array, H: number): Float64Array {
  const x = right.slice();
  for (let i = 0; i < H; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * H + k] * x[k];
    x[i] /= factor[i * H + i];
  }
  for (let i = H - 1; i >= 0; i--) {
    for (let k = i + 1; k < H; k++) x[i] -= factor[k * H + i] * x[k];
    x[i] /= factor[i * H + i];
  }
  return x;
}
