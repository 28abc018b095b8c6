// Makes tfjs run on its plain CPU backend, the one that shares typed arrays with the arena instead of copying them.
import * as tf from '@tensorflow/tfjs';

/** Idempotent and synchronous: the CPU backend has no asynchronous initialisation. */
export function useCpuBackend(): void {
  if (tf.env().getBool('PROD') && tf.engine().backendName === 'cpu') return;
  // Production mode silences the advice to install native bindings, which cannot be part of an extension.
  tf.enableProdMode();
  void tf.setBackend('cpu');
}
