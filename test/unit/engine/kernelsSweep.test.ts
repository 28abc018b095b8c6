// The row operations of the all-pairs sweep in every set of compiled kernels against their definition.
import assert from 'node:assert/strict';
import { columnsOf, type MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { inArena, kernelsNamed, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';

const ROWS = 5;

/** What every operation writes, on matrices of `pitch` columns of which `width` are used, from column 1 on. */
function results(kernels: MatrixKernels, width: number): number[] {
  const random = randomNumbers(width);
  const pitch = width + 3;
  const numbers = (length: number) =>
    inArena(
      kernels,
      Array.from({ length }, () => 2 * random() - 1),
    );
  const matrix = () => columnsOf(numbers(ROWS * pitch), pitch, 1);
  const [a, b, into] = [matrix(), matrix(), matrix()];
  const [fa, fb, perRow] = [numbers(width), numbers(width), numbers(ROWS)];
  a.values[1] = 1e-36;
  const { sweep } = kernels;
  const written = [];
  for (const [second, flush] of [
    [null, true],
    [null, false],
    [{ values: b, factors: fb }, true],
  ] as const) {
    sweep.scaleColumns({ values: a, factors: fa }, second, into, ROWS, width, flush);
    written.push(...into.values);
  }
  sweep.scaleRows(a, perRow, into, ROWS, width, false);
  sweep.scaleRows(b, perRow, into, ROWS, width, true);
  const squares = kernels.allocateDoubles(ROWS);
  sweep.rowSquares(into, ROWS, width, squares);
  return [...written, ...into.values, ...squares];
}

describe('row operations of the sweep', () => {
  for (const name of RUNNING_VARIANTS) {
    for (const width of [1, 3, 4, 9, 16, 30])
      it(`are their definition to 1e-6 on ${width} columns in ${name}`, async () => {
        const tested = results(await kernelsNamed(name, 1 << 18), width);
        const expected = results(await kernelsNamed('javascript', 1 << 18), width);
        assert.ok(largestDifference(tested, expected) <= 1e-6 * width, `${largestDifference(tested, expected)}`);
      });

    it(`keep squares that float32 cannot hold, in ${name}`, async () => {
      const kernels = await kernelsNamed(name, 1 << 18);
      const row = columnsOf(inArena(kernels, [1e-30, 2e-30, 2e-30, 0, 0]), 5);
      const squares = kernels.allocateDoubles(1);
      kernels.sweep.rowSquares(row, 1, 5, squares);
      assert.ok(Math.abs(squares[0] / 9e-60 - 1) < 1e-6);
    });
  }
});
