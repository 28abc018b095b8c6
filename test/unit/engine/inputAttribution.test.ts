// Gradient × input, integrated gradients and ablation against float64 recomputations, networks that are linear, and each other.
import assert from 'node:assert/strict';
import { ablate } from '../../../src/engine/inspection/ablation';
import {
  EmbeddedLanes,
  embeddedFloats,
  lanesAtATime,
  type LookedAt,
} from '../../../src/engine/inspection/embeddedLanes';
import { gradientTimesInput, integratedGradients } from '../../../src/engine/inspection/inputAttribution';
import { inspectionFloats } from '../../../src/engine/inspection/inspectionMemory';
import { initialState, readTokens } from '../../../src/engine/inspection/windowForward';
import type { LanguageModel } from '../../../src/engine/network/languageModel';
import type { OracleParameters } from '../../oracle/float64Network';
import { crossEntropy } from '../../oracle/float64Network';
import { randomStackParameters, stackForward, zeroStates, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const T = 6;
const [H, E, V] = [5, 4, 7];
const ids = randomIds(V, T, 3);
const warmUp = randomIds(V, 5, 8);
const target = 2;
const noPause = () => Promise.resolve();

const shapes: { name: string; shape: StackShape; step: number }[] = [
  ...everyCell(H, E, V).map(({ name, shape }) => ({
    name,
    shape: { ...shape, layers: 1, bidirectional: false },
    step: T - 1,
  })),
  ...(['vanilla', 'lstm', 'gru'] as const).flatMap((cell) => {
    const sizes = { hiddenUnits: H, embeddingSize: E, vocabulary: V };
    const shape = { cell, activation: 'tanh' as const, resetGate: 'before' as const, ...sizes, layers: 2 };
    return [
      { name: `${cell}, two layers`, shape: { ...shape, bidirectional: false }, step: 3 },
      { name: `${cell}, two layers that read both ways`, shape: { ...shape, bidirectional: true }, step: 3 },
      {
        name: `${cell}, dense layers`,
        shape: { ...shape, bidirectional: false, connections: 'dense' as const },
        step: 3,
      },
    ];
  }),
];

interface Case {
  model: LanguageModel;
  lookedAt: LookedAt;
  /** F in float64 with every embedding of the window times α, and x(j) moved in one component. */
  logit(alpha: number, j?: number, component?: number, by?: number): number;
  parameters: OracleParameters;
  initial: ReturnType<typeof zeroStates>;
}

function prepare(shape: StackShape, step: number): Case {
  const parameters = randomStackParameters(shape, 5);
  const model = stackModel(shape, parameters, 64, 16);
  const before = readTokens(model, warmUp, initialState(model));
  const last = stackForward(shape, parameters, warmUp, [...warmUp]).last;
  // What reads backward begins from zero at the end of the window.
  const initial = zeroStates(shape).map((both, layer) => both.map((zero, d) => (d === 0 ? last[layer][0] : zero)));
  const logit: Case['logit'] = (alpha, j, component = 0, by = 0) => {
    const embedding = parameters.embedding.map((value) => alpha * value);
    const delta = new Float64Array(E);
    delta[component] = by;
    const nudge = { what: 'x' as const, place: { layer: 0, reverse: false }, step: j ?? 0, delta };
    const scaled = { ...parameters, embedding };
    return stackForward(shape, scaled, ids, [...ids], initial, j === undefined ? undefined : nudge).logits[step][
      target
    ];
  };
  return { model, lookedAt: { ids, before, step, target }, logit, parameters, initial };
}

/** ∂F/∂x(j) · x(j) at αx, by central differences along x(j). */
function slope({ logit, parameters }: Case, alpha: number, j: number): number {
  const epsilon = 1e-5;
  let sum = 0;
  for (let e = 0; e < E; e++) {
    const difference = (logit(alpha, j, e, epsilon) - logit(alpha, j, e, -epsilon)) / (2 * epsilon);
    sum += difference * parameters.embedding[ids[j] * E + e];
  }
  return sum;
}

/** Simpson's rule, fine enough to be exact here. */
function integral(of: (alpha: number) => number): number {
  const steps = 64;
  let sum = of(0) + of(1);
  for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * of(k / steps);
  return sum / (3 * steps);
}

const close = (value: number, truth: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(value - truth) <= tolerance, `${what}: ${value}, float64 says ${truth}`);

describe('what inputs add to a logit', () => {
  for (const { name, shape, step } of shapes)
    it(`${name}: gradient × input is that of central differences, zero where no path leads`, async () => {
      const known = prepare(shape, step);
      const { values, logit, baseline } = await gradientTimesInput(known.model, known.lookedAt, noPause);
      close(logit, known.logit(1), 1e-5, 'F');
      close(baseline, known.logit(0), 1e-5, 'F of zero embeddings');
      values.forEach((value, j) => {
        close(value, slope(known, 1, j), 2e-5 * Math.max(1, Math.abs(logit)), `step ${j}`);
        if (!shape.bidirectional && j > step) assert.equal(value, 0);
      });
    });

  for (const { name, shape, step } of shapes.filter(({ name }) => !name.includes('relu')))
    it(`${name}: integrated gradients are the integral along the line from zero, and complete`, async () => {
      const known = prepare(shape, step);
      const { values, logit, baseline, delta, steps } = await integratedGradients(known.model, known.lookedAt, noPause);
      const sum = values.reduce((a, b) => a + b, 0);
      assert.ok(delta <= 0.05 && steps >= 16 && steps <= 1024);
      close(delta, Math.abs(sum - (logit - baseline)) / Math.abs(logit - baseline), 1e-9, 'delta');
      const scale = Math.max(...values.map(Math.abs));
      values.forEach((value, j) => {
        const truth = integral((alpha) => slope(known, alpha, j));
        close(value, truth, 0.03 * scale, `step ${j}`);
      });
    });

  it('are the exact contributions in a network that is linear, by either method, with no delta', async () => {
    const shape: StackShape = {
      ...{ cell: 'vanilla', activation: 'relu', resetGate: 'before' },
      ...{ hiddenUnits: H, embeddingSize: E, vocabulary: V, layers: 1, bidirectional: false },
    };
    const parameters = randomStackParameters(shape, 5);
    // All positive: no unit is ever shut.
    for (const name of ['embedding', 'W_x', 'W_h', 'b']) parameters[name] = parameters[name].map(Math.abs);
    const model = stackModel(shape, parameters, 64, 16);
    const lookedAt = { ids, before: initialState(model), step: T - 1, target };
    const logitOf = (only: number) => {
      let h = new Float64Array(H);
      for (let t = 0; t < T; t++) {
        const next = new Float64Array(H);
        for (let u = 0; u < H; u++) {
          for (let k = 0; k < H; k++) next[u] += h[k] * parameters.W_h[k * H + u];
          if (t === only)
            for (let e = 0; e < E; e++) next[u] += parameters.embedding[ids[t] * E + e] * parameters.W_x[e * H + u];
        }
        h = next;
      }
      return h.reduce((sum, value, k) => sum + value * parameters.W_o[k * V + target], 0);
    };
    for (const method of [gradientTimesInput, integratedGradients]) {
      const { values, delta, steps } = await method(model, lookedAt, noPause);
      values.forEach((value, j) => close(value, logitOf(j), 1e-4 * Math.abs(logitOf(j)) + 1e-6, `step ${j}`));
      assert.ok(delta <= 1e-5, `delta ${delta} in ${steps} steps`);
    }
  });

  it('double their steps until they add up, and say how many there were', async () => {
    const shape = { ...shapes[0].shape };
    const known = prepare(shape, T - 1);
    const steep = known.model.parameters.get('W_x').values;
    for (let k = 0; k < steep.length; k++) steep[k] *= 60;
    const { delta, steps } = await integratedGradients(known.model, known.lookedAt, noPause);
    assert.ok(steps > 16 && (delta <= 0.05 || steps === 1024), `${steps} steps, delta ${delta}`);
    assert.equal(Math.log2(steps) % 1, 0);
  });

  for (const { name, shape, step } of shapes)
    it(`${name}: without a token the prediction changes as float64 says`, async () => {
      const known = prepare(shape, step);
      const columns = [3, 0, 2];
      const { logit, loss } = await ablate(known.model, known.lookedAt, columns, 0, noPause);
      const read = (text: Int32Array) =>
        stackForward(shape, known.parameters, text, [...text], known.initial).logits[step];
      const whole = read(ids);
      columns.forEach((column, k) => {
        const without = ids.slice();
        without[column] = 0;
        const changed = read(without);
        close(logit[k], whole[target] - changed[target], 2e-5, `logit, column ${column}`);
        const expected = crossEntropy(changed, target) - crossEntropy(whole, target);
        close(loss[k], expected, 2e-5, `loss, column ${column}`);
      });
    });

  it('are found lane by lane as one at a time, in no more memory than an inspection has', async () => {
    for (const { shape, step } of shapes) {
      const { model, lookedAt } = prepare(shape, step);
      assert.ok(embeddedFloats(model.config, 512, 1) <= inspectionFloats(model.config, 512));
      assert.ok(lanesAtATime(model, T) >= 2);
      const alone: number[] = [];
      const mark = model.kernels.mark();
      for (const alpha of [0.2, 0.5, 1]) {
        const one = new EmbeddedLanes(model, lookedAt, 1);
        one.read([one.inputs.map((value) => alpha * value)]);
        alone.push(one.logit(0), ...one.gradients());
        model.kernels.release(mark);
      }
      const three = new EmbeddedLanes(model, lookedAt, 3);
      three.read([0.2, 0.5, 1].map((alpha) => three.inputs.map((value) => alpha * value)));
      const dx = three.gradients();
      const together = [0, 1, 2].flatMap((lane) => [
        three.logit(lane),
        ...ids.reduce<number[]>(
          (all, _, t) => [...all, ...dx.subarray((t * 3 + lane) * E, (t * 3 + lane + 1) * E)],
          [],
        ),
      ]);
      together.forEach((value, k) => close(value, alone[k], 1e-5, `value ${k}`));
      model.kernels.release(mark);
    }
  });
});
