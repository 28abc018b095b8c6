// How much of the arena an inspection needs; everything is taken after a mark and given back before returning.
import { jacobianProductFloats } from './jacobianProducts';
import { rowScaleFloats } from './rowGradients';
import { countFloats } from '../network/countFloats';
import { allocateTrace } from '../network/forward';
import { gateColumnsOf } from '../network/languageModel';
import { directionsOf, type NetworkConfig } from '../network/networkConfig';

/** Tokens read at a time when only the state they leave behind matters: bounds the memory of their logits. */
export const WARM_UP_CHUNK = 32;

/** Upper bound of what padding to whole cache lines adds, in float32 values. */
const PADDING = 1024;

/** Float32 values that inspectWindow, or a sweep of Jacobian products, allocates for `columns` tokens, however long the warm-up. */
export function inspectionFloats(config: NetworkConfig, columns: number): number {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = gateColumnsOf(config);
  const steps = Math.max(columns, WARM_UP_CHUNK);
  const trace = countFloats(config, (plan) => allocateTrace(plan, steps, 1));
  const outputGradient = columns * H;
  const vectors = rowScaleFloats(columns, Math.max(gateColumns, 2 * H)) + 3 * gateColumns + 6 * H + E;
  const sweep = columns * (E + 5 * H) + (gateColumns + 2 * H) * (H + E) + vectors;
  // The losses' rows and W_oᵀ are given back before the sweep begins; Jacobian products want the trace alone.
  const losses = 2 * steps + directionsOf(config) * H * V;
  const temporary = Math.max(losses, sweep, jacobianProductFloats(config, 'state'));
  return trace + outputGradient + temporary + PADDING;
}
