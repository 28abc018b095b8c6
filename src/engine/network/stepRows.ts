// One timestep of a sequence, and the memory that a pass over all of them takes besides its trace.
import { packedLength } from '../kernels/matrixKernels';

/** Rows of timestep t in a time-major [T,B,columns]. */
export function stepRows(values: Float32Array, t: number, B: number, columns: number): Float32Array {
  return values.subarray(t * B * columns, (t + 1) * B * columns);
}

/** Upper bound of what a pass allocates, in float32 values: W_h or its transpose, packed in up to two parts. */
export function packedFloats(H: number, gateColumns: number): number {
  return packedLength(gateColumns, H) + packedLength(H, gateColumns) + 64;
}
