// Eigenvalues of a real matrix that need not be symmetric or even diagonalisable: balancing, Hessenberg form, QR steps.
import { balance } from './balancedMatrix';
import { hessenbergEigenvalues } from './francisIteration';
import { reduceToHessenberg } from './hessenbergForm';
import { orderOne, timesPowerOfTwo } from './orderOne';
import { atOnce } from './pieces';

/** λ[k] = real[k] + i·imaginary[k]. */
export interface Eigenvalues {
  real: Float64Array;
  imaginary: Float64Array;
}

/**
 * The n eigenvalues of `values` [n,n], row-major, the largest magnitude first, of equal ones the larger real part, then the
 * larger imaginary part. Exact for a matrix within a few float64 roundings of this one: an eigenvalue that k-fold
 * defectiveness makes sensitive moves by about ε^(1/k), unless balancing finds the triangular order, which is exact.
 * Throws RangeError for an empty matrix or one with a value that is not finite, Error if the iteration does not converge.
 */
export function eigenvalues(values: ArrayLike<number>, n: number): Eigenvalues {
  return atOnce(eigenvalueSteps(values, n));
}

/** The same step by step, each far shorter than the whole. */
export function* eigenvalueSteps(values: ArrayLike<number>, n: number): Generator<void, Eigenvalues> {
  const { scaled, exponent } = orderOne(values, n, n);
  const found: { real: number; imaginary: number; magnitude: number }[] = [];
  const add = (real: number, imaginary: number) =>
    void found.push({ real, imaginary, magnitude: Math.hypot(real, imaginary) });
  const block = balance(scaled, n);
  for (let k = 0; k < n; k++) if (k < block.first || k > block.last) add(scaled[k * n + k], 0);
  yield* reduceToHessenberg(scaled, n, block);
  yield* hessenbergEigenvalues(scaled, n, block, add);
  found.sort((a, b) => b.magnitude - a.magnitude || b.real - a.real || b.imaginary - a.imaginary);
  return {
    real: Float64Array.from(found, ({ real }) => timesPowerOfTwo(real, exponent)),
    imaginary: Float64Array.from(found, ({ imaginary }) => timesPowerOfTwo(imaginary, exponent)),
  };
}
