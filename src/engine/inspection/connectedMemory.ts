// How much memory the all-pairs sweep of networks with connections takes, and how many losses it therefore carries at a time.
import { countFloats } from '../network/countFloats';
import {
  inputWidth,
  isDense,
  layerWidth,
  skipAround,
  sumsDirections,
  type NetworkConfig,
} from '../network/networkConfig';
import { allocateSweep } from './sweepMemory';
import { SUM_ROWS } from './sweepRequest';

/** Rows that go through together: at most, and at least however much memory they take. */
const MOST_ROWS = 64;
const LEAST_ROWS = 8;
/** Float32 values of what layers give to each other beyond which blocks become smaller: 32 MB. */
const BUDGET = 1 << 23;

/** Whether anything but a state's own layer stands between it and what lies above. */
export function isConnected(config: NetworkConfig): boolean {
  return sumsDirections(config) || isDense(config) || skipAround(config, config.layers - 1) !== null;
}

/** Widths of the arrays that are kept: of the embedding's and of every layer's gradients, or of two layers that take turns. */
export function keptWidths(config: NetworkConfig): number[] {
  const widest = Math.max(config.embeddingSize, layerWidth(config));
  if (!isDense(config)) return [widest, widest];
  return [config.embeddingSize, ...Array.from({ length: config.layers }, () => layerWidth(config))];
}

function floatsPerRow(config: NetworkConfig, steps: number): number {
  return steps * keptWidths(config).reduce((sum, width) => sum + width, 0);
}

/** Rows of a block over `steps` steps. */
export function blockRows(config: NetworkConfig, steps: number): number {
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(BUDGET / floatsPerRow(config, steps))));
}

/** Upper bound of the float32 values for windows of up to `steps` tokens. */
export function connectedFloats(config: NetworkConfig, steps: number): number {
  const perRow = floatsPerRow(config, steps);
  const kept = Math.max((LEAST_ROWS + SUM_ROWS) * perRow, Math.min((MOST_ROWS + SUM_ROWS) * perRow, BUDGET + perRow));
  const capacity = MOST_ROWS + SUM_ROWS;
  const sweep = countFloats(config, (plan) => {
    allocateSweep(plan, { capacity, inputWidth: inputWidth(config, config.layers - 1), paths: true });
    allocateSweep(plan, { capacity, inputWidth: config.embeddingSize, paths: true });
    plan.kernels.allocate(3 * capacity * layerWidth(config));
    plan.kernels.allocateDoubles(capacity);
    plan.kernels.allocate(capacity);
  });
  return kept + sweep + 16 * (config.layers + 8);
}
