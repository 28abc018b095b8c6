// What a network that classifies sequences does: learns, heeds the lanes' ends, gives the same bits on any number of threads, and says
// what does not fit. Needs dist/kernelThread.js.
import assert from 'node:assert/strict';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig, Pooling } from '../../../src/engine/network/networkConfig';
import { TrainingSession, type TrainingOptions } from '../../../src/engine/training/trainingSession';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import type { ClassifierShape } from '../../oracle/float64Classifier';
import { randomIds } from '../../oracle/smallNetworks';
import { classifierUnderTest, randomLanes } from './classifierUnderTest';
import { kernelModules, RUNNING_VARIANTS } from './kernelsUnderTest';
import { disposeModels, SMALL_NETWORK, smallTraining, weightsOf } from './smallTraining';

const POOLINGS: Pooling[] = ['mean', 'max', 'last'];
const [T, B, CLASSES] = [9, 5, 3];

const shapeWith = (pooling: Pooling): ClassifierShape => ({
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', hiddenUnits: 13, embeddingSize: 6, vocabulary: 8 },
  ...{ layers: 2, bidirectional: true, classes: CLASSES, pooling },
});

describe('a classifier of sequences', () => {
  afterEach(disposeModels);

  for (const pooling of POOLINGS)
    it(`learns by which token lanes of different lengths begin and end, with ${pooling}`, async () => {
      const head = { kind: 'classes', classes: 4, pooling } as const;
      const network = { hiddenUnits: 24, vocabulary: 8, bidirectional: true, head };
      const { session } = await smallTraining(network, { timesteps: 12, batch: 32, clipNorm: 1 });
      let loss = NaN;
      for (let step = 0; step < 250; step++) {
        const ids = randomIds(8, 12 * 32, step);
        const lengths = randomIds(11, 32, 1000 + step).map((length) => length + 2);
        const targets = lengths.map((length, b) => (ids[b] % 2) * 2 + (ids[(length - 1) * 32 + b] % 2));
        loss = session.step(ids, targets, lengths).loss;
      }
      assert.ok(loss < 0.1, `loss ${loss}`);
    });

  for (const pooling of POOLINGS) {
    it(`pays no heed to what stands behind the end of a lane: ${pooling}`, async () => {
      const results = [];
      for (const padding of [0, 7]) {
        const { session, batch, ...training } = await classifierUnderTest(shapeWith(pooling), T, B);
        const ids = batch.ids.map((id, at) => (Math.floor(at / B) < batch.lengths[at % B] ? id : padding));
        results.push([session.step(ids, batch.targets, batch.lengths), weightsOf(training)]);
      }
      assert.deepEqual(results[0], results[1]);
    });

    it(`gives lanes that are all of length T the bits they have without lengths: ${pooling}`, async () => {
      const results = [];
      for (const lengths of [null, new Int32Array(B).fill(T)]) {
        const { session, batch, ...training } = await classifierUnderTest(shapeWith(pooling), T, B);
        results.push([session.step(batch.ids, batch.targets, lengths), weightsOf(training)]);
      }
      assert.deepEqual(results[0], results[1]);
    });
  }

  it('carries no state from one batch to the next', async () => {
    const { session, batch } = await classifierUnderTest(shapeWith('last'), T, B);
    session.optimizer.learningRate = 0;
    const [first, second] = [1, 2].map(() => session.step(batch.ids, batch.targets, batch.lengths));
    assert.deepEqual(second, first);
    assert.ok(session.exportState().every(({ name }) => !name.startsWith('carried')));
  });

  it('gives its logits for new sequences', async () => {
    const { model, session, batch, kernels } = await classifierUnderTest(shapeWith('mean'), T, B);
    session.optimizer.learningRate = 0;
    const { loss } = session.step(batch.ids, batch.targets, batch.lengths);
    const mark = kernels.mark();
    const trace = allocateTrace(model, T, B);
    forward(model, batch.ids, trace, batch.lengths);
    const losses = Array.from(batch.targets, (target, b) => {
      const row = Array.from(trace.output.logits.subarray(b * CLASSES, (b + 1) * CLASSES));
      return Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - row[target];
    });
    kernels.release(mark);
    assert.ok(Math.abs(losses.reduce((a, b) => a + b) / B - loss) < 1e-6);
  });

  it('says what does not fit and changes nothing', async () => {
    const { session, batch, ...training } = await classifierUnderTest(shapeWith('max'), T, B);
    const { ids, targets, lengths } = batch;
    const before = weightsOf(training);
    assert.throws(() => session.step(ids, randomIds(CLASSES, T * B, 1)), /RangeError: 45 targets for 5 lanes/);
    assert.throws(() => session.step(ids, targets.fill(CLASSES)), /RangeError: class 3 is none of 3/);
    assert.throws(() => session.step(ids, targets.fill(-1)), /RangeError: class -1 is none of 3/);
    targets.fill(0);
    assert.throws(() => session.step(ids, targets, lengths.subarray(1)), /RangeError: 4 lengths for 5 lanes/);
    for (const length of [0, -1, T + 1])
      assert.throws(
        () => session.step(ids, targets, new Int32Array(B).fill(length)),
        new RegExp(`RangeError: lane 0 has ${length} of 1 to ${T} tokens`),
      );
    assert.throws(() => session.evaluate(ids, 10), /TypeError: .* no loss per token/);
    const tokens = await smallTraining({}, { timesteps: 2, batch: 2 });
    const four = new Int32Array(4);
    assert.throws(() => tokens.session.step(four, four, new Int32Array(2).fill(2)), /TypeError: .* classifies/);
    assert.deepEqual(weightsOf(training), before);
  });

  for (const pooling of POOLINGS)
    it(`trains to the same bits on one, two and three threads: ${pooling}`, async () => {
      const alone = await trainOn(1, pooling);
      for (const threads of [2, 3]) assert.deepEqual(await trainOn(threads, pooling), alone);
    });
});

/** Results and weights after batches with and without lengths. */
async function trainOn(threads: number, pooling: Pooling) {
  const { classes, ...network } = shapeWith(pooling);
  const config: NetworkConfig = { ...SMALL_NETWORK, ...network, head: { kind: 'classes', classes, pooling } };
  const options: TrainingOptions = { timesteps: T, batch: B, learningRate: 0.01, clipNorm: 0.5 };
  const variant = RUNNING_VARIANTS[RUNNING_VARIANTS.length - 1];
  const module = await WebAssembly.compile(new Uint8Array(kernelModules()[variant]));
  const bytes = arenaBytes(config, T, B, threads);
  const kernels = createSimdKernels(variant, module, bytes, { count: threads, platform: nodeThreads('dist') });
  const model = new LanguageModel(kernels, config);
  const session = new TrainingSession(model, options);
  const results = [1, 2, 3, 4].map((seed) => {
    const { ids, targets, lengths } = randomLanes(shapeWith(pooling), T, B, seed);
    return session.step(ids, targets, seed % 2 ? lengths : null);
  });
  const weights = model.parameters.all.map(({ values }) => values.slice());
  model.dispose();
  return { results, weights };
}
