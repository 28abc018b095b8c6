// Threads for the kernels in Node: worker threads that run dist/kernelThread.js.
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ThreadPlatform } from '../engine/kernels/kernelThread';

/** Threads whose code lies in `folder`. They never keep the process alive. */
export function nodeThreads(folder: string): ThreadPlatform {
  return {
    processors: os.availableParallelism(),
    start: (start) => new Worker(path.join(folder, 'kernelThread.js'), { workerData: start }).unref(),
  };
}
