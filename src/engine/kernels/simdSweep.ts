// The row operations of the all-pairs sweep in the WebAssembly module: arrays become addresses, strides become bytes.
import type { StridedMatrix } from './matrixKernels';
import type { SweepKernels } from './sweepKernels';

type Addresses = number[];

/** The module's exports for the sweep, in the order of assembly/sweep.ts. */
export interface SweepModule {
  scaleColumns(...args: Addresses): void;
  scaleRows(...args: Addresses): void;
  rowSquares(...args: Addresses): void;
  combinePacked(...args: Addresses): void;
  measureRows(...args: Addresses): void;
  lstmRows(...args: Addresses): void;
  cellPathRows(...args: Addresses): void;
}

/** Parts of a packed matrix that are added up at once. */
const MOST_PARTS = 3;

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
    combinePacked(parts, into, first) {
      const { k, n } = parts[0].weights;
      if (first + k > into.k || into.n !== n) throw new RangeError(`rows ${first} … do not take a part of ${k}×${n}`);
      const target = [array(into.values, into.k * n), into.k, first, k, n];
      const parted = parts.map(({ weights, factors }) => {
        if (weights.k !== k || weights.n !== n) throw new RangeError('the parts of a matrix must be of one shape');
        return [array(weights.values, k * n), array(factors, k)];
      });
      for (let done = 0; done < parted.length; done += MOST_PARTS) {
        const some = parted.slice(done, done + MOST_PARTS);
        const filled = Array.from({ length: MOST_PARTS }, (_, at) => some[at] ?? some[0]).flat();
        module.combinePacked(...target, done > 0 ? 1 : 0, some.length, ...filled);
      }
    },
    measureRows(rows, weights, count, units, columns, squares) {
      const source = [matrix(rows, count, columns), rows.rowStride * 4, array(weights, columns)];
      module.measureRows(...source, count, units, columns, ...squareArrays(squares, count));
    },
    lstmRows({ rows, later, toCell, forget, weights }, count, units, squares) {
      if (later.rowStride !== rows.rowStride) throw new RangeError('rows of two steps must be equally far apart');
      const both = [matrix(rows, count, 2 * units), rows.rowStride * 4, matrix(later, count, units)];
      const factors = [array(toCell, units), array(forget, units), array(weights, 2 * units)];
      module.lstmRows(...both, ...factors, count, units, ...squareArrays(squares, count));
    },
    cellPathRows({ rows, direct, path, toCell, forget, factors }, count, units, squares) {
      const source = [matrix(rows, count, units), rows.rowStride * 4];
      const parts = [array(direct, count * units), array(path, count * units)];
      const perUnit = [array(toCell, units), array(forget, units), array(factors, count)];
      module.cellPathRows(...source, ...parts, ...perUnit, count, units, ...squareArrays(squares, count));
    },
  };

  /** Address of the first array and bytes from one to the next; they must lie at equal distances. */
  function squareArrays(squares: readonly Float64Array[], count: number): [address: number, stride: number] {
    const addresses = squares.map((values) => array(values, count));
    const stride = addresses[1] - addresses[0];
    if (addresses.some((address, at) => address !== addresses[0] + at * stride))
      throw new RangeError('arrays of squares must lie at equal distances');
    return [addresses[0], stride];
  }
}
