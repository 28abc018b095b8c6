// Pooling over time in every compiled variant against the plain definition, over widths with and without whole vectors.
import assert from 'node:assert/strict';
import type { LaneSequence } from '../../../src/engine/kernels/poolingKernels';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { inArena, kernelsNamed, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';

const SIZES = [
  { T: 1, B: 1, lanes: 1, H: 1 },
  { T: 5, B: 4, lanes: 3, H: 7 },
  { T: 70, B: 2, lanes: 2, H: 16 },
  { T: 9, B: 6, lanes: 4, H: 37 },
  { T: 3, B: 3, lanes: 0, H: 8 },
];

function everything(kernels: MatrixKernels, { T, B, lanes, H }: (typeof SIZES)[number]): number[][] {
  const random = randomNumbers(T + H);
  const values = (length: number) =>
    inArena(
      kernels,
      Float32Array.from({ length }, () => random() - 0.5),
    );
  const sequence: LaneSequence = { steps: T, lanes, units: H, pitch: B * H };
  const lengths = kernels.allocateInts(lanes);
  lengths.set(randomIds(T, lanes, H).map((length) => length + 1));
  const [states, dPooled] = [values(T * B * H), values(lanes * H)];
  const [mean, most, places] = [values(lanes * H), values(lanes * H), kernels.allocateInts(lanes * H)];
  const [ofMean, ofMax, from, to] = [values(T * B * H), values(T * B * H), values(lanes * H), values(lanes * H)];
  kernels.pooling.mean(sequence, states, lengths, mean);
  kernels.pooling.max(sequence, states, lengths, most, places);
  kernels.pooling.meanGradient(sequence, dPooled, lengths, ofMean);
  kernels.pooling.maxGradient(sequence, dPooled, places, ofMax);
  const [sum, copy, cleared] = [from, from, from].map((array) => inArena(kernels, array));
  const t = T >> 1;
  kernels.pooling.copyEnded(sequence, t, lengths, to, copy);
  kernels.pooling.addEnded(sequence, t, lengths, to, sum);
  kernels.pooling.clearEnded(sequence, t, lengths, cleared);
  return [mean, most, places, ofMean, ofMax, copy, sum, cleared].map((array) => Array.from(array));
}

for (const variant of RUNNING_VARIANTS)
  describe(`pooling over time with ${variant} kernels`, () => {
    for (const size of SIZES)
      it(`is what the plain kernels compute at ${JSON.stringify(size)}`, async () => {
        const [compiled, plain] = [await kernelsNamed(variant, 1 << 20), await kernelsNamed('javascript', 1 << 20)];
        const expected = everything(plain, size);
        everything(compiled, size).forEach((array, at) => {
          const difference = largestDifference(array, expected[at]);
          assert.ok(difference < 1e-6, `array ${at}: ${difference}`);
        });
      });

    it('keeps what is not a number visible, wherever it stands', async () => {
      const kernels = await kernelsNamed(variant, 1 << 16);
      for (const width of [3, 16])
        for (const place of [0, 1, 2]) {
          const states = inArena(kernels, new Float32Array(3 * width).fill(1));
          states.fill(NaN, place * width, (place + 1) * width);
          const lengths = kernels.allocateInts(1).fill(3);
          const [mean, most] = [kernels.allocate(width), kernels.allocate(width)];
          const sequence = { steps: 3, lanes: 1, units: width, pitch: width };
          kernels.pooling.mean(sequence, states, lengths, mean);
          kernels.pooling.max(sequence, states, lengths, most, kernels.allocateInts(width));
          assert.ok([...mean, ...most].every(Number.isNaN));
        }
    });
  });
