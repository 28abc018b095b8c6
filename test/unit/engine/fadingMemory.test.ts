// Fading of a reservoir's memory in closed form, and memory capacities that are known.
import assert from 'node:assert/strict';
import { FADING_PAIRS, fading } from '../../../src/engine/inspection/fadingMemory';
import { atOnce } from '../../../src/engine/inspection/pieces';
import { memoryCapacity, type MemoryCapacity } from '../../../src/engine/inspection/memoryCapacity';
import { largestSingularValues } from '../../../src/engine/inspection/largestSingularValues';
import { randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';

const IDS = randomIds(6, 70, 2);
const now = () => Promise.resolve();

describe('the distance between two states started apart', () => {
  afterEach(disposeModels);

  it('shrinks by g a step where the network is linear and W_h = g·I', async () => {
    for (const g of [0.9, 0.5, 1]) {
      const { model } = await smallTraining({
        ...{ cell: 'vanilla', activation: 'relu', layers: 1, recurrentInitialisation: 'identity' },
        spectralRadius: g,
      });
      // Above zero a rectifier is linear.
      for (const name of ['embedding', 'W_x']) model.parameters.get(name).values.fill(0.1);
      const mark = model.kernels.mark();
      const pairs = await fading(model, IDS, 3, now);
      assert.equal(model.kernels.mark(), mark);
      assert.equal(pairs.length, FADING_PAIRS);
      for (const distances of pairs)
        distances.forEach((distance, t) => {
          const expected = g ** t;
          assert.ok(Math.abs(distance - expected) < 1e-5 + 1e-4 * expected, `${distance} at ${t}, not ${expected}`);
        });
    }
  });

  it('shrinks at least by σ_max a step where φ′ ≤ 1', async () => {
    const { model } = await smallTraining({
      ...{ cell: 'vanilla', recurrentInitialisation: 'normal', spectralRadius: 0.6, hiddenUnits: 12 },
    });
    const [bound] = largestSingularValues(model.parameters.get('W_h').values, 12, 1);
    for (const distances of await fading(model, IDS, 4, now))
      for (let t = 1; t < 20; t++) assert.ok(distances[t] <= bound * distances[t - 1] + 1e-6);
  });

  it('vanishes sooner the smaller the spectral radius is, whatever the cell and the layers', async () => {
    for (const network of [
      { cell: 'vanilla' as const },
      { cell: 'gru' as const, layers: 2, connections: 'dense' as const },
    ]) {
      const after = async (spectralRadius: number) => {
        const { model } = await smallTraining({ ...network, spectralRadius, hiddenUnits: 20 });
        return Math.max(...(await fading(model, IDS, 5, now)).map((distances) => distances[8]));
      };
      assert.ok((await after(0.2)) < (await after(0.95)));
    }
  });
});

describe('linear memory capacity', () => {
  const capacityOf = (...given: Parameters<typeof memoryCapacity>): MemoryCapacity => atOnce(memoryCapacity(...given));
  const [N, H] = [9000, 6];
  const random = randomNumbers(9);
  const inputs = Float64Array.from({ length: N }, () => 2 * random() - 1);
  const statesOf = (state: (n: number, k: number) => number) =>
    Float64Array.from({ length: N * H }, (_, at) => state(Math.floor(at / H), at % H));

  it('is H of a delay line: everything down to its length, nothing beyond', () => {
    const { byLag, total } = capacityOf(
      statesOf((n, k) => inputs[n - k] ?? 0),
      H,
      inputs,
      3 * H,
    );
    byLag.forEach((share, lag) => assert.ok(Math.abs(share - (lag < H ? 1 : 0)) < 0.02, `${share} at ${lag}`));
    assert.ok(Math.abs(total - H) < 0.05);
  });

  it('is 1 in all of a leaky integrator, by its own powers', () => {
    const a = 0.7;
    const memory = new Float64Array(N);
    for (let n = 0; n < N; n++) memory[n] = a * (memory[n - 1] ?? 0) + inputs[n];
    // u(t − k) is found with a share (1 − a²) a^(2k) in one such state; copies of it add nothing.
    const { byLag, total } = capacityOf(
      statesOf((n) => memory[n]),
      H,
      inputs,
      20,
    );
    byLag.forEach((share, lag) =>
      assert.ok(Math.abs(share - (1 - a * a) * a ** (2 * lag)) < 0.06, `${share} at ${lag}`),
    );
    assert.ok(Math.abs(total - 1) < 0.1, String(total));
  });

  it('is nothing of states that know no input, and refuses too few of them', () => {
    const noise = statesOf(() => random());
    assert.ok(capacityOf(noise, H, inputs, 12).total < 0.1);
    assert.throws(() => capacityOf(noise.subarray(0, 10 * H), H, inputs.subarray(0, 10), 4), RangeError);
  });
});
