// Connections between layers in every compiled variant against the plain definition, and what dropout keeps.
import assert from 'node:assert/strict';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS, inArena, kernelsNamed, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';

function everything(kernels: MatrixKernels, length: number): number[][] {
  const random = randomNumbers(length);
  const values = () =>
    inArena(
      kernels,
      Float32Array.from({ length }, () => random() - 0.5),
    );
  const [gate, states, carried, dOutput] = [values(), values(), values(), values()];
  const [sum, copied, mixed, dropped, added] = [values(), values(), values(), values(), values()];
  const [dGate, dStates, dCarried] = [values(), values(), values()];
  const { connections } = kernels;
  connections.add(gate, states, sum);
  connections.copy(gate, copied);
  connections.highway(gate, states, carried, mixed);
  connections.highwayGradient({ gate, states, carried, dOutput, dGate, dStates, dCarried });
  const mask = { key: kernels.allocateInts(1).fill(-77), first: 5, rate: 0.3 };
  connections.dropout(states, dropped, mask, false);
  connections.dropout(states, added, mask, true);
  return [sum, copied, mixed, dGate, dStates, dCarried, dropped, added].map((array) => Array.from(array));
}

for (const variant of RUNNING_VARIANTS)
  describe(`connections between layers with ${variant} kernels`, () => {
    for (const length of [0, 1, 7, 8, 64, 333])
      it(`are what the plain kernels compute, over ${length} values`, async () => {
        const [compiled, plain] = [await kernelsNamed(variant, 1 << 17), await kernelsNamed('javascript', 1 << 17)];
        const expected = everything(plain, length);
        everything(compiled, length).forEach((array, at) => {
          const difference = largestDifference(array, expected[at]);
          assert.ok(difference < 1e-6, `array ${at}: ${difference}`);
        });
      });
  });

for (const variant of ALL_VARIANTS)
  describe(`dropout with ${variant} kernels`, () => {
    const length = 40_000;
    const kept = async (key: number, first: number, rate: number): Promise<Float32Array> => {
      const kernels = await kernelsNamed(variant, 1 << 20);
      const ones = kernels.allocate(length).fill(1);
      const into = kernels.allocate(length);
      const mask = { key: kernels.allocateInts(1).fill(key), first, rate };
      kernels.connections.dropout(ones, into, mask, false);
      return into;
    };

    it('keeps the expected value, and drops as many as it is told', async () => {
      for (const rate of [0.1, 0.5, 0.9]) {
        const values = await kept(3, 0, rate);
        const share = values.filter((value) => value === 0).length / length;
        assert.ok(Math.abs(share - rate) < 4 * Math.sqrt((rate * (1 - rate)) / length), `${share} of ${rate}`);
        assert.ok(values.every((value) => value === 0 || value === Math.fround(1 / (1 - rate))));
      }
    });

    it('tells of a value by its number alone, whoever computes it', async () => {
      const [whole, part] = [await kept(9, 0, 0.5), await kept(9, 1001, 0.5)];
      assert.deepEqual(part.subarray(0, 500), whole.subarray(1001, 1501));
    });

    it('drops others under another key', async () => {
      const [one, other] = [await kept(1, 0, 0.5), await kept(2, 0, 0.5)];
      const same = one.filter((value, at) => value === other[at]).length / length;
      assert.ok(Math.abs(same - 0.5) < 0.02, `${same} alike`);
    });
  });
