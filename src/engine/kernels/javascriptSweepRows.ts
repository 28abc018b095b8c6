// The all-pairs sweep's pass over its rows and the matrix of its step in plain TypeScript: the definition of
// assembly/sweepRows.ts and assembly/combine.ts.
import { NEGLIGIBLE, type SweepKernels } from './sweepKernels';

const withoutNegligible = (v: number): number => (Math.abs(v) < NEGLIGIBLE ? 0 : v);

/** Σ (weight·x)² over `count` values from `at` on. */
function squaresOf(values: Float32Array, at: number, count: number, weights?: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (values[at + k] * (weights ? weights[k] : 1)) ** 2;
  return sum;
}

export const javascriptSweepRows: Pick<SweepKernels, 'combinePacked' | 'measureRows' | 'lstmRows' | 'cellPathRows'> = {
  // The plain kernels keep a packed matrix row by row.
  combinePacked(parts, into, first) {
    const { n } = into;
    for (let row = 0; row < parts[0].weights.k; row++)
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (const { weights, factors } of parts) sum += factors[row] * weights.values[row * n + column];
        into.values[(first + row) * n + column] = sum;
      }
  },

  measureRows(rows, weights, count, units, columns, squares) {
    for (let row = 0; row < count; row++) {
      const begin = rows.offset + row * rows.rowStride;
      for (let at = begin; at < begin + units; at++) rows.values[at] = withoutNegligible(rows.values[at]);
      squares[0][row] = squaresOf(rows.values, begin, units);
      squares[1][row] = squaresOf(rows.values, begin, columns, weights);
    }
  },

  lstmRows({ rows, later, toCell, forget, weights }, count, units, squares) {
    for (let row = 0; row < count; row++) {
      const begin = rows.offset + row * rows.rowStride;
      const laterAt = later.offset + row * later.rowStride;
      for (let k = 0; k < units; k++) {
        const kept = later.values[laterAt + k] * forget[k];
        rows.values[begin + units + k] = withoutNegligible(kept + rows.values[begin + k] * toCell[k]);
      }
      squares[0][row] = squaresOf(rows.values, begin, units);
      squares[1][row] = squaresOf(rows.values, begin + units, units);
      squares[2][row] = squaresOf(rows.values, begin, 2 * units, weights);
    }
  },

  cellPathRows({ rows, direct, path, toCell, forget, factors }, count, units, squares) {
    for (let row = 0; row < count; row++) {
      const begin = rows.offset + row * rows.rowStride;
      for (let k = 0, at = row * units; k < units; k++, at++) {
        direct[at] = withoutNegligible(direct[at] * forget[k]);
        path[at] = withoutNegligible(path[at] * forget[k] + factors[row] * rows.values[begin + k] * toCell[k]);
      }
      squares[0][row] = squaresOf(direct, row * units, units);
      squares[1][row] = squaresOf(path, row * units, units);
    }
  },
};
