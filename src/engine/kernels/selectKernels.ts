// Chooses the fast kernels where they run and compute rightly, the plain ones elsewhere.
import { createJavascriptKernels } from './javascriptKernels';
import type { MatrixKernels } from './matrixKernels';
import { createSimdKernels } from './simdKernels';

/** Float32 rounding of the sums below, with room to spare; a wrong kernel is off by far more. */
const TOLERANCE = 1e-4;

/**
 * Kernels over an arena of `arenaBytes` and why these: the module must validate, instantiate and agree with plain
 * TypeScript on a small problem. Throws RangeError when the memory cannot be had: plain code would need as much.
 */
export async function selectKernels(
  wasm: Uint8Array | null,
  arenaBytes: number,
): Promise<{ kernels: MatrixKernels; reason: string }> {
  const plain = (reason: string) => ({ kernels: createJavascriptKernels(arenaBytes), reason });
  if (!wasm) return plain('no WebAssembly module was given');
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(new Uint8Array(wasm)))
    return plain('this runtime does not accept the WebAssembly SIMD module');
  let error: number;
  try {
    error = selfTestError(await createSimdKernels(wasm, 65536), createJavascriptKernels(65536));
  } catch (cause) {
    return plain(`the SIMD kernels do not start: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (!(error <= TOLERANCE)) return plain(`the SIMD kernels failed their self-test, error ${error}`);
  return { kernels: await createSimdKernels(wasm, arenaBytes), reason: `self-test error ${error.toExponential(1)}` };
}

/** Largest difference between two sets of kernels over a product with edges in every direction and the activations. */
function selfTestError(tested: MatrixKernels, expected: MatrixKernels): number {
  const [m, k, n] = [7, 13, 19];
  const results = [tested, expected].map((kernels) => {
    const left = kernels.allocate(m * k);
    const right = kernels.allocate(k * n);
    const product = kernels.allocate(m * n);
    left.forEach((_, at) => (left[at] = Math.sin(at)));
    right.forEach((_, at) => (right[at] = Math.cos(at * at)));
    kernels.multiply(left, right, product, m, k, n, false);
    kernels.multiply(left, right, product, m, k, n, true);
    kernels.activate('sigmoid', product, m, n, 0, 9);
    kernels.activate('tanh', product, m, n, 9, 10);
    kernels.softmaxRows(right, kernels.allocate(k), kernels.allocate(k), k, n);
    return [...product, ...right];
  });
  return results[0].reduce((worst, value, at) => {
    const error = Math.abs(value - results[1][at]);
    return error <= worst ? worst : error;
  }, 0);
}
