// What each cell brings to the all-pairs sweep of allPairsGradients.ts, and what it is given to work on.
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import type { RowScales } from './rowGradients';

/** What the sweep of every cell works on; R rows, all in the arena. */
export interface SweepRows {
  model: LanguageModel;
  trace: ForwardTrace;
  R: number;
  /** ∂J(i)/∂h(j) [R,H] of the current step j. */
  dh: Float32Array;
  /** ∂J(i)/∂z(j) [R,G·H], z the pre-activations that W_x x + b enters. */
  dz: Float32Array;
  scales: RowScales;
  /** W_hᵀ [G·H,H]. */
  recurrentWeights: Float32Array;
  /** Writes entry (i, j) of a [T,T] matrix of the result. */
  record(matrix: string, i: number, j: number, value: number): void;
}

/** A cell's backward equations for rows j … R−1 at step j. */
export interface CellSweep {
  /** Buffers [R,H] that go from step to step, dh among them. */
  readonly carried: Float32Array[];
  /** Names of the [T,T] matrices that it records itself. */
  readonly matrices: string[];
  /** From dh (and what else is carried) to dz. */
  toPreActivations(j: number): void;
  /** From step j to dh (and what else is carried) at j−1. */
  toPreviousState(j: number): void;
  /** ‖∂J/∂W_h‖ contributed at j, from Σᵢ ∂J(i)/∂z(j) [G·H]. */
  weightNorm(j: number, dzSum: Float64Array): number;
}
