// Entry of a thread of the kernels in Node: serves the engine that started it until that ends.
import { parentPort, workerData } from 'node:worker_threads';
import { runKernelThread } from '../engine/kernels/kernelThread';
import type { ThreadStart } from '../engine/kernels/kernelMemory';

parentPort?.postMessage('ready');
// What nodeThreads.ts passed.
runKernelThread(workerData as ThreadStart);
