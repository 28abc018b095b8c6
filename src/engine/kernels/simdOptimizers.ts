// The optimizers' updates in the WebAssembly module: arrays become addresses.
import type { OptimizerKernels } from './optimizerKernels';
import { RATE_COUNT } from './optimizerKernels';

/** The module's exports for optimizers: addresses in the order of assembly/optimizers.ts. */
export interface OptimizerModule {
  adamUpdate(...args: number[]): void;
  momentumUpdate(...args: number[]): void;
  rmspropUpdate(...args: number[]): void;
}

/** `address` checks that an array is the arena's and has so many values. */
export function createSimdOptimizers(
  module: OptimizerModule,
  address: (values: Float32Array | Float64Array, needed: number) => number,
): OptimizerKernels {
  const all = (count: number, ...arrays: Float32Array[]) => arrays.map((array) => address(array, count));
  const numbers = (rates: Float32Array, squares: Float64Array) => [address(rates, RATE_COUNT), address(squares, 1)];
  return {
    adam(values, gradient, { first, second }, rates, squares) {
      const count = values.length;
      module.adamUpdate(...all(count, values, gradient, first, second), count, ...numbers(rates, squares));
    },
    momentum(values, gradient, velocity, rates, squares) {
      const count = values.length;
      module.momentumUpdate(...all(count, values, gradient, velocity), count, ...numbers(rates, squares));
    },
    rmsprop(values, gradient, second, rates, squares) {
      const count = values.length;
      module.rmspropUpdate(...all(count, values, gradient, second), count, ...numbers(rates, squares));
    },
  };
}
