// What connections, dropout and a reservoir mean, whatever the numbers: an identity stays one, evaluation drops nothing, a reservoir stays
// as drawn, and layer by layer is step by step.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { useCpuBackend } from '../../../src/engine/network/tensorBackend';
import { referencePassByTime } from '../../../src/engine/reference/referenceByTime';
import { embed, referencePass } from '../../../src/engine/reference/referenceModel';
import { randomStackParameters, stackForward, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { batchOf, disposeModels, smallTraining, weightsOf } from './smallTraining';

const TEXT = randomIds(6, 200, 4);
const SHAPE = { cell: 'lstm', activation: 'tanh', resetGate: 'before' } as const;

describe('a residual block', () => {
  afterEach(disposeModels);

  it('whose layer gives zero is the identity, and its depth gain exactly 1', async () => {
    const one = await smallTraining({ layers: 1 });
    const deep = await smallTraining({ layers: 4, connections: 'residual' });
    for (const { name, values } of deep.model.parameters.all) {
      if (/_l[123]$/.test(name)) values.fill(0);
      else values.set(one.model.parameters.get(name).values);
    }
    const { inputs, targets } = batchOf(TEXT, one.options);
    assert.equal(deep.session.step(inputs, targets).loss, one.session.step(inputs, targets).loss);
    for (const { name } of one.model.parameters.all)
      assert.deepEqual(deep.session.gradientOf(name), one.session.gradientOf(name), name);
  });

  it('passes gradients of all losses on as they are, however small', async () => {
    const kind = { cell: 'vanilla', recurrentInitialisation: 'normal', normalScale: 0.05 } as const;
    const [one, deep] = [
      await smallTraining({ ...kind, layers: 1 }),
      await smallTraining({ ...kind, layers: 3, connections: 'residual' }),
    ];
    for (const { name, values } of deep.model.parameters.all) {
      if (/_l[12]$/.test(name)) values.fill(0);
      else values.set(one.model.parameters.get(name).values);
    }
    const window = TEXT.subarray(0, 40);
    const [expected, actual] = [one, deep].map(
      ({ model }) => inspectWindow(model, new Int32Array(), window, 1).arrays['gradient.hidden'].values,
    );
    expected.forEach((norm, at) => assert.ok(Math.abs(actual[at] - norm) <= 1e-5 * norm, `${actual[at]}, not ${norm}`));
    assert.ok(expected.some((norm) => norm > 0 && norm < 1e-28));
  });

  it('adds its input to its states', () => {
    const shape: StackShape = {
      ...SHAPE,
      hiddenUnits: 2,
      embeddingSize: 2,
      vocabulary: 3,
      layers: 2,
      bidirectional: false,
    };
    const parameters = randomStackParameters({ ...shape, connections: 'residual' }, 3);
    const { steps, outputs } = stackForward({ ...shape, connections: 'residual' }, parameters, [0, 2, 1], [0, 0, 0]);
    outputs.forEach((y, t) => y.forEach((value, k) => assert.equal(value, steps[1][0][t].h[k] + steps[0][0][t].h[k])));
  });
});

describe('dropout', () => {
  afterEach(disposeModels);
  const network: Partial<NetworkConfig> = { layers: 3, dropout: 0.5 };

  it('drops others at every step, and nothing in an evaluation', async () => {
    const dropping = await smallTraining(network, { learningRate: 1e-30 });
    const plain = await smallTraining({ layers: 3 }, { learningRate: 1e-30 });
    for (const { name, values } of dropping.model.parameters.all) values.set(plain.model.parameters.get(name).values);
    const { inputs, targets } = batchOf(TEXT, plain.options);
    const losses = [0, 1, 2].map(() => {
      dropping.session.resetState();
      return dropping.session.step(inputs, targets).loss;
    });
    assert.equal(new Set(losses).size, 3);
    const { loss } = plain.session.step(inputs, targets);
    const mean = losses.reduce((a, b) => a + b, 0) / 3;
    assert.ok(Math.abs(mean - loss) < 0.1 * loss, `${mean}, not ${loss}`);
    assert.equal(dropping.session.evaluate(TEXT, 150), plain.session.evaluate(TEXT, 150));
    const trace = allocateTrace(dropping.model, 5, 3, true);
    forward(dropping.model, inputs, trace);
    const other = allocateTrace(plain.model, 5, 3);
    forward(plain.model, inputs, other);
    assert.deepEqual(trace.output.logits, other.output.logits);
  });

  it('is drawn from the seed', async () => {
    const loss = async (seed: number) => {
      const { model, session, options } = await smallTraining({ ...network, seed });
      for (const { values } of model.parameters.all) values.forEach((_, k) => (values[k] = Math.sin(k)));
      const { inputs, targets } = batchOf(TEXT, options);
      return session.step(inputs, targets).loss;
    };
    assert.equal(await loss(1), await loss(1));
    assert.notEqual(await loss(1), await loss(2));
  });
});

describe('an echo state network', () => {
  afterEach(disposeModels);

  for (const optimizer of ['adam', 'sgd', 'rmsprop'] as const)
    it(`trains its read-out alone, and counts nothing else: ${optimizer}`, async () => {
      const learningRate = { adam: 0.02, sgd: 0.3, rmsprop: 0.01 }[optimizer];
      const echo = await smallTraining({ reservoir: true, hiddenUnits: 30 }, { optimizer, learningRate });
      const whole = await smallTraining({ hiddenUnits: 30 }, { optimizer, learningRate });
      const before = weightsOf(echo);
      const { inputs, targets } = batchOf(TEXT, echo.options);
      const [first, reference] = [echo.session.step(inputs, targets), whole.session.step(inputs, targets)];
      assert.equal(first.loss, reference.loss);
      const readOut = ['W_o', 'b_o'];
      const squares = readOut.flatMap((name) => Array.from(whole.session.gradientOf(name), (value) => value * value));
      const norm = Math.sqrt(squares.reduce((a, b) => a + b, 0));
      assert.ok(Math.abs(first.gradientNorm - norm) < 1e-6 * norm && norm < reference.gradientNorm);
      const last = Array.from({ length: 60 }, () => echo.session.step(inputs, targets).loss).at(-1) ?? NaN;
      assert.ok(last < 0.9 * first.loss, `${first.loss} → ${last}`);
      const after = weightsOf(echo);
      for (const name of Object.keys(before))
        assert.equal(String(before[name]) === String(after[name]), !readOut.includes(name), name);
    });
});

describe('layer by layer and step by step', () => {
  before(useCpuBackend);
  afterEach(disposeModels);
  const [T, B] = [6, 2];

  for (const connections of ['none', 'residual', 'dense', 'highway'] as const)
    it(`the same numbers come out: ${connections}`, async () => {
      for (const { shape } of everyCell(4, 3, 6)) {
        const network = { ...shape, layers: 3, connections };
        const { model, session } = await smallTraining(network, { timesteps: T, batch: B });
        const { inputs, targets } = batchOf(TEXT, { timesteps: T, batch: B, learningRate: 0, clipNorm: 0 });
        tf.tidy(() => {
          const tensors = model.parameters.all.map(({ name, shape: size, values }) => [
            name,
            tf.tensor(values.slice(), size),
          ]);
          const parameters = Object.fromEntries(tensors) as Record<string, tf.Tensor>;
          const x = embed(parameters, tf.tensor2d(inputs, [T, B], 'int32'));
          const [byLayer, byTime] = [referencePass, referencePassByTime].map((pass) => pass(network, parameters, x));
          byLayer.output.forEach((y, t) => assert.deepEqual(y.dataSync(), byTime.output[t].dataSync()));
        });
        // The engine goes layer by layer; handed one token at a time it has to go through all layers at each.
        const whole = allocateTrace(model, T, B);
        forward(model, inputs, whole);
        const step = allocateTrace(model, 1, B);
        for (let t = 0; t < T; t++) {
          forward(model, inputs.slice(t * B, (t + 1) * B), step);
          const width = model.config.vocabulary * B;
          const logits = whole.output.logits.subarray(t * width, (t + 1) * width);
          const off = logits.reduce((most, value, k) => Math.max(most, Math.abs(value - step.output.logits[k])), 0);
          assert.ok(off < 1e-5, `${off} off at ${t}`);
          for (const [layer] of step.layers) {
            layer.h.copyWithin(0, layer.h.length / 2);
            layer.c?.copyWithin(0, layer.c.length / 2);
          }
        }
        assert.ok(session.step(inputs, targets).loss > 0);
      }
    });
});
