// How much memory something allocates, found out by allocating nothing.
import type { Allocator } from '../kernels/matrixKernels';
import { gateColumnsOf, type NetworkPlan } from './languageModel';
import type { NetworkConfig } from './networkConfig';

/** Floats that an allocation may lose to its alignment. */
const LINE = 16;

/** Float32 values, alignment included, that `allocate` takes for a network of this configuration. */
export function countFloats(config: NetworkConfig, allocate: (plan: NetworkPlan) => void): number {
  let floats = 0;
  const count = (length: number) => void (floats += Math.ceil(length / LINE) * LINE);
  const kernels: Allocator = {
    allocate: (length) => (count(length), new Float32Array()),
    allocateInts: (length) => (count(length), new Int32Array()),
    allocateDoubles: (length) => (count(2 * length), new Float64Array()),
  };
  allocate({ kernels, config, gateColumns: gateColumnsOf(config) });
  return floats;
}
