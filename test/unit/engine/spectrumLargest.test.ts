// σ_max alone against all singular values, and where it is known beforehand.
import assert from 'node:assert/strict';
import { largestSingularValues } from '../../../src/engine/inspection/largestSingularValues';
import { singularValues } from '../../../src/engine/inspection/singularValues';
import { matrixOf, matrixProduct, orthogonalMatrix, rotations } from '../../oracle/knownMatrices';
import { randomNumbers } from '../../oracle/smallNetworks';

const largestSingularValue = (values: ArrayLike<number>, n: number): number => largestSingularValues(values, n, 1)[0];

const assertClose = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-6 * expected, `${actual}, expected ${expected}`);

describe('the largest singular value', () => {
  it('is the first of all of them, of random matrices of many sizes', () => {
    for (const n of [1, 2, 3, 8, 9, 40, 128]) {
      const random = randomNumbers(n);
      const matrix = matrixOf(n, () => random() - 0.5);
      assertClose(largestSingularValue(matrix, n), singularValues(matrix, n, n)[0]);
    }
  });

  it('is the gain of an orthogonal matrix, of the identity and of rotations, also far from order one', () => {
    assertClose(
      largestSingularValue(
        orthogonalMatrix(64, 2).map((v) => 0.3 * v),
        64,
      ),
      0.3,
    );
    const identity = matrixOf(50, (row, column) => (row === column ? 1 : 0));
    assertClose(largestSingularValue(identity, 50), 1);
    assertClose(largestSingularValue(rotations([{ radius: 2, angle: 1 }]), 2), 2);
    assertClose(
      largestSingularValue(
        identity.map((v) => 1e-200 * v),
        50,
      ),
      1e-200,
    );
  });

  it('is found where its direction hides behind many that are nearly as strong', () => {
    const n = 96;
    const known = (k: number) => (k === 0 ? 1.001 : 1 - k * 1e-4);
    const stretch = matrixOf(n, (row, column) => (row === column ? known(row) : 0));
    const matrix = matrixProduct(orthogonalMatrix(n, 1), matrixProduct(stretch, orthogonalMatrix(n, 2), n), n);
    assertClose(largestSingularValue(matrix, n), 1.001);
  });

  it('sees what no eigenvalue shows, and nothing in a matrix of zeros', () => {
    assertClose(largestSingularValue([0, 7, 0, 0], 2), 7);
    assertClose(
      largestSingularValue(
        matrixOf(9, (row, column) => (row + 1) * Math.cos(column)),
        9,
      ),
      Math.hypot(...matrixOf(9, (row, column) => (row + 1) * Math.cos(column))),
    );
    assert.equal(largestSingularValue(new Float64Array(9), 3), 0);
  });

  it('is refused where a weight is not finite', () => {
    assert.throws(() => largestSingularValue([1, NaN, 0, 1], 2), /row 0, column 1 is not finite/);
  });

  it('comes with those after it, multiple ones as often as they are', () => {
    const random = randomNumbers(8);
    for (const n of [5, 40, 100]) {
      const matrix = matrixOf(n, () => random() - 0.5);
      const expected = singularValues(matrix, n, n);
      const values = largestSingularValues(matrix, n, 4);
      assert.equal(values.length, 4);
      values.forEach((value, k) => assert.ok(Math.abs(value - expected[k]) <= 2e-6 * expected[0], `${k}: ${value}`));
    }
    const same = orthogonalMatrix(30, 3).map((v) => 0.6 * v);
    for (const value of largestSingularValues(same, 30, 4)) assertClose(value, 0.6);
    const switches = matrixOf(12, (row, column) => (row === column ? row % 2 : 0));
    for (const value of largestSingularValues(switches, 12, 6)) assertClose(value, 1);
    assert.equal(largestSingularValues(switches, 12, 7)[6], 0);
    assert.deepEqual([...largestSingularValues(new Float64Array(9), 3, 5)], [0, 0, 0]);
  });

  it('comes with those that have nearly vanished beside it', () => {
    const n = 24;
    const stretch = matrixOf(n, (row, column) => (row === column ? 0.2 ** row : 0));
    const matrix = matrixProduct(orthogonalMatrix(n, 1), matrixProduct(stretch, orthogonalMatrix(n, 2), n), n);
    const values = largestSingularValues(matrix, n, 6);
    values.forEach((value, k) => assert.ok(Math.abs(value / 0.2 ** k - 1) < 1e-4, `${k}: ${value}`));
  });
});
