// Rows of dense matrices and plain arrays in the WebAssembly module: arrays become addresses, widths become bytes.
import type { MatrixKernels } from './matrixKernels';

/** The module's exports for rows, in the order of assembly/rows.ts and elementwise.ts. */
export interface RowModule {
  gatherRows(table: number, ids: number, out: number, count: number, width: number): void;
  scatterAddRows(rows: number, ids: number, table: number, count: number, width: number, pitch: number): void;
  sumRows(rows: number, count: number, width: number, pitch: number, out: number): void;
  fillRows(row: number, out: number, count: number, width: number): void;
  zeroValues(values: number, count: number): void;
  sumOfSquares(values: number, count: number): number;
  storeSumOfSquares(values: number, count: number, squares: number): void;
  scaleValues(values: number, count: number, factorAt: number): void;
  softmaxRows(logits: number, shift: number, total: number, rows: number, columns: number): void;
  crossEntropyRows(
    ...args: [
      ...rows: [logits: number, targets: number, shift: number, total: number, picked: number],
      rows: number,
      columns: number,
      gradient: number,
      weight: number,
    ]
  ): void;
}

type RowKernels = Pick<
  MatrixKernels,
  | 'gatherRows'
  | 'scatterAddRows'
  | 'sumRows'
  | 'fillRows'
  | 'zero'
  | 'sumOfSquares'
  | 'storeSumOfSquares'
  | 'scaleBy'
  | 'softmaxRows'
  | 'crossEntropyRows'
>;

/** `address` checks that an array is the arena's and has so many values. */
export function createSimdRows(
  module: RowModule,
  address: (values: Float32Array | Float64Array | Int32Array, needed: number) => number,
): RowKernels {
  return {
    gatherRows(table, ids, width, out) {
      module.gatherRows(address(table, width), address(ids, 0), address(out, ids.length * width), ids.length, width);
    },
    scatterAddRows(rows, ids, width, table, first, count) {
      if (count === 0) return;
      const [from, into] = [address(rows, ids.length * width), address(table, width)];
      module.scatterAddRows(from + first * 4, address(ids, 0), into + first * 4, ids.length, count, width * 4);
    },
    sumRows(rows, width, out, first, count) {
      if (count === 0) return;
      const from = address(rows, 0) + first * 4;
      module.sumRows(from, rows.length / width, count, width * 4, address(out, width) + first * 4);
    },
    fillRows(row, out) {
      if (out.length === 0) return;
      module.fillRows(address(row, 1), address(out, row.length), out.length / row.length, row.length);
    },
    zero: (values) => module.zeroValues(address(values, 0), values.length),
    sumOfSquares: (values) => module.sumOfSquares(address(values, 0), values.length),
    storeSumOfSquares: (values, into) => module.storeSumOfSquares(address(values, 0), values.length, address(into, 1)),
    scaleBy: (values, factor) => module.scaleValues(address(values, 0), values.length, address(factor, 1)),
    softmaxRows: (logits, shift, total, rows, columns) =>
      module.softmaxRows(address(logits, rows * columns), address(shift, rows), address(total, rows), rows, columns),
    crossEntropyRows({ logits, targets, shift, total, picked }, columns, weight) {
      const rows = targets.length;
      if (rows === 0) return;
      module.crossEntropyRows(
        ...[address(logits, rows * columns), address(targets, rows)],
        ...[address(shift, rows), address(total, rows), address(picked, rows)],
        ...[rows, columns, weight === null ? 0 : 1, weight ?? 0],
      );
    },
  };
}
