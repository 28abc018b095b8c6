// Many loss gradients carried backward through time at once: row i belongs to J(i). Every row has a power of two of its
// own in front, so that gradients of any size stay in float32's comfortable range, exactly.

/** Magnitudes between which a row needs no new scale. */
const SMALLEST_ROW = 2 ** -10;
const LARGEST_ROW = 2 ** 10;
/** Elements this much smaller than their row become 0: they cannot be seen in any norm and denormals are slow. */
const NEGLIGIBLE = 1e-34;

/** v, or 0 where it is negligible beside a row of order one. */
export function withoutDenormals(v: number): number {
  return v < NEGLIGIBLE && v > -NEGLIGIBLE ? 0 : v;
}

/** Σ v² over columns [first, first + count), in float64. */
export function sumOfSquares(values: Float32Array | Float64Array, first: number, count: number): number {
  let sum = 0;
  for (let k = first; k < first + count; k++) sum += values[k] * values[k];
  return sum;
}

/** The rows' scales: what a buffer holds times `of[i]` is the gradient. */
export class RowScales {
  readonly of: Float64Array;

  constructor(rows: number) {
    this.of = new Float64Array(rows).fill(1);
  }

  /** The true norm of a row whose stored squares sum up to `squares`; exactly 0 without any path. */
  norm(row: number, squares: number): number {
    return squares === 0 ? 0 : Math.sqrt(squares) * this.of[row];
  }

  /** Σᵢ of rows `first` … of `values` [rows,width], each with its scale, in float64. */
  sumOfRows(values: Float32Array, width: number, first: number): Float64Array {
    const sums = new Float64Array(width);
    for (let row = first; row < this.of.length; row++) {
      const scale = this.of[row];
      for (let k = 0, at = row * width; k < width; k++, at++) sums[k] += scale * values[at];
    }
    return sums;
  }

  /** Brings row `row` of all `buffers` (`width` columns each) back to order one when the largest has left it. */
  rescale(row: number, buffers: Float32Array[], width: number): void {
    let largest = 0;
    for (const buffer of buffers) largest = Math.max(largest, sumOfSquares(buffer, row * width, width));
    const magnitude = Math.sqrt(largest);
    if (magnitude === 0 || !Number.isFinite(magnitude)) return;
    if (magnitude > SMALLEST_ROW && magnitude < LARGEST_ROW) return;
    const factor = 2 ** -Math.floor(Math.log2(magnitude));
    for (const buffer of buffers)
      for (let k = row * width; k < (row + 1) * width; k++) buffer[k] = withoutDenormals(buffer[k] * factor);
    this.of[row] /= factor;
  }
}
