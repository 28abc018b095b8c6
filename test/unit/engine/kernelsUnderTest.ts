// All sets of kernels that run here, for the engine's tests; the WebAssembly modules are built by `npm run build:kernels`.
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { WASM_VARIANTS, type KernelModules, type KernelVariant } from '../../../src/engine/kernels/kernelVariants';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';
import { readKernelModules } from '../../../src/trainer/kernelsModule';

/** The compiled modules; says how to make them when they are missing. */
export function kernelModules(): Required<KernelModules> {
  const modules = readKernelModules('dist');
  const { simd, 'relaxed-simd': relaxed, 'relaxed-simd-wide': wide } = modules;
  if (!simd || !relaxed || !wide) throw new Error('kernels are missing in dist: npm run build:kernels');
  return { simd, 'relaxed-simd': relaxed, 'relaxed-simd-wide': wide };
}

/** Variants whose module this runtime accepts; Node 20 has no relaxed SIMD. */
export const RUNNING_VARIANTS = WASM_VARIANTS.filter((name) =>
  WebAssembly.validate(new Uint8Array(kernelModules()[name])),
);

/** The same and the plain kernels. */
export const ALL_VARIANTS: KernelVariant[] = [...RUNNING_VARIANTS, 'javascript'];

export async function kernelsNamed(name: KernelVariant, arenaBytes: number): Promise<MatrixKernels> {
  if (name === 'javascript') return createJavascriptKernels(arenaBytes);
  const module = await WebAssembly.compile(new Uint8Array(kernelModules()[name]));
  return createSimdKernels(name, module, arenaBytes);
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
