// One update after the other of every optimizer, in every set of kernels, against its definition in float64.
import assert from 'node:assert/strict';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { RATE_COUNT, writeRates } from '../../../src/engine/kernels/optimizerKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS, inArena, kernelsNamed, largestDifference } from './kernelsUnderTest';

const SIZE = 13;
const STEPS = 20;

/** The update of one value from its gradient, in float64; `state` is the value's own. */
type Definition = (g: number, state: { first: number; second: number }, step: number) => number;

const OPTIMIZERS: Record<keyof MatrixKernels['optimizers'], Definition> = {
  adam(g, state, step) {
    state.first = 0.9 * state.first + 0.1 * g;
    state.second = 0.999 * state.second + 0.001 * g ** 2;
    return (0.01 * state.first) / (1 - 0.9 ** step) / (Math.sqrt(state.second / (1 - 0.999 ** step)) + 1e-8);
  },
  momentum(g, state) {
    state.first = 0.9 * state.first + g;
    return 0.01 * state.first;
  },
  rmsprop(g, state) {
    state.second = 0.99 * state.second + 0.01 * g ** 2;
    return (0.01 * g) / (Math.sqrt(state.second) + 1e-8);
  },
};

for (const name of ALL_VARIANTS)
  describe(`optimizers in ${name}`, () => {
    let kernels: MatrixKernels;
    before(async () => (kernels = await kernelsNamed(name, 1 << 20)));

    for (const kind of ['adam', 'momentum', 'rmsprop'] as const)
      it(`${kind} follows its definition for ${STEPS} steps and reports the size of its updates`, () => {
        const random = randomNumbers(11);
        const numbers = () => Float32Array.from({ length: SIZE }, () => 2 * random() - 1);
        const start = numbers();
        const values = inArena(kernels, start);
        const [first, second] = [kernels.allocate(SIZE), kernels.allocate(SIZE)];
        const [rates, squares] = [kernels.allocate(RATE_COUNT), kernels.allocateDoubles(1)];
        const theta = Float64Array.from(start);
        const states = Array.from(start, () => ({ first: 0, second: 0 }));
        for (let step = 1; step <= STEPS; step++) {
          const g = numbers();
          const bias =
            kind === 'adam' ? { first: 1 - 0.9 ** step, second: 1 - 0.999 ** step } : { first: 1, second: 1 };
          writeRates(
            {
              ...{ stepSize: 0.01 / bias.first, secondMomentScale: 1 / Math.sqrt(bias.second), epsilon: 1e-8 },
              ...{ decay1: 0.9, decay2: kind === 'adam' ? 0.999 : 0.99 },
            },
            rates,
          );
          const gradient = inArena(kernels, g);
          if (kind === 'adam') kernels.optimizers.adam(values, gradient, { first, second }, rates, squares);
          else kernels.optimizers[kind](values, gradient, kind === 'momentum' ? first : second, rates, squares);
          let expectedSquares = 0;
          g.forEach((each, k) => {
            const update = OPTIMIZERS[kind](each, states[k], step);
            theta[k] -= update;
            expectedSquares += update ** 2;
          });
          assert.ok(Math.abs(squares[0] / expectedSquares - 1) < 2e-5);
        }
        assert.ok(largestDifference(values, theta) < 4e-6);
      });
  });
