// How much of the arena an inspection needs; everything is taken after a mark and given back before returning.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { rowScaleFloats } from './rowGradients';
import type { NetworkConfig } from '../network/networkConfig';
import { packedFloats } from '../network/stepRows';

/** Tokens read at a time when only the state they leave behind matters: bounds the memory of their logits. */
export const WARM_UP_CHUNK = 32;

/** Upper bound of what padding to whole cache lines adds, in float32 values. */
const PADDING = 1024;

/** Float32 values that inspectWindow allocates for a window of `columns` tokens, whatever the length of its warm-up. */
export function inspectionFloats(config: NetworkConfig, columns: number): number {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = CELL_DESCRIPTIONS[config.cell].blocks * H;
  const steps = Math.max(columns, WARM_UP_CHUNK);
  const trace = steps * (E + gateColumns + V) + (steps + 1) * 3 * H;
  const outputGradient = columns * H;
  const vectors = rowScaleFloats(columns, Math.max(gateColumns, 2 * H)) + gateColumns + 6 * H + E;
  const sweep = columns * (E + 5 * H) + (gateColumns + 2 * H) * (H + E) + vectors;
  // Products per token, packed W_h, W_oᵀ and the sweep follow one another in the same memory.
  const products = Math.min(V, steps) * gateColumns + steps;
  const temporary = Math.max(products, packedFloats(H, gateColumns), H * V, sweep);
  return trace + outputGradient + temporary + PADDING;
}
