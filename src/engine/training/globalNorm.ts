// Norms over all parameters at once and global-norm clipping (Pascanu, Mikolov, Bengio 2013), accumulated in float64.
import type { MatrixKernels } from '../kernels/matrixKernels';

/** ‖(a₁, a₂, …)‖₂; not finite exactly when some value is not. */
export function globalNorm(kernels: MatrixKernels, arrays: Float32Array[]): number {
  let squares = 0;
  for (const values of arrays) squares += kernels.sumOfSquares(values);
  return Math.sqrt(squares);
}

/** g ← threshold·g/‖g‖ in place when ‖g‖ exceeds the threshold; a threshold of 0 never clips. Returns whether it did. */
export function clipByGlobalNorm(
  kernels: MatrixKernels,
  arrays: Float32Array[],
  norm: number,
  threshold: number,
): boolean {
  if (threshold === 0 || !(norm > threshold)) return false;
  const factor = threshold / norm;
  for (const values of arrays) kernels.scale(values, factor);
  return true;
}
