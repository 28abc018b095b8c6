// Rows of time-major matrices: those of a timestep that a thread works on, and those of a part of a batch.
import { columnsOf, shifted, type StridedMatrix } from '../kernels/matrixKernels';
import { firstOutputRow } from './layerTrace';
import type { LayerPlace } from './networkConfig';

/** Lanes [first, first + count) of a batch of B. */
export interface Lanes {
  first: number;
  count: number;
}

/** Rows of the lanes at row block `row` of a time-major [rows,B,columns]. */
export function stepRows(
  values: Float32Array,
  row: number,
  B: number,
  columns: number,
  { first, count }: Lanes,
): Float32Array {
  const begin = (row * B + first) * columns;
  return values.subarray(begin, begin + count * columns);
}

/** h (or ∂J/∂h) after every token [T·B,H]. */
export function statesAfterTokens(
  { h, place }: { h: Float32Array; place: LayerPlace },
  H: number,
  B: number,
): StridedMatrix {
  return shifted(columnsOf(h, H), firstOutputRow(place) * B, 0);
}

/** Rows of a dense matrix of `width` columns. */
export function part<A extends Float32Array | Int32Array>(
  values: A,
  { first, count }: { first: number; count: number },
  width: number,
): A {
  return values.subarray(first * width, (first + count) * width) as A;
}

/** Throws RangeError when an id is not below the size of the vocabulary. */
export function requireTokens(ids: Int32Array, vocabulary: number): void {
  for (const id of ids)
    if (!(id >= 0 && id < vocabulary)) throw new RangeError(`token id ${id} is outside the vocabulary`);
}

/** Throws RangeError when a number is negative or not below `count`. */
export function requireBelow(numbers: Int32Array, count: number, what: string): void {
  for (const number of numbers)
    if (!(number >= 0 && number < count)) throw new RangeError(`${what} ${number} is none of ${count}`);
}
