// Many loss gradients carried backward through time at once: row i belongs to J(i). Every row has a power of two of its
// own in front, so that gradients of any size stay in float32's comfortable range, exactly.
import { columnsOf, type MatrixKernels, type StridedMatrix } from '../kernels/matrixKernels';
import { NEGLIGIBLE } from '../kernels/sweepKernels';

/** Squared magnitudes between which a row needs no new scale. */
const SMALLEST_SQUARES = 2 ** -20;
const LARGEST_SQUARES = 2 ** 20;

/** v, or 0 where it is negligible beside a row of order one. */
function withoutDenormals(v: number): number {
  return v < NEGLIGIBLE && v > -NEGLIGIBLE ? 0 : v;
}

/** Σ v² over columns [first, first + count), in float64. */
export function sumOfSquares(values: Float32Array | Float64Array, first: number, count: number): number {
  let sum = 0;
  for (let k = first; k < first + count; k++) sum += values[k] * values[k];
  return sum;
}

/** Rows whose columns count with a weight each. */
export interface WeightedColumns {
  from: StridedMatrix;
  /** One per column, in the arena. */
  weights: Float64Array;
}

/** The rows' scales: what a buffer holds times `of[i]` is the gradient. */
export class RowScales {
  private readonly of: Float64Array;
  private readonly squares: Float64Array;
  private readonly largest: Float64Array;
  private readonly sums: Float64Array;

  /** For rows of at most `width` columns; see `rowScaleFloats` for what it takes of the arena. */
  constructor(
    private readonly kernels: MatrixKernels,
    private readonly rows: number,
    width: number,
  ) {
    this.of = kernels.allocateDoubles(rows).fill(1);
    this.squares = kernels.allocateDoubles(rows);
    this.largest = kernels.allocateDoubles(rows);
    this.sums = kernels.allocateDoubles(width);
  }

  /** The true norms of rows `first` … of `from`, which begins there; exactly 0 without any path. */
  forEachNorm(first: number, from: StridedMatrix, width: number, visit: (row: number, norm: number) => void): void {
    this.kernels.sweep.rowSquares(from, this.rows - first, width, this.squares);
    this.visitNorms(first, visit);
  }

  private visitNorms(first: number, visit: (row: number, norm: number) => void): void {
    for (let row = first; row < this.rows; row++) {
      const squares = this.squares[row - first];
      visit(row, squares === 0 ? 0 : Math.sqrt(squares) * this.of[row]);
    }
  }

  /** √Σ weights[k]·element², with its scale, of rows `first` … of `from`, which begins there. */
  forEachWeightedNorm(
    first: number,
    { from, weights }: WeightedColumns,
    visit: (row: number, norm: number) => void,
  ): void {
    const rows = this.rows - first;
    this.kernels.sweep.weightedRowSquares(from, weights, rows, weights.length, this.squares);
    this.visitNorms(first, visit);
  }

  /** Σᵢ of rows `first` … of `values` [rows,width], each with its scale, in float64. */
  sumOfRows(values: Float32Array, width: number, first: number): Float64Array {
    const from = { ...columnsOf(values, width), offset: first * width };
    this.kernels.sweep.weightedRowSum(from, this.of.subarray(first), this.rows - first, width, this.sums);
    return this.sums.slice(0, width);
  }

  /** Brings rows `first` … of all `buffers` (`width` columns each) back to order one where the largest has left it. */
  rescale(first: number, buffers: Float32Array[], width: number): void {
    this.largest.fill(0);
    for (const buffer of buffers) {
      const from = { ...columnsOf(buffer, width), offset: first * width };
      this.kernels.sweep.rowSquares(from, this.rows - first, width, this.squares);
      for (let at = 0; at < this.rows - first; at++) this.largest[at] = Math.max(this.largest[at], this.squares[at]);
    }
    for (let row = first; row < this.rows; row++) {
      const squares = this.largest[row - first];
      if (squares === 0 || !Number.isFinite(squares)) continue;
      if (squares > SMALLEST_SQUARES && squares < LARGEST_SQUARES) continue;
      const factor = 2 ** -Math.floor(Math.log2(Math.sqrt(squares)));
      for (const buffer of buffers)
        for (let k = row * width; k < (row + 1) * width; k++) buffer[k] = withoutDenormals(buffer[k] * factor);
      this.of[row] /= factor;
    }
  }
}

/** Upper bound of what the scales take of the arena, in float32 values. */
export function rowScaleFloats(rows: number, width: number): number {
  return 6 * rows + 2 * width + 64;
}
