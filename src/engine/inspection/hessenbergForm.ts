// Reduction to Hessenberg form by Householder reflections: zeros below the first subdiagonal, the same eigenvalues.
import type { ActiveBlock } from './balancedMatrix';

/** Reduces the block of `a` [n,n] in place, column after column; what lies outside it no longer belongs to the same matrix. */
export function* reduceToHessenberg(a: Float64Array, n: number, { first, last }: ActiveBlock): Generator<void, void> {
  const v = new Float64Array(n);
  const sums = new Float64Array(n);
  for (let m = first + 1; m < last; m++) {
    yield;
    const below = columnLength(a, n, m - 1, m + 1, last);
    if (below === 0) continue;
    // I − τ v vᵀ, v[m] = 1, takes column m−1 below the diagonal to one element.
    const top = a[m * n + m - 1];
    const length = Math.hypot(top, below);
    const reflected = top > 0 ? -length : length;
    const tau = (reflected - top) / reflected;
    for (let i = m; i <= last; i++) v[i] = i === m ? 1 : a[i * n + m - 1] / (top - reflected);
    for (let i = m; i <= last; i++) a[i * n + m - 1] = i === m ? reflected : 0;
    sums.fill(0);
    for (let i = m; i <= last; i++) for (let j = m; j <= last; j++) sums[j] += v[i] * a[i * n + j];
    for (let i = m; i <= last; i++) for (let j = m; j <= last; j++) a[i * n + j] -= tau * v[i] * sums[j];
    for (let i = first; i <= last; i++) {
      let sum = 0;
      for (let j = m; j <= last; j++) sum += v[j] * a[i * n + j];
      for (let j = m; j <= last; j++) a[i * n + j] -= tau * sum * v[j];
    }
  }
}

/** The length of rows from … to of a column, also where the squares would underflow. */
function columnLength(a: Float64Array, n: number, column: number, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i <= to; i++) largest = Math.max(largest, Math.abs(a[i * n + column]));
  if (largest === 0) return 0;
  let squares = 0;
  for (let i = from; i <= to; i++) squares += (a[i * n + column] / largest) ** 2;
  return largest * Math.sqrt(squares);
}
