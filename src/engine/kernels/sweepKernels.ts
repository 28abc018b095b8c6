// What the all-pairs sweep asks of its kernels: many rows of one width at once, in matrices with dense rows.
import type { StridedMatrix } from './matrixKernels';

/** Values of a row scaled column by column. */
export interface ScaledColumns {
  values: StridedMatrix;
  /** One factor per column. */
  factors: Float32Array;
}

/** Elements this much smaller than their row become 0: they cannot be seen in any norm and denormals are slow. */
export const NEGLIGIBLE = 1e-34;

/** All arrays are the arena's; the columnStride of every matrix is 1. */
export interface SweepKernels {
  /** into[i,k] = a[i,k]·a.factors[k] + b[i,k]·b.factors[k]; with `flush`, what is negligible becomes 0. */
  scaleColumns(
    a: ScaledColumns,
    b: ScaledColumns | null,
    into: StridedMatrix,
    rows: number,
    width: number,
    flush: boolean,
  ): void;
  /** into[i,k] = factors[i]·from[i,k] (+ into[i,k] when accumulate). */
  scaleRows(
    from: StridedMatrix,
    factors: Float32Array,
    into: StridedMatrix,
    rows: number,
    width: number,
    accumulate: boolean,
  ): void;
  /** squares[i] = Σ from[i,k]², in float64. */
  rowSquares(from: StridedMatrix, rows: number, width: number, squares: Float64Array): void;
  /** squares[i] = Σ weights[k]·from[i,k]², in float64. */
  weightedRowSquares(
    from: StridedMatrix,
    weights: Float64Array,
    rows: number,
    width: number,
    squares: Float64Array,
  ): void;
  /** sums[k] = Σᵢ weights[i]·from[i,k], in float64. */
  weightedRowSum(from: StridedMatrix, weights: Float64Array, rows: number, width: number, sums: Float64Array): void;
}
