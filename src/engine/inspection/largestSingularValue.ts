// σ_max of a matrix alone, as every picture needs it: Golub and Kahan's bidiagonalisation with all vectors kept orthogonal, some
// tens of products with the matrix where all its singular values take thousands.
import { orderOne, timesPowerOfTwo } from './orderOne';

/** Steps before the first look at the bidiagonal matrix, how much rarer the looks become, the change of σ_max that counts as none. */
const FIRST_LOOK = 8;
const GROWTH = 1.5;
const TOLERANCE = 1e-6;

/**
 * The largest singular value of `values` [n,n], row-major, relative error under 1e-6, never above the true one but for
 * rounding. Throws RangeError for an empty matrix or one with a value that is not finite.
 */
export function largestSingularValue(values: ArrayLike<number>, n: number): number {
  const { scaled, exponent } = orderOne(values, n, n);
  const lefts: Float64Array[] = [];
  const rights: Float64Array[] = [startVector(n)];
  const diagonal: number[] = [];
  const above: number[] = [];
  let found = 0;
  let look = FIRST_LOOK;
  for (;;) {
    const left = timesVector(scaled, n, rights[rights.length - 1]);
    diagonal.push(orthonormalise(left, lefts));
    lefts.push(left);
    const right = vectorTimes(scaled, n, left);
    const length = diagonal[diagonal.length - 1] > 0 ? orthonormalise(right, rights) : 0;
    const ended = length === 0 || diagonal.length === n;
    if (ended || diagonal.length >= look) {
      const next = largestOfBidiagonal(diagonal, above);
      if (ended || next - found <= TOLERANCE * next) return timesPowerOfTwo(next, exponent);
      found = next;
      look *= GROWTH;
    }
    above.push(length);
    rights.push(right);
  }
}

/** A unit vector with a part in every direction that matters: irregular, the same every time. */
function startVector(length: number): Float64Array {
  const vector = Float64Array.from({ length }, (_, at) => 1 + 0.5 * Math.sin(1 + at * at));
  orthonormalise(vector, []);
  return vector;
}

function timesVector(matrix: Float64Array, n: number, by: Float64Array): Float64Array {
  const product = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let column = 0, at = row * n; column < n; column++) sum += matrix[at + column] * by[column];
    product[row] = sum;
  }
  return product;
}

function vectorTimes(matrix: Float64Array, n: number, by: Float64Array): Float64Array {
  const product = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const factor = by[row];
    for (let column = 0, at = row * n; column < n; column++) product[column] += factor * matrix[at + column];
  }
  return product;
}

/** Takes out of `vector` what lies along `others` and makes it a unit vector; returns the length left, 0 where only rounding was. */
function orthonormalise(vector: Float64Array, others: readonly Float64Array[]): number {
  const before = Math.hypot(...vector);
  for (let round = 0; round < 2; round++)
    for (const other of others) {
      let along = 0;
      for (let at = 0; at < vector.length; at++) along += vector[at] * other[at];
      for (let at = 0; at < vector.length; at++) vector[at] -= along * other[at];
    }
  const length = Math.hypot(...vector);
  if (!(length > 1e-14 * before)) return 0;
  for (let at = 0; at < vector.length; at++) vector[at] /= length;
  return length;
}

/** σ_max of an upper bidiagonal B: the root of the largest eigenvalue of BᵀB, which is tridiagonal, by bisection. */
function largestOfBidiagonal(diagonal: readonly number[], above: readonly number[]): number {
  const middle = diagonal.map((d, k) => d * d + (k > 0 ? above[k - 1] ** 2 : 0));
  const beside = above.map((a, k) => a * diagonal[k]);
  const reach = middle.map(
    (m, k) => m + Math.abs(beside[k - 1] ?? 0) + Math.abs(k + 1 < middle.length ? beside[k] : 0),
  );
  let [low, high] = [Math.max(...middle), Math.max(...reach)];
  while (high - low > 4e-16 * high) {
    const candidate = (low + high) / 2;
    if (candidate <= low || candidate >= high) break;
    if (isAboveAll(candidate, middle, beside)) high = candidate;
    else low = candidate;
  }
  return Math.sqrt(low);
}

/** Whether every eigenvalue is below `candidate`: then all pivots of the matrix minus it are negative (Sturm). */
function isAboveAll(candidate: number, middle: readonly number[], beside: readonly number[]): boolean {
  let pivot = middle[0] - candidate;
  for (let k = 1; pivot < 0 && k < middle.length; k++) pivot = middle[k] - candidate - beside[k - 1] ** 2 / pivot;
  return pivot < 0;
}
