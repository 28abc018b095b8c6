// The few largest singular values of a matrix, as pictures need them: Golub and Kahan's bidiagonalisation with all vectors kept
// orthogonal, some tens of products with the matrix where all its singular values take thousands.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { orderOne, timesPowerOfTwo } from './orderOne';

/** Steps before the first look at the bidiagonal matrix, how much rarer the looks become, the change that counts as none. */
const FIRST_LOOK = 8;
const GROWTH = 1.5;
const TOLERANCE = 1e-6;

/**
 * The `count` largest singular values of `values` [n,n], row-major, largest first, each to about 1e-6 of the largest and never
 * above the true one but for rounding. Throws RangeError for an empty matrix or one with a value that is not finite.
 */
export function largestSingularValues(values: ArrayLike<number>, n: number, count: number): Float64Array {
  const { scaled, exponent } = orderOne(values, n, n);
  const wanted = Math.min(count, n);
  const lefts: Float64Array[] = [];
  const rights: Float64Array[] = [];
  const diagonal: number[] = [];
  const above: number[] = [];
  let right = startVector(n, rights);
  let found: Float64Array = new Float64Array(wanted);
  let look = Math.max(FIRST_LOOK, wanted + 1);
  for (;;) {
    rights.push(right);
    const left = timesVector(scaled, n, right);
    diagonal.push(orthonormalise(left, lefts));
    lefts.push(left);
    const ended = diagonal.length === n;
    if (ended || diagonal.length >= look) {
      const next = largestOfBidiagonal(diagonal, above, wanted);
      const settled = next.every((value, k) => Math.abs(value - found[k]) <= TOLERANCE * next[0]);
      if (ended || settled) return next.map((value) => timesPowerOfTwo(value, exponent));
      found = next;
      look *= GROWTH;
    }
    right = vectorTimes(scaled, n, left);
    const length = diagonal[diagonal.length - 1] > 0 ? orthonormalise(right, rights) : 0;
    above.push(length);
    // What was reached so far is closed under the matrix: the rest is looked for from elsewhere.
    if (length === 0) right = startVector(n, rights);
  }
}

/** A random unit vector orthogonal to `others`, fewer than its length; the same every time. */
function startVector(length: number, others: readonly Float64Array[]): Float64Array {
  const random = xoroshiro128plus(others.length);
  for (;;) {
    const vector = Float64Array.from({ length }, () => uniformFloat64(random) - 0.5);
    if (orthonormalise(vector, others) > 1e-6) return vector;
  }
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

/** The largest singular values of an upper bidiagonal B: roots of the eigenvalues of BᵀB, which is tridiagonal, by bisection. */
function largestOfBidiagonal(diagonal: readonly number[], above: readonly number[], count: number): Float64Array {
  const middle = diagonal.map((d, k) => d * d + (k > 0 ? above[k - 1] ** 2 : 0));
  const beside = diagonal.slice(1).map((_, k) => above[k] * diagonal[k]);
  const reach = middle.map((m, k) => m + Math.abs(beside[k - 1] ?? 0) + Math.abs(beside[k] ?? 0));
  const top = Math.max(...reach);
  return Float64Array.from({ length: count }, (_, k) => {
    let [low, high] = [0, top];
    while (high - low > 4e-16 * top) {
      const candidate = (low + high) / 2;
      if (candidate <= low || candidate >= high) break;
      if (eigenvaluesAbove(candidate, middle, beside) > k) low = candidate;
      else high = candidate;
    }
    return Math.sqrt(low);
  });
}

/** How many eigenvalues lie above `candidate`: as many as pivots of the matrix minus it are positive (Sturm). */
function eigenvaluesAbove(candidate: number, middle: readonly number[], beside: readonly number[]): number {
  let positive = 0;
  let pivot = 1;
  for (let k = 0; k < middle.length; k++) {
    const through = k === 0 ? 0 : beside[k - 1] ** 2 / pivot;
    pivot = middle[k] - candidate - through || Number.MIN_VALUE;
    if (pivot > 0) positive++;
  }
  return positive;
}
