// A recurrent language model: embedding → one recurrent layer → softmax over the vocabulary.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { inspectionFloats } from '../inspection/inspectionMemory';
import type { MatrixKernels } from '../kernels/matrixKernels';
import { parameterCount, parameterShapes, type NetworkConfig } from './networkConfig';
import { Parameters } from './parameters';
import { packedFloats } from './stepRows';

export class LanguageModel {
  readonly parameters: Parameters;

  /** Allocates and initialises the parameters in the kernels' arena (see `arenaBytes`). */
  constructor(
    readonly kernels: MatrixKernels,
    readonly config: NetworkConfig,
  ) {
    this.parameters = new Parameters(kernels, config);
  }

  /** Columns of W_x and W_h: number of gate blocks times hidden units. */
  get gateColumns(): number {
    return CELL_DESCRIPTIONS[this.config.cell].blocks * this.config.hiddenUnits;
  }

  dispose(): void {
    this.parameters.dispose();
  }
}

/** Columns of the largest window that can be inspected. */
const INSPECTED_COLUMNS = 512;

/** Upper bound of what padding to whole cache lines adds, in float32 values. */
const PADDING = 4096;

/** Arena that a model trained on [timesteps, batch] slices needs, inspection of 512 columns included; in bytes. */
export function arenaBytes(config: NetworkConfig, timesteps: number, batch: number): number {
  // Values, gradients, two Adam moments, and a copy of values and moments to fall back on.
  const copies = 7 * (parameterCount(config) + 16 * parameterShapes(config).length);
  const training = trainingFloats(config, timesteps * batch, batch);
  return 4 * Math.ceil(copies + training + inspectionFloats(config, INSPECTED_COLUMNS) + PADDING);
}

/** Room for one forward and backward pass over `steps` = T·B positions in `batch` lanes. */
function trainingFloats(config: NetworkConfig, steps: number, batch: number): number {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = CELL_DESCRIPTIONS[config.cell].blocks * H;
  // x, gates, four sequences of states (h, c, tanh c, ∂h or h, candidate, ∂h, ∂candidate), logits, ∂gates.
  const perStep = E + 2 * gateColumns + 4 * H + V;
  // The extra state in front of h, c and ∂h, ∂c, and the carried h and c.
  const perLane = 6 * H;
  const perToken = V < steps ? V * gateColumns : steps * E;
  const temporary = Math.max(2 * steps, packedFloats(H, gateColumns), perToken + steps + gateColumns, steps + V);
  return steps * perStep + batch * perLane + temporary;
}
