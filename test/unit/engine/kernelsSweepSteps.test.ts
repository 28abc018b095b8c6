// A step of the all-pairs sweep in every set of compiled kernels against its definition: the step's matrix, and the passes over rows
// that take every norm, of rows of any size.
import assert from 'node:assert/strict';
import {
  columnsOf,
  packedLength,
  type MatrixKernels,
  type PackedMatrix,
} from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { inArena, kernelsNamed, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';

const ROWS = 4;
const ARENA = 1 << 19;

/** Random numbers of the arena's, the same for the same seed. */
function numbersOf(kernels: MatrixKernels, seed: number): (length: number, scale?: number) => Float32Array {
  const random = randomNumbers(seed);
  return (length, scale = 1) =>
    inArena(
      kernels,
      Array.from({ length }, () => scale * (2 * random() - 1)),
    );
}

/** [ROWS, width] times a matrix put together from `parts` blocks with rows of their own factors. */
function combinedProduct(kernels: MatrixKernels, k: number, n: number, parts: number): Float32Array {
  const numbers = numbersOf(kernels, 10 * k + n);
  const packed = (rows: number): PackedMatrix => ({ values: kernels.allocate(packedLength(rows, n)), k: rows, n });
  const blocks = Array.from({ length: parts }, () => {
    const weights = packed(k);
    kernels.packColumns(columnsOf(numbers(k * n), n), weights, 0, n);
    return { weights, factors: numbers(k) };
  });
  // Twice as many rows: the first ones made of the first block alone.
  const into = packed(2 * k);
  kernels.sweep.combinePacked(blocks.slice(0, 1), into, 0);
  kernels.sweep.combinePacked(blocks, into, k);
  const product = kernels.allocate(ROWS * n);
  kernels.multiplyPacked(columnsOf(numbers(ROWS * 2 * k), 2 * k), into, columnsOf(product, n), ROWS, false);
  return product;
}

/** What the three passes write, on rows of very different sizes; squares as numbers that tell how far apart they are. */
function passes(kernels: MatrixKernels, units: number): { written: number[]; norms: number[] } {
  const numbers = numbersOf(kernels, units);
  const pitch = 2 * units + 5;
  const squares = kernels.allocateDoubles(5 * ROWS);
  const arrays = (first: number, count: number) =>
    Array.from({ length: count }, (_, k) => squares.subarray((first + k) * ROWS, (first + k + 1) * ROWS));
  const rowsOf = (scales: number[]) => {
    const values = numbers(ROWS * pitch);
    scales.forEach((scale, row) =>
      values.subarray(row * pitch, (row + 1) * pitch).forEach((v, k, all) => (all[k] = v * scale)),
    );
    return columnsOf(values, pitch, 3);
  };
  const norms: number[] = [];
  const measured = (count: number) => {
    for (const array of arrays(0, count)) norms.push(...Array.from(array, Math.sqrt));
  };
  const scales = [1, 1e-20, 0, 1e8];
  const single = rowsOf(scales);
  const [weights, factors] = [numbers(2 * units), numbers(ROWS, 2)];
  kernels.sweep.measureRows(single, weights, ROWS, units, 2 * units, arrays(0, 2));
  measured(2);
  const [both, later] = [rowsOf(scales), rowsOf([1e-3, 1e-20, 0, 1])];
  const [toCell, forget] = [numbers(units), numbers(units).map(Math.abs)].map((values) => inArena(kernels, values));
  kernels.sweep.lstmRows({ rows: both, later, toCell, forget, weights }, ROWS, units, arrays(0, 3));
  measured(3);
  const [direct, path] = [numbers(ROWS * units), numbers(ROWS * units, 1e-25)];
  kernels.sweep.cellPathRows({ rows: both, direct, path, toCell, forget, factors }, ROWS, units, arrays(0, 2));
  measured(2);
  return { written: [single.values, both.values, direct, path].flatMap((values) => [...values]), norms };
}

describe('a step of the sweep', () => {
  for (const name of RUNNING_VARIANTS) {
    for (const [k, n] of [
      [1, 1],
      [3, 7],
      [8, 16],
      [5, 17],
      [12, 35],
    ])
      for (const parts of [1, 2, 3, 5])
        it(`puts a matrix of ${k}×${n} together from ${parts} in ${name}`, async () => {
          const actual = combinedProduct(await kernelsNamed(name, ARENA), k, n, parts);
          const expected = combinedProduct(await kernelsNamed('javascript', ARENA), k, n, parts);
          assert.ok(largestDifference(actual, expected) < 1e-5, `${largestDifference(actual, expected)}`);
        });

    for (const units of [1, 3, 8, 13, 24])
      it(`measures and writes rows of ${units} units as defined in ${name}`, async () => {
        const actual = passes(await kernelsNamed(name, ARENA), units);
        const expected = passes(await kernelsNamed('javascript', ARENA), units);
        expected.written.forEach((truth, at) => {
          const apart = Math.abs(actual.written[at] - truth);
          assert.ok(apart <= 1e-6 * Math.abs(truth) + 1e-33, `value ${at}: ${actual.written[at]}, expected ${truth}`);
        });
        expected.norms.forEach((truth, at) => {
          const apart = Math.abs(actual.norms[at] - truth);
          assert.ok(apart <= 3e-6 * truth, `norm ${at}: ${actual.norms[at]}, expected ${truth}`);
        });
      });

    it(`makes negligible values zero and takes no notice of what float32 squares cannot show, in ${name}`, async () => {
      const kernels = await kernelsNamed(name, ARENA);
      const values = inArena(kernels, [1, 1e-35, -1e-36, 1e-25, ...new Array<number>(6).fill(0)]);
      const squares = kernels.allocateDoubles(2);
      const halves = [squares.subarray(0, 1), squares.subarray(1)];
      kernels.sweep.measureRows(columnsOf(values, 10), kernels.allocate(10).fill(1), 1, 10, 10, halves);
      assert.deepEqual([...values.subarray(0, 4)], [1, 0, 0, Math.fround(1e-25)]);
      assert.ok(squares.every((sum) => Math.abs(sum - 1) < 1e-6));
      values.fill(0);
      kernels.sweep.measureRows(columnsOf(values, 10), kernels.allocate(10).fill(1), 1, 10, 10, halves);
      assert.deepEqual([...squares], [0, 0]);
    });

    it(`refuses parts of other shapes and squares at odd places, in ${name}`, async () => {
      const kernels = await kernelsNamed(name, ARENA);
      const packed = (k: number, n: number): PackedMatrix => ({ values: kernels.allocate(packedLength(k, n)), k, n });
      const part = (k: number, n: number) => ({ weights: packed(k, n), factors: kernels.allocate(k) });
      const { sweep } = kernels;
      assert.throws(() => sweep.combinePacked([part(2, 3)], packed(3, 3), 2), RangeError);
      assert.throws(() => sweep.combinePacked([part(2, 3), part(2, 4)], packed(4, 3), 0), RangeError);
      const squares = [1, 2, 3].map(() => kernels.allocateDoubles(2));
      kernels.allocate(1);
      squares[2] = kernels.allocateDoubles(2);
      const rows = columnsOf(kernels.allocate(20), 10);
      const factors = { toCell: kernels.allocate(5), forget: kernels.allocate(5), weights: kernels.allocate(10) };
      assert.throws(() => sweep.lstmRows({ rows, later: rows, ...factors }, 2, 5, squares), /equal distances/);
    });
  }
});
