// The one memory that all threads of an engine share, and where in it everything lies:
// control words of the threads | constants of the module | scratch memory of every thread | arena.
import type { WasmVariant } from './kernelVariants';

const PAGE = 65536;
/** 4 GB: all that 32-bit addresses reach. */
const MOST_PAGES = 65536;

/** The module's constants begin here (compileKernels.mjs); below lie the control words. */
export const CONTROL_BYTES = 1024;
const SCRATCH_START = PAGE;
/** More than scratchBytes() of assembly/scratch.ts. */
const SCRATCH_BYTES = 384 * 1024;

export const MOST_THREADS = 8;

/** What assembly/kernels.ts exports: functions of addresses and strides in bytes, truth values as 0 or 1. */
export type KernelFunctions = Record<string, (...args: number[]) => number | undefined>;

/** First byte of the arena when so many threads run. */
export function arenaStart(threads: number): number {
  return SCRATCH_START + threads * SCRATCH_BYTES;
}

/**
 * A shared memory of `arenaBytes` besides what the threads need; it never grows, so views stay valid.
 * Throws RangeError when that much memory cannot be had.
 */
export function sharedMemory(arenaBytes: number, threads: number): WebAssembly.Memory {
  const pages = Math.ceil((arenaStart(threads) + arenaBytes) / PAGE);
  if (pages > MOST_PAGES) throw new RangeError(`${arenaBytes} bytes are more than WebAssembly can address`);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The functions of the module for one thread. Throws WebAssembly errors when the module does not fit this runtime. */
export function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  thread: number,
): KernelFunctions {
  const scratch = SCRATCH_START + thread * SCRATCH_BYTES;
  const { exports } = new WebAssembly.Instance(module, { env: { memory }, scratch: { SCRATCH: scratch } });
  // The module is compiled from this repository's own sources; the self-test in selectKernels checks what it computes.
  const functions = Object.fromEntries(
    Object.entries(exports).filter(([, value]) => typeof value === 'function'),
  ) as KernelFunctions;
  if (Number(functions.constantsEnd()) > SCRATCH_START || Number(functions.scratchBytes()) > SCRATCH_BYTES)
    throw new RangeError('the kernels need more scratch memory than they are given');
  return functions;
}

/** What a thread needs to begin: the same module over the same memory. */
export interface ThreadStart {
  name: WasmVariant;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  thread: number;
  threads: number;
}
