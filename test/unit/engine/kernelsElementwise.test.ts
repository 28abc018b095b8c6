// Activations, softmax and Adam: every set of kernels against float64 formulas.
import assert from 'node:assert/strict';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS, inArena, kernelsNamed, largestDifference } from './kernelsUnderTest';

const FUNCTIONS = {
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  tanh: (x: number) => Math.tanh(x),
  relu: (x: number) => Math.max(0, x),
};
const ARGUMENTS = [0, -0, 1e-6, -1e-6, 0.1, -0.7, 3, -9, 17, -25, 90, -90, 1000, -1000, Infinity, -Infinity];

for (const name of ALL_VARIANTS)
  describe(`element-wise kernels in ${name}`, () => {
    let kernels: MatrixKernels;
    before(async () => (kernels = await kernelsNamed(name, 1 << 20)));

    for (const kind of ['sigmoid', 'tanh', 'relu'] as const) {
      it(`${kind} is right to 3e-7 relative everywhere it is not negligible`, () => {
        const random = randomNumbers(3);
        const x = Float32Array.from([...ARGUMENTS, ...Array.from({ length: 4001 }, () => 40 * random() - 20)]);
        const y = inArena(kernels, x);
        kernels.activate(kind, y, 1, x.length, 0, x.length);
        y.forEach((value, at) => {
          const expected = FUNCTIONS[kind](x[at]);
          if (value === expected) return;
          assert.ok(Math.abs(value - expected) <= 3e-7 * Math.abs(expected) + 1e-37, `${kind}(${x[at]}) = ${value}`);
        });
      });

      it(`${kind} touches only its columns and keeps NaN`, () => {
        const values = inArena(
          kernels,
          Array.from({ length: 33 }, (_, at) => (at === 14 ? NaN : -2 + at / 8)),
        );
        const before = values.slice();
        kernels.activate(kind, values, 3, 11, 2, 6);
        values.forEach((value, at) => {
          const inside = at % 11 >= 2 && at % 11 < 8;
          if (at === 14) assert.ok(Number.isNaN(value));
          else if (inside) assert.ok(Math.abs(value - FUNCTIONS[kind](before[at])) < 1e-6);
          else assert.equal(value, before[at]);
        });
      });
    }

    for (const columns of [1, 2, 7, 64, 1030])
      it(`softmax over ${columns} columns adds up to one and keeps what the loss needs`, () => {
        const random = randomNumbers(columns);
        const logits = Float32Array.from({ length: 3 * columns }, (_, at) => (at < columns ? 200 : 8) * random() - 3);
        const [probabilities, shift, total] = [inArena(kernels, logits), kernels.allocate(3), kernels.allocate(3)];
        kernels.softmaxRows(probabilities, shift, total, 3, columns);
        for (let row = 0; row < 3; row++) {
          const own = Float64Array.from(logits.subarray(row * columns, (row + 1) * columns));
          const most = Math.max(...own);
          const sum = own.reduce((s, v) => s + Math.exp(v - most), 0);
          assert.equal(shift[row], most);
          assert.ok(Math.abs(total[row] / sum - 1) < 1e-6);
          const expected = own.map((v) => Math.exp(v - most) / sum);
          assert.ok(largestDifference(probabilities.subarray(row * columns, (row + 1) * columns), expected) < 1e-6);
        }
      });

    it('softmax of a row with a NaN is NaN, not a number that looks like a probability', () => {
      const logits = inArena(kernels, [1, NaN, 2, 3, 4, 5]);
      kernels.softmaxRows(logits, kernels.allocate(1), kernels.allocate(1), 1, 6);
      assert.ok(logits.some(Number.isNaN));
    });

    it('Adam follows its definition for twenty steps and reports the size of its update', () => {
      const random = randomNumbers(11);
      const size = 13;
      const start = Float32Array.from({ length: size }, () => 2 * random() - 1);
      const [values, first, second] = [inArena(kernels, start), kernels.allocate(size), kernels.allocate(size)];
      const [theta, m, v] = [Float64Array.from(start), new Float64Array(size), new Float64Array(size)];
      for (let step = 1; step <= 20; step++) {
        const g = Float32Array.from({ length: size }, () => 2 * random() - 1);
        const rates = {
          ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
          stepSize: 0.01 / (1 - 0.9 ** step),
          secondMomentScale: 1 / Math.sqrt(1 - 0.999 ** step),
        };
        const squares = kernels.adamUpdate(values, inArena(kernels, g), first, second, rates);
        let expectedSquares = 0;
        for (let k = 0; k < size; k++) {
          m[k] = 0.9 * m[k] + 0.1 * g[k];
          v[k] = 0.999 * v[k] + 0.001 * g[k] ** 2;
          const update = (0.01 * m[k]) / (1 - 0.9 ** step) / (Math.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8);
          theta[k] -= update;
          expectedSquares += update ** 2;
        }
        assert.ok(Math.abs(squares / expectedSquares - 1) < 1e-5);
      }
      assert.ok(largestDifference(values, theta) < 2e-6);
    });
  });
