// What training does: learns, repeats itself bit for bit, resumes, clips, and keeps its memory.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { TrainingSession } from '../../../src/engine/training/trainingSession';
import { oracleForward } from '../../oracle/float64Network';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { largestDifference } from './kernelsUnderTest';
import { batchOf, disposeModels, smallTraining, weightsOf, type SmallTraining } from './smallTraining';

const TEXT = randomIds(6, 400, 9);

function train(training: SmallTraining, steps: number, text = TEXT, from = 0) {
  return Array.from({ length: steps }, (_, step) => {
    const { inputs, targets } = batchOf(text, training.options, from + step);
    return training.session.step(inputs, targets);
  });
}

describe('training', () => {
  afterEach(disposeModels);

  for (const { name, shape } of everyCell(24, 8, 6))
    it(`memorises a periodic text: ${name}`, async () => {
      const text = Int32Array.from({ length: 600 }, (_, at) => [0, 1, 2, 1, 3, 4, 0, 5, 2, 2, 3][at % 11]);
      const training = await smallTraining(shape, { timesteps: 22, batch: 4, clipNorm: 1, learningRate: 1e-2 });
      const results = train(training, 250, text);
      assert.ok(results[0].loss > 1.2, `${results[0].loss}`);
      assert.ok(results[249].loss < 0.06, `${results[249].loss}`);
      assert.ok(training.session.evaluate(text, 500) < 0.15);
    });

  it('gives the same bits for the same seed and other bits for another', async () => {
    const runs = [];
    for (const seed of [3, 3, 4]) {
      const training = await smallTraining({ seed }, { clipNorm: 1 });
      train(training, 20);
      runs.push(weightsOf(training));
    }
    assert.deepEqual(runs[0], runs[1]);
    assert.notDeepEqual(runs[0], runs[2]);
  });

  for (const cell of ['lstm', 'gru'] as const)
    it(`resumes from its exported state with the bits of a run that never stopped: ${cell}`, async () => {
      const whole = await smallTraining({ cell });
      train(whole, 12);
      const first = await smallTraining({ cell });
      train(first, 7);
      const [state, weights] = [first.session.exportState(), weightsOf(first)];
      const resumed = await smallTraining({ cell, seed: 99 });
      for (const { name, values } of resumed.model.parameters.all) values.set(weights[name]);
      resumed.session.importState(state);
      train(resumed, 5, TEXT, 7);
      assert.deepEqual(weightsOf(resumed), weightsOf(whole));
      assert.deepEqual(resumed.session.exportState(), whole.session.exportState());
    });

  it('refuses a state of another size and changes nothing', async () => {
    const training = await smallTraining();
    const state = training.session.exportState();
    const other = (await smallTraining({ hiddenUnits: 8 })).session.exportState();
    assert.throws(() => training.session.importState(other), /expected/);
    assert.throws(() => training.session.importState(state.slice(1)), /expected/);
    assert.deepEqual(training.session.exportState(), state);
  });

  it('takes the same steps with and without clipping until the first that is clipped, whose norm is the threshold', async () => {
    const probe = train(await smallTraining(), 30).map(({ gradientNorm }) => gradientNorm);
    const at = probe.findIndex((norm, step) => step > 1 && norm > Math.max(...probe.slice(0, step)));
    assert.ok(at > 1, `norms ${probe}`);
    const threshold = (probe[at] + Math.max(...probe.slice(0, at))) / 2;
    const [free, clipped] = [await smallTraining(), await smallTraining({}, { clipNorm: threshold })];
    assert.deepEqual(train(clipped, at), train(free, at));
    assert.deepEqual(weightsOf(clipped), weightsOf(free));
    const [unclippedStep] = train(free, 1, TEXT, at);
    const [step] = train(clipped, 1, TEXT, at);
    assert.equal(unclippedStep.clipped, false);
    assert.equal(step.clipped, true);
    assert.equal(step.gradientNorm, unclippedStep.gradientNorm);
    assert.ok(Math.abs(step.clippedNorm / threshold - 1) < 1e-6);
    assert.notDeepEqual(weightsOf(clipped), weightsOf(free));
  });

  it('reports how far the weights moved, relative to their size', async () => {
    const training = await smallTraining();
    const norm = (all: Record<string, Float32Array>) => Math.hypot(...Object.values(all).flatMap((v) => Array.from(v)));
    const before = weightsOf(training);
    const [{ updateRatio }] = train(training, 1);
    const after = weightsOf(training);
    const moved = Object.fromEntries(
      Object.keys(after).map((name) => [name, after[name].map((v, k) => v - before[name][k])]),
    );
    assert.ok(Math.abs(updateRatio / (norm(moved) / norm(after)) - 1) < 1e-4);
  });

  it('carries the state from slice to slice and forgets it on reset', async () => {
    const training = await smallTraining({}, { learningRate: 1e-12 });
    const [fresh, carried] = train(training, 2, new Int32Array(400).fill(2));
    training.session.resetState();
    const [again] = train(training, 1, new Int32Array(400).fill(2));
    assert.ok(Math.abs(fresh.loss - again.loss) < 1e-6);
    assert.ok(Math.abs(fresh.loss - carried.loss) > 1e-4);
  });

  it('SIMD and plain kernels agree over ten steps', async () => {
    const trainings = [await smallTraining(), await smallTraining({}, {}, 'javascript')];
    const [simd, plain] = trainings.map((training) => train(training, 10).map(({ loss }) => loss));
    assert.ok(largestDifference(simd, plain) < 1e-5);
    const [a, b] = trainings.map(weightsOf);
    for (const name of Object.keys(a)) assert.ok(largestDifference(a[name], b[name]) < 1e-3, name);
  });

  it('holds the same number of tensors and bytes after two hundred steps', async () => {
    const training = await smallTraining();
    train(training, 3);
    const before = tf.memory();
    train(training, 200);
    training.session.evaluate(TEXT, 100);
    const after = tf.memory();
    assert.deepEqual([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
  });

  it('leaves the arena where it was, in which arenaBytes has room for everything', async () => {
    for (const { shape } of everyCell(1, 1, 2)) {
      const training = await smallTraining(shape, { timesteps: 1, batch: 1 });
      const mark = training.kernels.mark();
      train(
        training,
        2,
        TEXT.map((id) => id % 2),
      );
      assert.equal(training.kernels.mark(), mark);
    }
  });

  it('shares its weights with tfjs without a copy', async () => {
    const { model, kernels } = await smallTraining();
    const { values, variable } = model.parameters.get('W_h');
    values[3] = 42;
    const seen = variable.dataSync();
    assert.equal(seen[3], 42);
    assert.equal(seen.buffer, kernels.allocate(1).buffer);
  });

  it('follows gradients made by ordinary tfjs operations too', async () => {
    const { model, session } = await smallTraining({}, { learningRate: 0.05 });
    const { variable, values } = model.parameters.get('b_o');
    for (let step = 0; step < 200; step++) {
      const cost = session.optimizer.minimize(() => variable.sub(0.5).square().sum(), true, [variable]);
      cost?.dispose();
    }
    assert.ok(values.every((value) => Math.abs(value - 0.5) < 1e-2));
  });
});

describe('evaluation', () => {
  afterEach(disposeModels);

  it('is the mean loss of the text read from a zero state, in one lane what the oracle computes', async () => {
    const training = await smallTraining({}, { batch: 1, timesteps: 5 });
    const { model, session } = training;
    const parameters = Object.fromEntries(
      model.parameters.all.map(({ name, values }) => [name, Float64Array.from(values)]),
    );
    const text = TEXT.slice(0, 24);
    const shape = { ...model.config };
    const { loss } = oracleForward(shape, parameters, text.slice(0, -1), text.slice(1));
    assert.ok(Math.abs(session.evaluate(text, 1000) - loss) < 1e-6);
    const shorter = oracleForward(shape, parameters, text.slice(0, 11), text.slice(1, 12));
    assert.ok(Math.abs(session.evaluate(text, 11) - shorter.loss) < 1e-6);
  });

  it('does not disturb training', async () => {
    const [plain, evaluated] = [await smallTraining(), await smallTraining()];
    train(plain, 4);
    train(evaluated, 2);
    evaluated.session.evaluate(TEXT, 200);
    train(evaluated, 2, TEXT, 2);
    assert.deepEqual(weightsOf(evaluated), weightsOf(plain));
  });

  it('is NaN for a text without a prediction', async () => {
    const { session } = await smallTraining();
    assert.ok(Number.isNaN(session.evaluate(Int32Array.of(1), 10)));
  });

  it('refuses tokens outside the vocabulary', async () => {
    const { session } = await smallTraining();
    assert.throws(() => session.evaluate(Int32Array.of(1, 2, 6, 1), 10), RangeError);
    assert.throws(() => session.step(new Int32Array(15).fill(-1), new Int32Array(15)), RangeError);
    assert.throws(() => session.step(new Int32Array(14), new Int32Array(14)), RangeError);
  });
});

describe('a model', () => {
  it('gives its variables back to tfjs when it is disposed', async () => {
    const before = tf.memory().numTensors;
    const { kernels, model, options } = await smallTraining();
    const second = new LanguageModel(kernels, model.config);
    assert.ok(new TrainingSession(second, options));
    second.dispose();
    disposeModels();
    assert.equal(tf.memory().numTensors, before);
  });
});
