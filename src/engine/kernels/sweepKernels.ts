// What the all-pairs sweep asks of its kernels: many rows of one width at once, in matrices with dense rows.
import type { PackedMatrix, StridedMatrix } from './matrixKernels';

/** Values of a row scaled column by column. */
export interface ScaledColumns {
  values: StridedMatrix;
  /** One factor per column. */
  factors: Float32Array;
}

/** A packed matrix whose rows are multiplied by a factor each. */
export interface PackedPart {
  weights: PackedMatrix;
  factors: Float32Array;
}

/** What an LSTM's rows are made of at a step. */
export interface LstmSweepRows {
  /** [rows, 2·units]: ∂J/∂h is read, ∂J/∂c written behind it. */
  rows: StridedMatrix;
  /** [rows,units] in rows as far apart as those: ∂J/∂c of the step after it. */
  later: StridedMatrix;
  /** ∂h/∂c of the step and the forget gate of the one after it [units]. */
  toCell: Float32Array;
  forget: Float32Array;
  /** [2·units] */
  weights: Float32Array;
}

/** What the two parts of an LSTM's ∂J/∂c are made of at a step; arrays begin with the first row. */
export interface CellPathRows {
  /** [rows,units]: ∂J/∂h. */
  rows: StridedMatrix;
  /** [rows,units] each: along the cell alone, and what came through some h. */
  direct: Float32Array;
  path: Float32Array;
  /** As in LstmSweepRows. */
  toCell: Float32Array;
  forget: Float32Array;
  /** [rows]: by what ∂J/∂h is multiplied where it is added to the path. */
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
  /**
   * Rows first, first + 1 … of `into` = Σ over `parts` diag(factors)·weights. All parts have the same shape, no more rows and as
   * many columns as `into`.
   */
  combinePacked(parts: readonly PackedPart[], into: PackedMatrix, first: number): void;
  /**
   * One pass over rows of `columns` values, the first `units` of them ∂J/∂h: what is negligible of these becomes 0, and
   * squares[0][i] = Σ over units x², squares[1][i] = Σ over columns (weights·x)², exact however small the row is.
   */
  measureRows(
    rows: StridedMatrix,
    weights: Float32Array,
    count: number,
    units: number,
    columns: number,
    squares: readonly Float64Array[],
  ): void;
  /**
   * One pass over an LSTM's rows: ∂J/∂c = later∘forget + ∂J/∂h∘toCell, what is negligible 0; and Σ x² of ∂J/∂h and of ∂J/∂c and
   * Σ (weights·x)² of the whole row to squares[0] … squares[2].
   */
  lstmRows(step: LstmSweepRows, count: number, units: number, squares: readonly Float64Array[]): void;
  /** direct ← direct∘forget, path ← path∘forget + factors·∂J/∂h∘toCell, what is negligible 0; Σ x² of both to squares[0] and [1]. */
  cellPathRows(step: CellPathRows, count: number, units: number, squares: readonly Float64Array[]): void;
}
