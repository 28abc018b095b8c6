// Eigenvalues against matrices whose characteristic polynomial can be read off, the defective and the singular among them.
import assert from 'node:assert/strict';
import { eigenvalues } from '../../../src/engine/inspection/eigenvalues';
import {
  companion,
  matrixOf,
  matrixProduct,
  orthogonalMatrix,
  rotations,
  transposeOf,
} from '../../oracle/knownMatrices';
import { randomNumbers } from '../../oracle/smallNetworks';

type Complex = readonly [real: number, imaginary: number];

/** Each expected eigenvalue has one of its own among the computed ones, at most `apart` away. */
function assertSpectrum(values: Float64Array, expected: readonly Complex[], apart = 1e-10): void {
  const n = Math.sqrt(values.length);
  const { real, imaginary } = eigenvalues(values, n);
  const left = Array.from(real, (re, k): Complex => [re, imaginary[k]]);
  assert.equal(left.length, expected.length);
  for (const [re, im] of expected) {
    const distances = left.map(([a, b]) => Math.hypot(a - re, b - im));
    const nearest = distances.indexOf(Math.min(...distances));
    assert.ok(distances[nearest] <= apart, `${re} + ${im}i: nearest is ${left[nearest].join(' + i·')}`);
    left.splice(nearest, 1);
  }
}

const reals = (values: readonly number[]): Complex[] => values.map((value) => [value, 0]);
const pairs = [
  { radius: 1.2, angle: 0.3 },
  { radius: 0.7, angle: 2 },
  { radius: 0.05, angle: 1 },
];
const pairValues = pairs.flatMap(({ radius, angle }): Complex[] => [
  [radius * Math.cos(angle), radius * Math.sin(angle)],
  [radius * Math.cos(angle), -radius * Math.sin(angle)],
]);

