// One example of a task: its gradients against central differences in float64, and against the sweep of all pairs where that has the same loss.
import assert from 'node:assert/strict';
import { embeddedFloats } from '../../../src/engine/inspection/embeddedLanes';
import { gradientTimesInput, integratedGradients } from '../../../src/engine/inspection/inputAttribution';
import { inspectExample } from '../../../src/engine/inspection/inspectExample';
import { inspectionFloats } from '../../../src/engine/inspection/inspectionMemory';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { initialState } from '../../../src/engine/inspection/windowForward';
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { headLoss, headParameterShapes, type OracleHead } from '../../oracle/float64Heads';
import type { OracleParameters } from '../../oracle/float64Network';
import type { StackShape } from '../../oracle/float64Stack';
import { randomNumbers } from '../../oracle/smallNetworks';

const [H, E, V] = [5, 4, 9];
/** Every token once: what moves its row of the embedding moves its input alone. */
const ids = Int32Array.of(3, 7, 1, 8, 0, 5);
const T = ids.length;
const LARGEST = 1 << 18;

function shapeOf(change: Partial<StackShape>): StackShape {
  const sizes = { hiddenUnits: H, embeddingSize: E, vocabulary: V };
  return {
    ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', layers: 1, bidirectional: false },
    ...sizes,
    ...change,
  };
}

function prepare(shape: StackShape, head: OracleHead): { model: LanguageModel; parameters: OracleParameters } {
  const config: NetworkConfig = {
    ...shape,
    ...{ head, recurrentInitialisation: 'glorot', normalScale: 1, forgetBias: 0, seed: 1 },
  };
  const model = new LanguageModel(createJavascriptKernels(4 * LARGEST), config);
  const random = randomNumbers(4);
  const parameters: OracleParameters = {};
  for (const name of Object.keys(headParameterShapes(shape, head))) {
    const { values } = model.parameters.get(name);
    values.forEach((_, at) => (values[at] = (2 * random() - 1) * 0.8));
    parameters[name] = Float64Array.from(values);
  }
  return { model, parameters };
}

/** ‖∂J/∂x(j)‖ by central differences. */
function numericNorms(shape: StackShape, head: OracleHead, parameters: OracleParameters, targets: number[]): number[] {
  return Array.from(ids, (id) => {
    const moved = (component: number, by: number): number => {
      const embedding = parameters.embedding.slice();
      embedding[id * E + component] += by;
      return headLoss(shape, head, { ...parameters, embedding }, [[...ids]], [targets]);
    };
    return Math.hypot(...Array.from({ length: E }, (_, e) => (moved(e, 1e-4) - moved(e, -1e-4)) / 2e-4));
  });
}

const stacks = [
  shapeOf({}),
  shapeOf({ cell: 'gru', bidirectional: true, layers: 2 }),
  shapeOf({ cell: 'vanilla', bidirectional: true }),
];
const close = (actual: number, expected: number, about: string) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-4 * Math.max(Math.abs(expected), 1e-3),
    `${about}: ${actual}, ${expected}`,
  );

describe('one example that is classified', () => {
  for (const shape of stacks)
    for (const pooling of ['mean', 'max', 'last'] as const)
      it(`${shape.cell} × ${shape.layers}, ${shape.bidirectional ? 'both ways' : 'one way'}, ${pooling}: its loss reaches every input as differences say`, () => {
        const head = { kind: 'classes', classes: 3, pooling } as const;
        const { model, parameters } = prepare(shape, head);
        const { arrays, loss, probabilities } = inspectExample(model, ids, { step: 0, gold: 1 });
        close(loss, headLoss(shape, head, parameters, [[...ids]], [[1]]), 'loss');
        close(-Math.log(probabilities[1]), loss, 'probability');
        numericNorms(shape, head, parameters, [1]).forEach((norm, j) =>
          close(arrays['flow.input'].values[j], norm, `x(${j})`),
        );
      });

  it('takes the likeliest class where none is known to be right', () => {
    const { model } = prepare(stacks[0], { kind: 'classes', classes: 3, pooling: 'mean' });
    const { probabilities, target, loss } = inspectExample(model, ids, { step: 0, gold: null });
    assert.equal(probabilities[target], Math.max(...probabilities));
    close(loss, -Math.log(probabilities[target]), 'loss');
  });

  it('has attributions that add up to the logit of a class', async () => {
    const { model } = prepare(stacks[1], { kind: 'classes', classes: 3, pooling: 'max' });
    const noPause = () => Promise.resolve();
    const lookedAt = { ids, before: initialState(model), step: 0, target: 2 };
    const { values, logit, baseline, delta } = await integratedGradients(model, lookedAt, noPause);
    assert.ok(delta <= 0.05);
    assert.ok(
      Math.abs(values.reduce((a, b) => a + b, 0) - (logit - baseline)) <= 0.05 * Math.abs(logit - baseline) + 1e-9,
    );
    assert.equal((await gradientTimesInput(model, lookedAt, noPause)).logit, logit);
  });

  it('needs no more memory than what is kept for inspections', () => {
    for (const shape of stacks) {
      const { model } = prepare(shape, { kind: 'classes', classes: 3, pooling: 'max' });
      assert.ok(embeddedFloats(model.config, 40, 1) <= inspectionFloats(model.config, 40), shape.cell);
    }
  });
});

describe('one example that is tagged', () => {
  for (const shape of stacks)
    it(`${shape.cell} × ${shape.layers}: the loss of one tag reaches every input as differences say`, () => {
      const head = { kind: 'tags', tags: 4 } as const;
      const { model, parameters } = prepare(shape, head);
      const { arrays, everyToken, probabilities } = inspectExample(model, ids, { step: 2, gold: 3 }, true);
      const only = Array.from(ids, (_, t) => (t === 2 ? 3 : -1));
      numericNorms(shape, head, parameters, only).forEach((norm, j) =>
        close(arrays['flow.input'].values[j], norm, `x(${j})`),
      );
      assert.equal(everyToken.length, T);
      probabilities.forEach((p, tag) => close(everyToken[2][tag], p, `p of tag ${tag}`));
    });

  it('reaches every layer and direction as the sweep of all pairs says of the same loss', () => {
    const shape = stacks[1];
    const { model, parameters } = prepare(shape, { kind: 'tags', tags: V });
    const language = new LanguageModel(createJavascriptKernels(4 * LARGEST), { ...model.config, head: undefined });
    for (const { name, values } of language.parameters.all) values.set(parameters[name]);
    const pairs = inspectWindow(language, new Int32Array(0), ids, 2);
    const { arrays } = inspectExample(model, ids, { step: 3, gold: ids[4] });
    for (const suffix of ['', '_l0_reverse', '_l1', '_l1_reverse'])
      arrays[`flow.hidden${suffix}`].values.forEach((norm, j) =>
        close(norm, pairs.arrays[`gradient.hidden${suffix}`].values[3 * T + j], `h${suffix}(${j})`),
      );
    assert.deepEqual(arrays['gate.u_l1'], pairs.arrays['gate.u_l1']);
  });

  it('refuses a step outside of the example', () => {
    const { model } = prepare(stacks[0], { kind: 'tags', tags: 4 });
    assert.throws(() => inspectExample(model, ids, { step: T, gold: null }), RangeError);
    assert.throws(() => inspectExample(model, new Int32Array(0), { step: 0, gold: null }), RangeError);
  });
});
