// A recurrent language model: embedding → recurrent layers, in one direction or both → softmax over the vocabulary; or, with the
// other head, over classes of whole sequences.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import type { Allocator, MatrixKernels } from '../kernels/matrixKernels';
import { type NetworkConfig } from './networkConfig';
import { Parameters } from './parameters';

/** What the memory of a pass depends on. */
export interface NetworkPlan {
  kernels: Allocator;
  config: NetworkConfig;
  /** Columns of W_x and W_h: number of gate blocks times hidden units. */
  gateColumns: number;
}

export class LanguageModel implements NetworkPlan {
  readonly parameters: Parameters;

  /** Allocates and initialises the parameters in the kernels' arena (see `arenaBytes`). */
  constructor(
    readonly kernels: MatrixKernels,
    readonly config: NetworkConfig,
  ) {
    this.parameters = new Parameters(kernels, config);
  }

  get gateColumns(): number {
    return gateColumnsOf(this.config);
  }

  /** Releases the parameters' variables and ends the kernels' threads. */
  dispose(): void {
    this.parameters.dispose();
    this.kernels.dispose();
  }
}

export function gateColumnsOf(config: NetworkConfig): number {
  return CELL_DESCRIPTIONS[config.cell].blocks * config.hiddenUnits;
}