describe('eigenvalues', () => {
  it('of a diagonal are the diagonal, the largest magnitude first', () => {
    const matrix = matrixOf(4, (row, column) => (row === column ? [0.5, -3, 2, 0][row] : 0));
    assert.deepEqual(eigenvalues(matrix, 4), {
      real: Float64Array.of(-3, 2, 0.5, 0),
      imaginary: new Float64Array(4),
    });
  });

  it('of triangular matrices are exactly the diagonal, in any order of the units', () => {
    const random = randomNumbers(1);
    const n = 12;
    const shuffled = Array.from({ length: n }, (_, k) => (k * 5) % n);
    const triangle = matrixOf(n, (row, column) =>
      column > row ? random() - 0.5 : row === column ? 0.1 * (row - 3) : 0,
    );
    const mixed = matrixOf(n, (row, column) => triangle[shuffled[row] * n + shuffled[column]]);
    for (const matrix of [triangle, transposeOf(triangle, n), mixed])
      assertSpectrum(matrix, reals(Array.from({ length: n }, (_, k) => 0.1 * (k - 3))), 0);
  });

  it('of nilpotent matrices are exactly zero, however large their gain', () => {
    assert.deepEqual(eigenvalues([0, 7, 0, 0], 2).real, new Float64Array(2));
    const lower = matrixOf(16, (row, column) => (column < row ? 2 * Math.sin(3 * row + 7 * column) : 0));
    assertSpectrum(lower, reals(new Array<number>(16).fill(0)), 0);
  });

  it('of rotations come in pairs, also where an orthogonal matrix hides the blocks', () => {
    assertSpectrum(rotations(pairs), pairValues, 1e-14);
    const hidden = orthogonalMatrix(6, 2);
    const turned = matrixProduct(matrixProduct(hidden, rotations(pairs), 6), transposeOf(hidden, 6), 6);
    assertSpectrum(turned, pairValues, 1e-13);
    const { imaginary, real } = eigenvalues(turned, 6);
    assert.ok(imaginary[0] > 0 && Math.abs(imaginary[1] + imaginary[0]) < 1e-13 && real[0] === real[1]);
  });

  it('of a companion matrix are the roots of its polynomial', () => {
    const roots = [-2, -1, -0.5, 0.25, 1, 1.5, 3];
    assertSpectrum(companion(roots), reals(roots));
  });

  it('of a cyclic permutation are the roots of unity, where equal shifts never converge', () => {
    for (const n of [3, 4, 7, 16, 33]) {
      const cycle = matrixOf(n, (row, column) => ((row + 1) % n === column ? 1 : 0));
      const roots = Array.from({ length: n }, (_, k): Complex => {
        const angle = (2 * Math.PI * k) / n;
        return [Math.cos(angle), Math.sin(angle)];
      });
      assertSpectrum(cycle, roots, 1e-13);
    }
  });

  it('of a singular matrix that some libraries never return from', () => {
    const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1];
    const golden = (1 + Math.sqrt(5)) / 2;
    assertSpectrum(Float64Array.from(matrix), [...reals([golden, 1 - golden, 0]), [0, 1], [0, -1]], 1e-14);
  });

  it('of an orthogonal matrix lie on the unit circle', () => {
    const { real, imaginary } = eigenvalues(orthogonalMatrix(64, 3), 64);
    real.forEach((re, k) => assert.ok(Math.abs(Math.hypot(re, imaginary[k]) - 1) < 1e-13));
  });

  it('of a Jordan block stay at its value when the order shows it, and near it when it does not', () => {
    const jordan = matrixOf(4, (row, column) => (row === column ? 0.9 : column === row + 1 ? 1 : 0));
    assertSpectrum(jordan, reals([0.9, 0.9, 0.9, 0.9]), 0);
    const hidden = orthogonalMatrix(4, 4);
    const turned = matrixProduct(matrixProduct(hidden, jordan, 4), transposeOf(hidden, 4), 4);
    assertSpectrum(turned, reals([0.9, 0.9, 0.9, 0.9]), 1e-3);
  });

  it('do not depend on the units in which the states are measured', () => {
    const random = randomNumbers(5);
    const n = 10;
    const matrix = matrixOf(n, () => random() - 0.5);
    const { real, imaginary } = eigenvalues(matrix, n);
    const measured = matrixOf(n, (row, column) => matrix[row * n + column] * 2 ** (7 * (row - column)));
    assertSpectrum(
      measured,
      Array.from(real, (re, k): Complex => [re, imaginary[k]]),
      1e-12,
    );
  });

  it('scale with the matrix at any size, and small blocks beside large ones keep theirs', () => {
    const block = rotations(pairs);
    for (const scale of [2 ** -900, 2 ** 900]) {
      const { real } = eigenvalues(
        block.map((v) => v * scale),
        6,
      );
      assert.deepEqual(
        real,
        eigenvalues(block, 6).real.map((v) => v * scale),
      );
    }
    const hidden = orthogonalMatrix(6, 7);
    const small = matrixProduct(matrixProduct(hidden, block, 6), transposeOf(hidden, 6), 6);
    const beside = matrixOf(8, (row, column) => {
      if (row < 2 || column < 2) return row === column ? 1 : 0;
      return 1e-200 * small[(row - 2) * 6 + column - 2];
    });
    const { real, imaginary } = eigenvalues(beside, 8);
    assert.ok(Math.abs(Math.hypot(real[2], imaginary[2]) / 1.2e-200 - 1) < 1e-12);
  });

  it('of matrices of zeros and ones are always found and add up to the trace', () => {
    const random = randomNumbers(6);
    for (let count = 0; count < 3000; count++) {
      const n = 1 + Math.floor(random() * 12);
      const matrix = matrixOf(n, () => (random() < 0.4 ? 1 : 0));
      const { real } = eigenvalues(matrix, n);
      const trace = matrix.reduce((sum, v, at) => sum + (at % (n + 1) === 0 ? v : 0), 0);
      const sum = real.reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - trace) < 1e-11, `${n}: ${[...matrix].join(' ')}`);
    }
  });

  it('are refused for what is no finite matrix, naming the place', () => {
    assert.throws(() => eigenvalues([1, 2, NaN, 4], 2), /row 1, column 0 is not finite/);
    assert.throws(() => eigenvalues([], 0), /no 0×0 matrix/);
  });
});
