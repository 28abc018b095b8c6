// Threads for the kernels in Node: worker threads that run dist/kernelThread.js.
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadPlatform } from '../engine/kernels/kernelThread';

/** Threads whose code lies in `folder`. They never keep the process alive. */
export function nodeThreads(folder: string): ThreadPlatform {
  return {
    processors: os.availableParallelism(),
    start: (start) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(path.resolve(folder, 'kernelThread.js'), { workerData: start });
        worker.unref();
        worker.once('message', () => resolve());
        // Once it serves, a thread that fails has told the others through their memory, and the engine throws.
        worker.on('error', reject);
      }),
  };
}
