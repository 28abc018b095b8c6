// Entry of a classic web worker that trains and inspects on the modules it is sent, with threads where it is sent their code.
import type { KernelModules } from '../../src/engine/kernels/kernelVariants';
import type { ThreadPlatform } from '../../src/engine/kernels/kernelThread';
import { runEngine } from './engineRun';

export interface EngineOrder {
  /** Null: the plain kernels. */
  modules: KernelModules | null;
  /** Threads wanted, and the address of their script; null: none can be started. */
  threads: { wanted: number; script: string } | null;
}

/** Threads as workers of this worker. */
function workerThreads(script: string): ThreadPlatform {
  return {
    processors: navigator.hardwareConcurrency,
    start: (start) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(script);
        worker.onmessage = () => resolve();
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(start);
      }),
  };
}

self.onmessage = ({ data: { modules, threads } }: MessageEvent<EngineOrder>) => {
  const choice = threads
    ? { wanted: threads.wanted, platform: workerThreads(threads.script) }
    : { wanted: 1, platform: null };
  runEngine(modules, choice).then(
    (run) => self.postMessage({ run }),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? `${error.stack}` : String(error) }),
  );
};
