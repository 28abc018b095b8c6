// What training does with every optimizer on stacks of layers, both directions and either head: it leaves memory alone, resumes bit for
// bit and learns.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { randomIds } from '../../oracle/smallNetworks';
import { batchOf, disposeModels, smallTraining, weightsOf, type SmallTraining } from './smallTraining';

const OPTIMIZERS = ['adam', 'sgd', 'rmsprop'] as const;
const TEXT = randomIds(6, 400, 9);
const PERIODIC = Int32Array.from({ length: 400 }, (_, at) => [0, 1, 2, 1, 3, 4, 0, 5, 2, 2, 3][at % 11]);
const STACKS: Record<string, Partial<NetworkConfig>> = {
  'an LSTM of three layers': { layers: 3 },
  'a bidirectional GRU of two layers': { cell: 'gru', resetGate: 'after', layers: 2, bidirectional: true },
  'a bidirectional vanilla network': { cell: 'vanilla', bidirectional: true },
  'a highway LSTM with dropout': { layers: 2, connections: 'highway', dropout: 0.2 },
};

function train({ session, options }: SmallTraining, steps: number, from = 0, text = TEXT) {
  return Array.from({ length: steps }, (_, step) => {
    const { inputs, targets } = batchOf(text, options, from + step);
    return session.step(inputs, targets);
  });
}

/** What tfjs and the arena hold. */
function held({ kernels }: SmallTraining) {
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  return { numTensors, numBytes, numDataBuffers, mark: kernels.mark() };
}

describe('a thousand steps', () => {
  afterEach(disposeModels);

  for (const optimizer of OPTIMIZERS) {
    it(`leave tensors, buffers and the arena as they were: ${optimizer}`, async () => {
      const network = { layers: 2, bidirectional: true };
      const training = await smallTraining(network, { optimizer, learningRate: 1e-3, clipNorm: 0.2 });
      train(training, 2);
      const before = held(training);
      const results = train(training, 1000);
      training.session.evaluate(TEXT, 100);
      assert.deepEqual(held(training), before);
      assert.ok(results.some(({ clipped }) => clipped));
    });

    it(`do so for a classifier, with lengths and without: ${optimizer}`, async () => {
      const head = { kind: 'classes', classes: 3, pooling: 'max' } as const;
      const training = await smallTraining({ bidirectional: true, head }, { optimizer, clipNorm: 1 });
      const step = (at: number) => {
        const lengths = at % 2 ? Int32Array.of(5, 1, 1 + (at % 5)) : null;
        training.session.step(TEXT.subarray(at % 300, (at % 300) + 15), Int32Array.of(0, 1, at % 3), lengths);
      };
      [0, 1].forEach(step);
      const before = held(training);
      for (let at = 0; at < 1000; at++) step(at);
      assert.deepEqual(held(training), before);
    });
  }

  it('leave them so when every one of them is undone', async () => {
    const training = await smallTraining({ layers: 2 });
    training.model.parameters.get('W_h_l1').values[0] = NaN;
    train(training, 2);
    const before = held(training);
    assert.ok(train(training, 1000).every(({ notFinite }) => notFinite));
    assert.deepEqual(held(training), before);
  });
});

describe('training', () => {
  afterEach(disposeModels);

  for (const optimizer of OPTIMIZERS)
    for (const [name, network] of Object.entries(STACKS)) {
      it(`resumes from its exported state bit for bit: ${name} with ${optimizer}`, async () => {
        const options = { optimizer, clipNorm: 1 };
        const whole = await smallTraining(network, options);
        train(whole, 9);
        const first = await smallTraining(network, options);
        train(first, 4);
        const [state, weights] = [first.session.exportState(), weightsOf(first)];
        // Other initial weights show that all come from the state; what dropout drops comes from the seed.
        const seed = network.dropout ? 3 : 99;
        const resumed = await smallTraining({ ...network, seed }, options);
        for (const { name: parameter, values } of resumed.model.parameters.all) values.set(weights[parameter]);
        resumed.session.importState(state);
        train(resumed, 5, 4);
        assert.deepEqual(weightsOf(resumed), weightsOf(whole));
        assert.deepEqual(resumed.session.exportState(), whole.session.exportState());
      });

      it(`memorises a periodic text: ${name} with ${optimizer}`, async () => {
        const learningRate = { adam: 1e-2, rmsprop: 3e-3, sgd: 0.1 }[optimizer];
        const sizes = { hiddenUnits: 24, embeddingSize: 8 };
        const options = { timesteps: 11, optimizer, learningRate, clipNorm: 1 };
        const results = train(await smallTraining({ ...network, ...sizes }, options), 300, 0, PERIODIC);
        const [first, last] = [results[0].loss, results[299].loss];
        assert.ok(first > 1.2 && last < 0.3, `${first} → ${last}`);
      });
    }

  it('refuses the state of another optimizer', async () => {
    const [adam, sgd] = [await smallTraining(), await smallTraining({}, { optimizer: 'sgd' })];
    assert.throws(() => sgd.session.importState(adam.session.exportState()), /sgd\.velocity/);
  });
});
