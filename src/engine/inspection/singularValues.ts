// Singular values in float64, by ml-matrix: Householder bidiagonalisation and implicit QR steps (Golub & Reinsch 1970).
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { orderOne, timesPowerOfTwo } from './orderOne';

const VALUES_ONLY = { computeLeftSingularVectors: false, computeRightSingularVectors: false, autoTranspose: true };

/**
 * The min(rows, columns) singular values of `values` [rows,columns], row-major, largest first. Each is exact to a few
 * float64 roundings of the largest. Throws RangeError for an empty matrix or one with a value that is not finite.
 */
export function singularValues(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const { scaled, exponent } = orderOne(values, rows, columns);
  const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, scaled), VALUES_ONLY);
  return Float64Array.from(diagonal.slice(0, Math.min(rows, columns)), (value) => timesPowerOfTwo(value, exponent));
}
