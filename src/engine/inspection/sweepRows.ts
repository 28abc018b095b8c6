// The rows of one direction of a layer as the all-pairs sweep takes them from step to step: one product per step makes
// ∂J/∂x(t) and ∂J/∂h of the step before of what is known at step t.
import { columnsOf, type MatrixKernels, type StridedMatrix } from '../kernels/matrixKernels';
import { addScaledRows, comfortableFactor, scaleValues, type ScaledRows } from './rowGradients';
import type { SweepMemory } from './sweepMemory';

export class SweepRows {
  /** What the values of a row times this is the gradient; 0 for a row of zeros. */
  readonly scales: Float64Array;
  private current: Float32Array;
  private next: Float32Array;
  private readonly width: number;

  constructor(
    private readonly kernels: MatrixKernels,
    private readonly hiddenUnits: number,
    private readonly memory: SweepMemory,
  ) {
    this.scales = new Float64Array(memory.capacity);
    [this.current, this.next] = memory.rows;
    this.width = memory.inputColumns + memory.stateColumns;
  }

  /** No path leads anywhere yet. */
  clear(): void {
    this.scales.fill(0);
    for (const values of this.memory.rows) this.kernels.zero(values);
  }

  /** Rows `first` … of ∂J/∂x of the step that was last left, and their scales. */
  input(first: number): ScaledRows {
    return { values: this.from(this.current, first, 0), scales: this.scales.subarray(first) };
  }

  /** Rows `first` … of ∂J/∂state, ∂J/∂h in front, or its columns from `column` on. */
  state(first: number, column = 0): StridedMatrix {
    return this.from(this.current, first, this.memory.inputColumns + column);
  }

  /** Columns from `column` on of rows `first` … of ∂J/∂state of the step that was last left, but for ∂J/∂h. */
  later(first: number, column: number): StridedMatrix {
    return this.from(this.next, first, this.memory.inputColumns + column);
  }

  /** Adds to ∂J/∂h of `count` rows from `first` on. */
  add(first: number, count: number, from: ScaledRows): void {
    const into = { values: this.state(first), scales: this.scales.subarray(first) };
    // ∂J/∂h of this step is in `current`, what else there is of the state still in the other one.
    const take = (row: number, factor: number) => {
      this.scaleState(this.current, first + row, 0, this.hiddenUnits, factor);
      this.scaleState(this.next, first + row, this.hiddenUnits, this.memory.stateColumns, factor);
    };
    addScaledRows(this.kernels, into, from, count, this.hiddenUnits, this.memory.factors, take);
  }

  /** Brings rows back to a comfortable size, given the squares of all of their state. */
  rescale(first: number, count: number, squares: readonly Float64Array[]): void {
    for (let row = 0; row < count; row++) {
      let largest = squares[0][row];
      for (let k = 1; k < squares.length; k++) largest = Math.max(largest, squares[k][row]);
      if (largest === 0) {
        this.scales[first + row] = 0;
        continue;
      }
      const factor = comfortableFactor(largest);
      if (factor === 1) continue;
      this.scaleState(this.current, first + row, 0, this.memory.stateColumns, factor);
      this.scales[first + row] /= factor;
    }
  }

  /** By the step's matrix to ∂J/∂x of this step and ∂J/∂h of the one before it. */
  advance(first: number, count: number): void {
    this.kernels.multiplyPacked(this.state(first), this.memory.step, this.from(this.next, first, 0), count, false);
    [this.current, this.next] = [this.next, this.current];
  }

  private from(values: Float32Array, first: number, column: number): StridedMatrix {
    return columnsOf(values, this.width, first * this.width + column);
  }

  /** Columns [from, to) of a row of ∂J/∂state. */
  private scaleState(values: Float32Array, row: number, from: number, to: number, factor: number): void {
    scaleValues(values, row * this.width + this.memory.inputColumns + from, to - from, factor);
  }
}
