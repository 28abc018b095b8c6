// A recurrent language model: embedding → one recurrent layer → softmax over the vocabulary.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { alignedBytes } from '../kernels/arena';
import type { MatrixKernels } from '../kernels/matrixKernels';
import { parameterShapes, type NetworkConfig } from './networkConfig';
import { Parameters } from './parameters';

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

/** Columns of the largest window that can be inspected, with the tokens before it that warm the state up. */
const INSPECTED_STEPS = 512 + 256;

/** Arena that a model trained on [timesteps, batch] slices needs, inspection of 512 columns included. */
export function arenaBytes(config: NetworkConfig, timesteps: number, batch: number): number {
  const steps = timesteps * batch;
  const parameters = parameterShapes(config).reduce(
    (sum, { shape }) => sum + alignedBytes(shape.reduce((a, b) => a * b, 1)),
    0,
  );
  // Values, gradients, two Adam moments, and a copy of values and moments to fall back on.
  return 7 * parameters + passBytes(config, steps, batch) + passBytes(config, INSPECTED_STEPS, 1) + 65536;
}

/** Room for one forward and backward pass over `steps` = T·B positions. */
function passBytes(config: NetworkConfig, steps: number, batch: number): number {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = CELL_DESCRIPTIONS[config.cell].blocks * H;
  const perStep = 2 * E + 2 * gateColumns + 8 * H + V + 8;
  const perLane = 16 * H;
  return alignedBytes(steps * perStep + batch * perLane + 2 * V * gateColumns) + 64 * 64;
}
