// Gradients that one layer gives to another in the all-pairs sweep, kept for every step of a window, and which rows of them are not zero.
import { columnsOf, type MatrixKernels } from '../kernels/matrixKernels';
import type { LossRows, Norms, RowRange } from './directionSweep';
import { addScaledRows, scaleValues, writeNorms, type ScaledRows } from './rowGradients';
import { SUM_ROWS, type SweepRequest } from './sweepRequest';

/** Gradients of what a layer reads, [T,capacity,width], each row with its scale. */
export class KeptGradients {
  private readonly scales: Float64Array;
  private width = 0;

  constructor(
    private readonly kernels: MatrixKernels,
    private readonly values: Float32Array,
    private readonly T: number,
    private readonly capacity: number,
  ) {
    this.scales = new Float64Array(T * capacity);
  }

  /** Zeros of another width. */
  clear(width: number): void {
    this.width = width;
    this.scales.fill(0);
    this.kernels.zero(this.values.subarray(0, this.T * this.capacity * width));
  }

  /** Columns from `column` on of rows `first` … at step t. */
  at(t: number, first: number, column = 0): ScaledRows {
    const row = t * this.capacity + first;
    return {
      values: columnsOf(this.values, this.width, row * this.width + column),
      scales: this.scales.subarray(row),
    };
  }

  add(t: number, { first, count }: RowRange, from: ScaledRows, factors: Float32Array): void {
    const begin = (t * this.capacity + first) * this.width;
    const take = (row: number, factor: number) =>
      scaleValues(this.values, begin + row * this.width, this.width, factor);
    addScaledRows(this.kernels, this.at(t, first), from, count, this.width, factors, take);
  }
}

/** Rows of a block that a state of the top layer at step t reaches: the losses from there on in the order of reading, and the sum. */
export function reachedRows({ firstLoss, losses, hasSum }: LossRows, t: number, reverse: boolean): RowRange {
  const own = t - firstLoss;
  const end = losses + (hasSum ? SUM_ROWS : 0);
  if (!reverse) {
    const first = Math.min(losses, Math.max(0, own));
    return { first, count: end - first };
  }
  if (own < 0) return { first: losses, count: end - losses };
  return { first: 0, count: hasSum ? end : Math.min(losses, own + 1) };
}

/** Rows of losses whose gradients come from the output layer at step t. */
export function rowsOfOutput({ firstLoss, losses, hasSum }: LossRows, t: number): number[] {
  const own = t - firstLoss;
  const isKnown = own < losses;
  return [...(own >= 0 && isKnown ? [own] : []), ...(hasSum && isKnown ? [losses] : [])];
}

/** ‖∂J(i)/∂x(j)‖ of a block of losses, from the gradients of the embedding. */
export function writeInputNorms(
  { model: { kernels, config }, trace }: SweepRequest,
  into: Norms,
  input: KeptGradients,
  { firstLoss, losses }: LossRows,
  squares: Float64Array,
): void {
  for (let t = 0; t < trace.T; t++) {
    const { values, scales } = input.at(t, 0);
    kernels.sweep.rowSquares(values, losses, config.embeddingSize, squares);
    writeNorms(into, trace.T, t, firstLoss, losses, squares, scales, 1);
  }
}
