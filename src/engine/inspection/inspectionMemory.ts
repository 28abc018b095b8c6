// How much of the arena an inspection needs; everything is taken after a mark and given back before returning.
import { jacobianProductFloats } from './jacobianProducts';
import { allPairsFloats } from './allPairsGradients';
import { skipShareFloats } from './skipShares';
import { countFloats } from '../network/countFloats';
import { allocateTrace } from '../network/forward';
import { layerWidth, type NetworkConfig } from '../network/networkConfig';

/** Tokens read at a time when only the state they leave behind matters: bounds the memory of their logits. */
export const WARM_UP_CHUNK = 32;

/** Upper bound of what padding to whole cache lines adds, in float32 values. */
const PADDING = 1024;

/**
 * Float32 values that inspectWindow, or a sweep of Jacobian products, allocates for up to `columns` tokens, however long the
 * warm-up. Of a network that reads both ways at least 8 losses' gradients of two layers at every step, and 32 MB where that is less.
 */
export function inspectionFloats(config: NetworkConfig, columns: number): number {
  const steps = Math.max(columns, WARM_UP_CHUNK);
  const trace = countFloats(config, (plan) => void allocateTrace(plan, steps, 1));
  // Sequences of a batch have their logits computed anew.
  const logits = columns * (config.vocabulary + 1);
  const outputGradient = columns * layerWidth(config);
  // The rows of the losses are given back before the sweep begins; Jacobian products want the trace alone.
  const sweeps = [allPairsFloats(config, columns), skipShareFloats(config, columns)];
  const temporary = Math.max(2 * steps, ...sweeps, jacobianProductFloats(config, 'state'));
  return trace + logits + outputGradient + temporary + PADDING;
}
