// Entry of a web worker that is one more thread of an engine: serves until the engine ends.
import type { ThreadStart } from '../../src/engine/kernels/kernelMemory';
import { runKernelThread } from '../../src/engine/kernels/kernelThread';

self.onmessage = ({ data }: MessageEvent<ThreadStart>) => {
  self.postMessage('ready');
  runKernelThread(data);
  self.close();
};
