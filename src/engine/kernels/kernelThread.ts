// One thread of the kernels besides the main one; the platform (a Node thread, a web worker) hands it what it needs to begin.
import { instantiateKernels, type ThreadStart } from './kernelMemory';
import { serveThread } from './programs';
import { ThreadControl } from './threadControl';

/** A platform's way to start threads; the thread's code calls `runKernelThread` with what it is given. */
export interface ThreadPlatform {
  /** Logical processors that this process may use. */
  readonly processors: number;
  /** Starts a thread that ends by itself when the engine is disposed of; resolves when it is about to serve. */
  start(start: ThreadStart): Promise<void>;
}

/** Serves until the engine ends; returns then. Whoever waits for a thread that throws is told. */
export function runKernelThread({ module, memory, thread, threads }: ThreadStart): void {
  const control = new ThreadControl(memory, threads);
  try {
    serveThread(instantiateKernels(module, memory, thread), memory, control, thread);
  } catch (error) {
    control.fail();
    throw error;
  }
}
