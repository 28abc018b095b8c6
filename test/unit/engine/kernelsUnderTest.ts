// Both sets of kernels for the engine's tests; the WebAssembly module is built by `npm run build:kernels`.
import { existsSync, readFileSync } from 'node:fs';
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';

const MODULE = 'dist/kernels.wasm';

/** Bytes of the compiled module; says how to make it when it is missing. */
export function kernelModule(): Uint8Array {
  if (!existsSync(MODULE)) throw new Error(`${MODULE} is missing: npm run build:kernels`);
  return readFileSync(MODULE);
}

export async function kernelsNamed(name: MatrixKernels['name'], arenaBytes: number): Promise<MatrixKernels> {
  return name === 'simd' ? createSimdKernels(kernelModule(), arenaBytes) : createJavascriptKernels(arenaBytes);
}

/** `values` copied into the arena. */
export function inArena(kernels: MatrixKernels, values: ArrayLike<number>): Float32Array {
  const array = kernels.allocate(values.length);
  array.set(values);
  return array;
}

/** Largest |a − b|, NaN when either holds one. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at])), 0);
}
