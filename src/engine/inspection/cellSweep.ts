// What each cell brings to the all-pairs sweep of one direction of a layer, and what it is given to work on.
import { columnsOf, shifted, transposed, type PackedMatrix, type StridedMatrix } from '../kernels/matrixKernels';
import type { LanguageModel } from '../network/languageModel';
import { stateRows, type LayerTrace } from '../network/layerTrace';
import { inputWidth, layerSuffix } from '../network/networkConfig';
import type { SweepMemory } from './sweepMemory';
import type { SweepRows } from './sweepRows';

/** What is known of a row's gradient at a step; `weightItemised` is ‖∂J(i)/∂W_h contributed there‖. */
export type NormName = 'hidden' | 'cell' | 'direct' | 'hiddenPath' | 'weightItemised';

export interface SweepPlace {
  model: LanguageModel;
  layer: LayerTrace;
  /** Which of the trace's sequences. */
  lane: number;
  /** Whether ∂J/∂x is asked for. */
  input: boolean;
  /** Whether anything of ∂J/∂W_h is. */
  weights: boolean;
  memory: SweepMemory;
  rows: SweepRows;
}

/** Norms of rows as a step has measured them. */
export interface MeasuredNorms {
  name: NormName;
  /** From the first measured row on. */
  squares: Float64Array;
  /** By row: by what the roots must be multiplied. */
  scales: Float64Array;
}

/**
 * A cell's backward equations at a step t, in this order. J by the state after token t comes in; what leaves is one product with the
 * matrix that `prepare` puts together (SweepRows.advance), to J by x(t) and by the state before token t.
 */
export interface CellSweep {
  /** `weightItemised` last. */
  readonly norms: readonly MeasuredNorms[];
  /** All rows are zero. */
  clear(): void;
  /** Puts the step's matrix together. Returns what the last of the norms has to be multiplied by besides. */
  prepare(t: number): number;
  /** From ∂J/∂h to the whole state of `count` rows from `first` on, and to its norms. */
  measure(first: number, count: number): void;
  /** After `measure`: row `row`, squares at `at`, is of the loss at this very step. */
  begin(row: number, at: number): void;
  /** Once the norms are written down: brings the rows back to a comfortable size. */
  settle(first: number, count: number): void;
}

/** Where the values of token t of the lane begin in the trace's arrays. */
export function valuesAt(
  { layer, lane, model }: SweepPlace,
  t: number,
): { gates: number; before: number; after: number; token: number } {
  const { before, after } = stateRows(layer.place, t);
  const H = model.config.hiddenUnits;
  const row = (step: number) => step * layer.B + lane;
  return { gates: row(t) * model.gateColumns, before: row(before) * H, after: row(after) * H, token: row(t) * H };
}

/** Packs a gate's rows of W_xᵀ (if anyone asks for ∂J/∂x), and of W_hᵀ behind them; `of` leaves out one or the other. */
export function packGate(
  place: SweepPlace,
  gate: number,
  into: PackedMatrix,
  of: 'both' | 'input' | 'state' = 'both',
): void {
  const { model, layer, memory, input } = place;
  const { kernels, parameters, config, gateColumns: N } = model;
  const weights = (name: string) =>
    transposed(columnsOf(parameters.get(name + layerSuffix(layer.place)).values, N, gate));
  if (input && of !== 'state') kernels.packColumns(weights('W_x'), into, 0, inputWidth(config, layer.place.layer));
  if (of !== 'input') packFrom(place, weights('W_h'), into, memory.inputColumns);
}

/** Packs a [H,H] matrix to columns `first` … */
export function packFrom(
  { model: { kernels, config } }: SweepPlace,
  matrix: StridedMatrix,
  into: PackedMatrix,
  first: number,
): void {
  kernels.packColumns(shifted(matrix, 0, -first), into, first, config.hiddenUnits);
}

/** Σ v² over columns [first, first + count), in float64. */
export function sumOfSquares(values: Float32Array, first: number, count: number): number {
  let sum = 0;
  for (let k = first; k < first + count; k++) sum += values[k] * values[k];
  return sum;
}

/** Stores weights divided by the largest, so that float32 holds them, and returns what they must be multiplied by. */
export function storeWeights(weights: Float64Array, into: Float32Array): number {
  let largest = 0;
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, weights[k]);
  for (let k = 0; k < weights.length; k++) into[k] = largest === 0 ? 0 : weights[k] / largest;
  return largest;
}

/** What a cell without a cell state of its own does about its norms: those of `SweepKernels.measureRows`. */
export function singleState({ memory, rows }: SweepPlace): Pick<CellSweep, 'norms' | 'clear' | 'begin' | 'settle'> {
  const [hidden, weightItemised] = memory.squares;
  return {
    norms: [
      { name: 'hidden', squares: hidden, scales: rows.scales },
      { name: 'weightItemised', squares: weightItemised, scales: rows.scales },
    ],
    clear: () => rows.clear(),
    begin: () => undefined,
    settle: (first, count) => rows.rescale(first, count, [hidden]),
  };
}
