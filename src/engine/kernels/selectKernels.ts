// Chooses the fastest kernels that run here and compute rightly, the plain ones where none do.
import { chooseThreads, ONE_THREAD, type ThreadChoice } from './chooseThreads';
import { createJavascriptKernels } from './javascriptKernels';
import { BENCHMARK_BYTES, measureKernels } from './kernelBenchmark';
import { SELF_TEST_BYTES, selfTest } from './kernelSelfTest';
import { sameBits, WASM_VARIANTS, type KernelModules, type KernelVariant, type WasmVariant } from './kernelVariants';
import type { MatrixKernels } from './matrixKernels';
import { createSimdKernels } from './simdKernels';

/**
 * Relaxed SIMD is taken unless it is slower than this part of the fixed one's speed: two runs with the same seed shall
 * not differ because a measurement came out differently once.
 */
const RELAXED_ADVANTAGE = 0.75;

/** A module that runs here. */
interface Candidate {
  name: WasmVariant;
  module: WebAssembly.Module;
  error: number;
  gigaflops: number;
}

interface Trial {
  candidates: Candidate[];
  /** Why each of the others is not among them. */
  refused: string[];
}

/** Trying takes milliseconds: once per set of modules and process. */
const trials = new WeakMap<KernelModules, Promise<Trial>>();

/**
 * Kernels over an arena of `arenaBytes` and why these. A module must validate, instantiate and agree with plain
 * TypeScript on a small problem; among those that do a micro-benchmark decides. With `recorded`, the variant a stored run
 * was trained with, only kernels that give its bits are taken where there are any; the caller compares the names.
 * `arenaBytes` may depend on the number of threads. Throws RangeError when the memory cannot be had: plain code would need as much.
 */
export async function selectKernels(
  modules: KernelModules | null,
  arenaBytes: number | ((threads: number) => number),
  recorded: KernelVariant | null = null,
  choice: ThreadChoice = ONE_THREAD,
): Promise<{ kernels: MatrixKernels; reason: string }> {
  const bytes = typeof arenaBytes === 'number' ? () => arenaBytes : arenaBytes;
  const plain = (reason: string) => ({ kernels: createJavascriptKernels(bytes(1)), reason });
  if (recorded === 'javascript') return plain('the run was trained with them');
  if (!modules || Object.keys(modules).length === 0) return plain('no WebAssembly module was given');
  if (typeof WebAssembly === 'undefined') return plain('this runtime has no WebAssembly');
  let trial = trials.get(modules);
  if (!trial) trials.set(modules, (trial = tryModules(modules)));
  const { candidates, refused } = await trial;
  if (candidates.length === 0) return plain(refused.join('; '));
  const alike = candidates.filter(({ name }) => recorded !== null && sameBits(name, recorded));
  const { name, module, error } = fastest(alike.length > 0 ? alike : candidates);
  const threads = await chooseThreads(choice, (count, size) =>
    createSimdKernels(name, module, size, choice.platform && { count, platform: choice.platform }),
  );
  const reason = [
    ...(alike.length > 0 ? [`the run was trained with ${recorded}`] : []),
    `GFLOP/s ${candidates.map((each) => `${each.name} ${each.gigaflops.toFixed(0)}`).join(', ')}`,
    `self-test error ${error.toExponential(1)}`,
    ...threads.reasons,
    ...refused,
  ].join('; ');
  const started = choice.platform && { count: threads.count, platform: choice.platform };
  const kernels = createSimdKernels(name, module, bytes(threads.count), started);
  await kernels.start();
  return { kernels, reason };
}

function fastest(candidates: Candidate[]): Candidate {
  const best = (among: Candidate[]) => among.reduce((a, b) => (b.gigaflops > a.gigaflops ? b : a));
  const fixed = candidates.filter(({ name }) => sameBits(name, 'simd'));
  const relaxed = candidates.filter(({ name }) => !sameBits(name, 'simd'));
  if (fixed.length === 0 || relaxed.length === 0) return best(candidates);
  const [ordinary, fused] = [best(fixed), best(relaxed)];
  return fused.gigaflops >= RELAXED_ADVANTAGE * ordinary.gigaflops ? fused : ordinary;
}

async function tryModules(modules: KernelModules): Promise<Trial> {
  const candidates: Candidate[] = [];
  const contestants: MatrixKernels[] = [];
  const refused: string[] = [];
  for (const name of WASM_VARIANTS) {
    const bytes = modules[name];
    if (!bytes) continue;
    // A copy with a buffer of its own: WebAssembly does not take shared or resizable memory.
    const own = new Uint8Array(bytes);
    if (!WebAssembly.validate(own)) {
      refused.push(`${name} is not accepted by this runtime`);
      continue;
    }
    try {
      const module = await WebAssembly.compile(own);
      const error = selfTest(createSimdKernels(name, module, SELF_TEST_BYTES));
      contestants.push(createSimdKernels(name, module, BENCHMARK_BYTES));
      candidates.push({ name, module, error, gigaflops: 0 });
    } catch (cause) {
      refused.push(`${name} does not work here: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  if (candidates.length > 0) measureKernels(contestants).forEach((speed, at) => (candidates[at].gigaflops = speed));
  return { candidates, refused };
}
