// The row operations of the all-pairs sweep in plain TypeScript: the definition of assembly/sweep.ts.
import { javascriptSweepRows } from './javascriptSweepRows';
import { NEGLIGIBLE, type SweepKernels } from './sweepKernels';

export const javascriptSweep: SweepKernels = {
  ...javascriptSweepRows,

  scaleColumns(a, b, into, rows, width, flush) {
    const least = flush ? NEGLIGIBLE : 0;
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < width; k++) {
        let value = a.values.values[a.values.offset + row * a.values.rowStride + k] * a.factors[k];
        if (b) value += b.values.values[b.values.offset + row * b.values.rowStride + k] * b.factors[k];
        into.values[into.offset + row * into.rowStride + k] = Math.abs(value) < least ? 0 : value;
      }
  },

  scaleRows(from, factors, into, rows, width, accumulate) {
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < width; k++) {
        const at = into.offset + row * into.rowStride + k;
        const value = factors[row] * from.values[from.offset + row * from.rowStride + k];
        into.values[at] = accumulate ? into.values[at] + value : value;
      }
  },

  rowSquares({ values, offset, rowStride }, rows, width, squares) {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      const begin = offset + row * rowStride;
      for (let at = begin; at < begin + width; at++) sum += values[at] * values[at];
      squares[row] = sum;
    }
  },
};
