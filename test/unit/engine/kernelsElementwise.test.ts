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

    for (const columns of [1, 7, 64])
      it(`the loss of ${columns} classes leaves what it needs and its gradient`, () => {
        const random = randomNumbers(columns + 5);
        const numbers = Float32Array.from({ length: 3 * columns }, () => 8 * random() - 4);
        const targets = kernels.allocateInts(3);
        targets.set([0, columns - 1, columns >> 1]);
        for (const weight of [null, 0.25]) {
          const logits = inArena(kernels, numbers);
          const [shift, total, picked] = [kernels.allocate(3), kernels.allocate(3), kernels.allocate(3)];
          kernels.crossEntropyRows({ logits, targets, shift, total, picked }, columns, weight);
          for (let row = 0; row < 3; row++) {
            const own = Float64Array.from(numbers.subarray(row * columns, (row + 1) * columns));
            const sum = own.reduce((s, v) => s + Math.exp(v), 0);
            const loss = shift[row] + Math.log(total[row]) - picked[row];
            assert.ok(Math.abs(loss - (Math.log(sum) - own[targets[row]])) < 2e-6);
            const expected = own.map((v, k) => {
              const p = Math.exp(v) / sum;
              return weight === null ? p : weight * (k === targets[row] ? p - 1 : p);
            });
            assert.ok(largestDifference(logits.subarray(row * columns, (row + 1) * columns), expected) < 1e-6);
          }
        }
      });
  });
