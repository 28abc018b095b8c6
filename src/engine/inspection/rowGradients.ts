// Many loss gradients carried backward through a network at once: row i belongs to J(i). Every row has a power of two of its
// own in front, so that gradients of any size stay in float32's comfortable range, exactly.
import type { MatrixKernels, StridedMatrix } from '../kernels/matrixKernels';
import { NEGLIGIBLE } from '../kernels/sweepKernels';

/** Squared magnitudes between which a row keeps its scale. */
const SMALLEST_SQUARES = 2 ** -20;
const LARGEST_SQUARES = 2 ** 96;
/** A row that has become too small is brought up to this: it vanishes further, so this puts off the next time. */
const HEADROOM = 2 ** 40;
/** Rows are added to others in the other's scale up to this factor … */
const LARGEST_FACTOR = 2 ** 30;
/** … and not at all below this one. */
const SMALLEST_FACTOR = 2 ** -120;

/** Rows beginning at some first one, each with its scale: what it holds times the scale is the gradient. */
export interface ScaledRows {
  values: StridedMatrix;
  /** A scale of 0 marks a row of zeros: nothing has come there yet. */
  scales: Float64Array;
}

/** Factor, a power of two, that brings a row with these squares to a comfortable size; 1 where it has one. */
export function comfortableFactor(squares: number): number {
  if (!Number.isFinite(squares) || (squares > SMALLEST_SQUARES && squares < LARGEST_SQUARES)) return 1;
  const factor = 2 ** -Math.floor(Math.log2(Math.sqrt(squares)));
  return squares < 1 ? factor * HEADROOM : factor;
}

/** Multiplies `count` values from `first` on; what becomes negligible beside a row of order one becomes 0, as denormals are slow. */
export function scaleValues(values: Float32Array, first: number, count: number, factor: number): void {
  for (let k = first; k < first + count; k++) {
    const scaled = values[k] * factor;
    values[k] = scaled < NEGLIGIBLE && scaled > -NEGLIGIBLE ? 0 : scaled;
  }
}

/**
 * Where the part of a sum with scale `from` goes into a row with scale `into`: the factor to multiply it by, 0 where it is
 * nothing beside the row. A row that is nothing beside the part takes over its scale: `take` divides what the row holds.
 */
export function factorInto(
  into: Float64Array,
  row: number,
  from: number,
  take: (row: number, factor: number) => void,
): number {
  if (from === 0) return 0;
  const factor = from / into[row];
  if (factor < SMALLEST_FACTOR) return 0;
  if (factor <= LARGEST_FACTOR) return factor;
  if (into[row] !== 0) take(row, 1 / factor);
  into[row] = from;
  return 1;
}

/**
 * into += from, `count` rows of `width` columns each with its scale. Where a row has to give up its own scale, `take` must
 * multiply by a factor all that the row stands for; `factors` is scratch memory of the arena, one value per row.
 */
export function addScaledRows(
  kernels: MatrixKernels,
  into: ScaledRows,
  from: ScaledRows,
  count: number,
  width: number,
  factors: Float32Array,
  take: (row: number, factor: number) => void,
): void {
  for (let row = 0; row < count; row++) factors[row] = factorInto(into.scales, row, from.scales[row], take);
  kernels.sweep.scaleRows(from.values, factors, into.values, count, width, true);
}

/** Column `column` of a matrix of `columns` columns, from row `first` on = √squares · scale · factor, exactly 0 without any path. */
export function writeNorms(
  into: Float32Array | Float64Array,
  columns: number,
  column: number,
  first: number,
  count: number,
  squares: Float64Array,
  scales: Float64Array,
  factor: number,
): void {
  for (let row = 0, at = first * columns + column; row < count; row++, at += columns)
    into[at] = squares[row] === 0 ? 0 : Math.sqrt(squares[row]) * scales[row] * factor;
}
