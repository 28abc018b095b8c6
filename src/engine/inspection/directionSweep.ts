// One direction of one layer in the all-pairs sweep: takes gradients of its states in, step by step against its order of
// reading, writes down their norms, and gives out the gradients of what it reads.
import type { StridedMatrix } from '../kernels/matrixKernels';
import type { LanguageModel } from '../network/languageModel';
import type { LayerTrace } from '../network/layerTrace';
import { createGruSweep } from './allPairsGru';
import { createLstmSweep } from './allPairsLstm';
import { createVanillaSweep } from './allPairsVanilla';
import type { CellSweep, NormName, SweepPlace } from './cellSweep';
import { writeNorms, type ScaledRows } from './rowGradients';
import type { SweepMemory } from './sweepMemory';
import { SweepRows } from './sweepRows';

export type Norms = Float32Array | Float64Array;

/** Norms of one direction of one layer, T the trace's length. */
export interface DirectionNorms<N extends Norms = Norms> {
  /** [T,T], row i, column j; what is missing is not written down. */
  pairs: Partial<Record<NormName, N>>;
  /** [T]: ‖∂J/∂W_h contributed at t‖, J the sum of the known losses. */
  weight: N | null;
}

/** Which losses the rows belong to: row r to J(firstLoss + r) for r < losses, row `losses` to their sum where there is one. */
export interface LossRows {
  firstLoss: number;
  losses: number;
  hasSum: boolean;
}

/** Rows [first, first + count). */
export interface RowRange {
  first: number;
  count: number;
}

const OUTPUT_SCALE = Float64Array.of(1);

function createCell(place: SweepPlace): CellSweep {
  switch (place.model.config.cell) {
    case 'vanilla':
      return createVanillaSweep(place);
    case 'lstm':
      return createLstmSweep(place);
    case 'gru':
      return createGruSweep(place);
  }
}

export class DirectionSweep {
  private readonly cell: CellSweep;
  private readonly rows: SweepRows;
  private losses: LossRows = { firstLoss: 0, losses: 0, hasSum: false };

  /** `input`: whether ∂J/∂x is asked for; `memory` was allocated accordingly. */
  constructor(
    model: LanguageModel,
    private readonly layer: LayerTrace,
    lane: number,
    input: boolean,
    memory: SweepMemory,
    private readonly norms: DirectionNorms,
  ) {
    this.rows = new SweepRows(model.kernels, model.config.hiddenUnits, memory);
    const weights = norms.pairs.weightItemised !== undefined || norms.weight !== null;
    if (!weights) memory.weights.fill(1);
    this.cell = createCell({ model, layer, lane, input, weights, memory, rows: this.rows });
  }

  /** Begins with new rows, at the end of what was read. */
  begin(losses: LossRows): void {
    this.losses = losses;
    this.cell.clear();
  }

  /** Adds ∂J/∂h of the step to come, from a layer above. */
  receive({ first, count }: RowRange, from: ScaledRows): void {
    this.rows.add(first, count, from);
  }

  /** The same from the output layer, for one row. */
  receiveOutput(row: number, values: StridedMatrix): void {
    this.rows.add(row, 1, { values, scales: OUTPUT_SCALE });
  }

  /** Step t for the rows in `range`, which must hold every row that is not zero; leaves ∂J/∂x(t). */
  step(t: number, range: RowRange): void {
    const { cell } = this;
    const { first, count } = range;
    const weightFactor = cell.prepare(t);
    cell.measure(first, count);
    const own = t - this.losses.firstLoss;
    if (own >= first && own < this.losses.losses) cell.begin(own, own - first);
    this.write(t, range, weightFactor);
    cell.settle(first, count);
    this.rows.advance(first, count);
  }

  /** ∂J/∂x(t) of rows `first` … after step t. */
  input(first: number): ScaledRows {
    return this.rows.input(first);
  }

  private write(t: number, { first, count }: RowRange, weightFactor: number): void {
    const { firstLoss, losses, hasSum } = this.losses;
    const { T } = this.layer;
    const known = Math.min(first + count, losses) - first;
    const { norms } = this.cell;
    const itemised = norms[norms.length - 1];
    for (const measured of norms) {
      const matrix = this.norms.pairs[measured.name];
      const factor = measured === itemised ? weightFactor : 1;
      const scales = measured.scales.subarray(first);
      if (matrix) writeNorms(matrix, T, t, firstLoss + first, known, measured.squares, scales, factor);
    }
    if (hasSum && this.norms.weight && t < firstLoss + losses) {
      const squares = itemised.squares.subarray(losses - first);
      writeNorms(this.norms.weight, 1, 0, t, 1, squares, itemised.scales.subarray(losses), weightFactor);
    }
  }
}
