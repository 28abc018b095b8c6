// The row operations of the all-pairs sweep in the WebAssembly module: arrays become addresses, strides become bytes.
import type { StridedMatrix } from './matrixKernels';
import type { SweepKernels } from './sweepKernels';

type Addresses = number[];

/** The module's exports for the sweep, in the order of assembly/sweep.ts. */
export interface SweepModule {
  scaleColumns(...args: Addresses): void;
  scaleRows(...args: Addresses): void;
  rowSquares(...args: Addresses): void;
  weightedRowSquares(...args: Addresses): void;
  weightedRowSum(...args: Addresses): void;
}

/** Turns arrays and matrices of the arena into addresses and checks that they have so many values. */
export interface AddressesOf {
  array(values: Float32Array | Float64Array, needed: number): number;
  matrix(matrix: StridedMatrix, rows: number, columns: number): number;
}

export function createSimdSweep(module: SweepModule, { array, matrix }: AddressesOf): SweepKernels {
  return {
    scaleColumns(a, b, into, rows, width, flush) {
      const first = [matrix(a.values, rows, width), a.values.rowStride * 4, array(a.factors, width)];
      const second = b ? [matrix(b.values, rows, width), b.values.rowStride * 4, array(b.factors, width)] : [0, 0, 0];
      const target = [matrix(into, rows, width), into.rowStride * 4];
      module.scaleColumns(...first, ...second, ...target, rows, width, flush ? 1 : 0);
    },
    scaleRows(from, factors, into, rows, width, accumulate) {
      const source = [matrix(from, rows, width), from.rowStride * 4, array(factors, rows)];
      module.scaleRows(...source, matrix(into, rows, width), into.rowStride * 4, rows, width, accumulate ? 1 : 0);
    },
    rowSquares(from, rows, width, squares) {
      module.rowSquares(matrix(from, rows, width), from.rowStride * 4, rows, width, array(squares, rows));
    },
    weightedRowSquares(from, weights, rows, width, squares) {
      const source = [matrix(from, rows, width), from.rowStride * 4, array(weights, width)];
      module.weightedRowSquares(...source, rows, width, array(squares, rows));
    },
    weightedRowSum(from, weights, rows, width, sums) {
      const source = [matrix(from, rows, width), from.rowStride * 4, array(weights, rows)];
      module.weightedRowSum(...source, rows, width, array(sums, width));
    },
  };
}
