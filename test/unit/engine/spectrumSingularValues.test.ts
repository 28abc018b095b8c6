// Singular values against matrices that have them written on their forehead.
import assert from 'node:assert/strict';
import { singularValues } from '../../../src/engine/inspection/singularValues';
import { matrixOf, matrixProduct, orthogonalMatrix, transposeOf } from '../../oracle/knownMatrices';
import { randomNumbers } from '../../oracle/smallNetworks';
import { logDeterminant } from '../../oracle/stateJacobians';

function assertClose(actual: Float64Array, expected: readonly number[], relative = 1e-12): void {
  assert.equal(actual.length, expected.length);
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, k) =>
    assert.ok(Math.abs(actual[k] - value) <= relative * size, `${k}: ${actual[k]}, expected ${value}`),
  );
}

const random = (n: number, seed: number) => {
  const next = randomNumbers(seed);
  return matrixOf(n, () => next() - 0.5);
};

describe('singular values', () => {
  it('of g times an orthogonal matrix are all g', () => {
    for (const n of [1, 2, 17, 64]) {
      const matrix = orthogonalMatrix(n, n).map((v) => 0.3 * v);
      assertClose(singularValues(matrix, n, n), new Array<number>(n).fill(0.3));
    }
  });

  it('of U diag(s) Vᵀ are s, the small ones too', () => {
    const n = 24;
    const known = Array.from({ length: n }, (_, k) => 3 * 0.5 ** k);
    const stretch = matrixOf(n, (row, column) => (row === column ? known[row] : 0));
    const matrix = matrixProduct(orthogonalMatrix(n, 1), matrixProduct(stretch, orthogonalMatrix(n, 2), n), n);
    assertClose(singularValues(matrix, n, n), known);
  });

  it('of a nilpotent block see its gain, which no eigenvalue shows', () => {
    assert.deepEqual(singularValues([0, 7, 0, 0], 2, 2), Float64Array.of(7, 0));
  });

  it('of a rank one matrix are its length and zeros', () => {
    const matrix = matrixOf(9, (row, column) => (row + 1) * Math.cos(column));
    assertClose(singularValues(matrix, 9, 9), [Math.hypot(...matrix), ...new Array<number>(8).fill(0)]);
  });

  it('multiply to |det| and their squares add up to the sum of all squares', () => {
    for (let seed = 0; seed < 20; seed++) {
      const n = 2 + seed;
      const matrix = random(n, seed);
      const values = singularValues(matrix, n, n);
      const rows = Array.from({ length: n }, (_, row) => matrix.slice(row * n, (row + 1) * n));
      const logarithm = values.reduce((sum, value) => sum + Math.log(value), 0);
      assert.ok(Math.abs(logarithm - logDeterminant(rows)) < 1e-9, `n=${n}`);
      assert.ok(Math.abs(Math.hypot(...values) - Math.hypot(...matrix)) < 1e-12, `n=${n}`);
    }
  });

  it('are the same for the transpose, and for wide and tall matrices', () => {
    const square = random(12, 5);
    assertClose(singularValues(square, 12, 12), [...singularValues(transposeOf(square, 12), 12, 12)]);
    const wide = random(12, 6).slice(0, 60);
    const tall = Float64Array.from({ length: 60 }, (_, at) => wide[(at % 5) * 12 + Math.floor(at / 5)]);
    assertClose(singularValues(wide, 5, 12), [...singularValues(tall, 12, 5)]);
  });

  it('scale with the matrix at any size', () => {
    const matrix = random(10, 7);
    const values = singularValues(matrix, 10, 10);
    for (const scale of [2 ** -900, 2 ** -20, 2 ** 900])
      assert.deepEqual(
        singularValues(
          matrix.map((v) => v * scale),
          10,
          10,
        ),
        values.map((v) => v * scale),
      );
  });

  it('of zeros are zeros', () => {
    assert.deepEqual(singularValues(new Float32Array(16), 4, 4), new Float64Array(4));
  });

  it('are refused for what is no finite matrix, naming the place', () => {
    assert.throws(() => singularValues([1, 2, 3, NaN, 5, 6], 2, 3), /row 1, column 0 is not finite/);
    assert.throws(() => singularValues([1, Infinity], 1, 2), RangeError);
    assert.throws(() => singularValues([], 0, 0), /no 0×0 matrix/);
    assert.throws(() => singularValues([1, 2, 3], 2, 2), /3 values are no 2×2 matrix/);
  });
});
