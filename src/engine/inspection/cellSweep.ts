// What each cell brings to the all-pairs sweep of allPairsGradients.ts, and what it is given to work on.
import type { StridedMatrix } from '../kernels/matrixKernels';
import type { LayerTrace } from '../network/layerTrace';
import type { LanguageModel } from '../network/languageModel';
import type { RowScales, WeightedColumns } from './rowGradients';

/** What the sweep of every cell works on; R rows, all in the arena. */
export interface SweepRows {
  model: LanguageModel;
  trace: LayerTrace;
  R: number;
  /** ∂J(i)/∂h(j) [R,H] of the current step j. */
  dh: Float32Array;
  /** ∂J(i)/∂x(j) [R,E] of the current step j. */
  dx: Float32Array;
  scales: RowScales;
  /** Columns [first, …) of rows j … of a dense matrix of `width` columns. */
  from(values: Float32Array, j: number, width: number, first?: number): StridedMatrix;
  /** As many ones as any row has columns. */
  ones: Float32Array;
  /** W_hᵀ [G·H,H]. */
  recurrentWeights: Float32Array;
  /** W_xᵀ [G·H,E]. */
  inputWeights: Float32Array;
  /** Writes the norms of rows j … of a [R,H] matrix (or of its view) into column j of a [T,T] matrix of the result. */
  recordNorms(matrix: string, j: number, from: StridedMatrix): void;
}

/** A cell's backward equations for rows j … R−1 at step j, called in this order. */
export interface CellSweep {
  /** Buffers [R,H] that go from step to step, dh among them. */
  readonly carried: Float32Array[];
  /** Names of the [T,T] matrices that it records itself. */
  readonly matrices: string[];
  /** From dh (and what else is carried) to everything else at step j. */
  enterStep(j: number): void;
  /** To dx. */
  toInput(j: number): void;
  /** ‖∂J/∂W_h‖ contributed at j, J = Σᵢ J(i). */
  weightNorm(j: number): number;
  /** What makes ‖∂J(i)/∂W_h contributed at j‖² of rows j …: Σ of their weighted squares. */
  weightColumns(j: number): WeightedColumns;
  /** To dh (and what else is carried) at j−1. */
  toPreviousState(j: number): void;
}
