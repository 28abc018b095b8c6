// What a network that tags tokens does: positions without a loss and padding count for nothing, a sequence gives the same numbers alone
// and in a batch, short batches go through short passes, threads change no bit, and what does not fit is said. Needs dist/kernelThread.js.
import assert from 'node:assert/strict';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { recordedSteps } from '../../../src/engine/network/laneEnds';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig, NetworkHead } from '../../../src/engine/network/networkConfig';
import { NO_TAG } from '../../../src/engine/network/tagHead';
import { TrainingSession } from '../../../src/engine/training/trainingSession';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import { randomIds } from '../../oracle/smallNetworks';
import { kernelModules, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';
import { disposeModels, SMALL_NETWORK, smallTraining, weightsOf } from './smallTraining';

const [T, B, TAGS, VOCABULARY] = [33, 5, 4, 8];
const HEAD: NetworkHead = { kind: 'tags', tags: TAGS };
const NETWORK = { hiddenUnits: 13, embeddingSize: 6, vocabulary: VOCABULARY, layers: 2, bidirectional: true };
const LENGTHS = Int32Array.of(1, 7, 16, 3, 9);

/** Ids and targets of lanes that end, in a pass of so many timesteps; behind the ends `padding`, and a tag that may not count. */
function lanesIn(timesteps: number, padding: number, head: NetworkHead = HEAD) {
  const ids = new Int32Array(timesteps * B).fill(padding);
  const targets = new Int32Array(head.kind === 'tags' ? timesteps * B : B).fill(1);
  LENGTHS.forEach((length, lane) => {
    const own = randomIds(VOCABULARY, length, 50 + lane);
    const tags = randomIds(TAGS, length, 70 + lane);
    for (let t = 0; t < length; t++) {
      ids[t * B + lane] = own[t];
      if (head.kind === 'tags') targets[t * B + lane] = t % 4 === 2 ? NO_TAG : tags[t];
    }
  });
  return { ids, targets };
}

/** A session whose weights are all of order one, so that every state matters. */
async function sessionOf(head: NetworkHead, timesteps = T, batch = B) {
  const training = await smallTraining({ ...NETWORK, head }, { timesteps, batch });
  let at = 0;
  for (const { values } of training.model.parameters.all)
    values.forEach((_, k) => (values[k] = 0.6 * Math.sin(12.9898 * ++at)));
  return training;
}

describe('a tagger of tokens', () => {
  afterEach(disposeModels);

  it('learns a tag that depends on the token before and on the last token, for lanes of all lengths', async () => {
    const network = { hiddenUnits: 24, vocabulary: 6, bidirectional: true, head: { kind: 'tags', tags: 4 } as const };
    const { session } = await smallTraining(network, { timesteps: 10, batch: 24, clipNorm: 1 });
    let loss = NaN;
    for (let step = 0; step < 300; step++) {
      const ids = randomIds(6, 240, step);
      const lengths = randomIds(9, 24, 900 + step).map((length) => length + 2);
      const targets = ids.map((_, at) => {
        const [t, lane] = [Math.floor(at / 24), at % 24];
        if (t === 0) return NO_TAG;
        return (ids[at - 24] % 2) * 2 + (ids[(lengths[lane] - 1) * 24 + lane] % 2);
      });
      loss = session.step(ids, targets, lengths).loss;
    }
    assert.ok(loss < 0.1, `loss ${loss}`);
  });

  it('pays no heed to tokens without a tag, nor to what stands behind the end of a lane', async () => {
    const results = [];
    for (const padding of [0, 7]) {
      const { session, ...training } = await sessionOf(HEAD);
      const { ids, targets } = lanesIn(T, padding);
      results.push([session.step(ids, targets, LENGTHS), weightsOf(training)]);
    }
    assert.deepEqual(results[0], results[1]);
  });

  it('has the mean loss over the tags there are', async () => {
    const { session } = await sessionOf(HEAD);
    const { ids, targets } = lanesIn(T, 0);
    const logits = session.read(ids, LENGTHS).slice();
    const losses: number[] = [];
    targets.forEach((target, at) => {
      if (target === NO_TAG || Math.floor(at / B) >= LENGTHS[at % B]) return;
      const row = Array.from(logits.subarray(at * TAGS, (at + 1) * TAGS));
      losses.push(Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - row[target]);
    });
    const mean = losses.reduce((a, b) => a + b) / losses.length;
    session.optimizer.learningRate = 0;
    assert.ok(Math.abs(session.step(ids, targets, LENGTHS).loss - mean) < 1e-6);
  });

  for (const head of [HEAD, ...(['mean', 'max', 'last'] as const).map((pooling) => classes(pooling))])
    it(`gives a sequence alone and in a batch the same numbers to 1e-6: ${JSON.stringify(head)}`, async () => {
      const { session } = await sessionOf(head);
      const width = TAGS;
      const together = session.read(lanesIn(T, 3, head).ids, LENGTHS).slice();
      for (const [lane, length] of LENGTHS.entries()) {
        const alone = await sessionOf(head, length, 1);
        const own = randomIds(VOCABULARY, length, 50 + lane);
        const logits = alone.session.read(own, Int32Array.of(length));
        const rows = head.kind === 'tags' ? length : 1;
        for (let row = 0; row < rows; row++) {
          const at = (row * B + lane) * width;
          const difference = largestDifference(
            logits.subarray(row * width, (row + 1) * width),
            together.subarray(at, at + width),
          );
          assert.ok(difference < 1e-6, `lane ${lane}, token ${row}: ${difference}`);
        }
      }
    });

  it('goes through as few timesteps as the longest lane needs, to the same gradients', async () => {
    assert.deepEqual(recordedSteps({ ...SMALL_NETWORK, head: HEAD }, T), [9, 17, 33]);
    assert.deepEqual(recordedSteps(SMALL_NETWORK, T), [33]);
    const gradients: Float32Array[][] = [];
    for (const timesteps of [17, 33]) {
      const { session, model } = await sessionOf(HEAD);
      const { ids, targets } = lanesIn(timesteps, 0);
      session.step(ids, targets, LENGTHS);
      gradients.push(model.parameters.all.map(({ name }) => session.gradientOf(name).slice()));
    }
    gradients[0].forEach((gradient, k) => assert.ok(largestDifference(gradient, gradients[1][k]) < 1e-6));
  });

  it('says what does not fit and changes nothing', async () => {
    const { session, ...training } = await sessionOf(HEAD);
    const before = weightsOf(training);
    const { ids, targets } = lanesIn(T, 0);
    assert.throws(() => session.step(ids, targets.subarray(1), LENGTHS), /RangeError/);
    assert.throws(
      () =>
        session.step(
          ids,
          targets.map(() => TAGS),
          LENGTHS,
        ),
      /RangeError: tag 4 is none of 4/,
    );
    assert.throws(
      () =>
        session.step(
          ids,
          targets.map(() => NO_TAG),
          LENGTHS,
        ),
      /RangeError: no token of the batch/,
    );
    assert.throws(() => session.step(ids.subarray(B), targets.subarray(B), LENGTHS), /RangeError: 160 ids/);
    assert.throws(() => session.evaluate(ids, 10), /TypeError: .* no loss per token/);
    assert.deepEqual(weightsOf(training), before);
    const language = await smallTraining({}, { timesteps: 2, batch: 2 });
    assert.throws(() => language.session.read(new Int32Array(4), new Int32Array(2).fill(2)), /TypeError/);
  });

  it('trains to the same bits on one, two and three threads', async () => {
    const alone = await trainOn(1);
    for (const threads of [2, 3]) assert.deepEqual(await trainOn(threads), alone);
  });
});

function classes(pooling: 'mean' | 'max' | 'last'): NetworkHead {
  return { kind: 'classes', classes: TAGS, pooling };
}

/** Results and weights after batches through short and long passes. */
async function trainOn(threads: number) {
  const config: NetworkConfig = { ...SMALL_NETWORK, ...NETWORK, head: HEAD };
  const variant = RUNNING_VARIANTS[RUNNING_VARIANTS.length - 1];
  const module = await WebAssembly.compile(new Uint8Array(kernelModules()[variant]));
  const bytes = arenaBytes(config, T, B, threads);
  const kernels = createSimdKernels(variant, module, bytes, { count: threads, platform: nodeThreads('dist') });
  const model = new LanguageModel(kernels, config);
  const session = new TrainingSession(model, { timesteps: T, batch: B, learningRate: 0.01, clipNorm: 0.5 });
  const results = [17, 33, 17].map((timesteps) => {
    const { ids, targets } = lanesIn(timesteps, 0);
    return session.step(ids, targets, LENGTHS);
  });
  const weights = model.parameters.all.map(({ values }) => values.slice());
  model.dispose();
  return { results, weights };
}
