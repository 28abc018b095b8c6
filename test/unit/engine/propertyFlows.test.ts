// All-pairs gradients over random shapes: every cell, up to three layers, both directions, sizes that are multiples of nothing. Every set
// of kernels that runs here against the readable definition, and against each other where float32 cannot follow.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { stackedFlows } from '../../../src/engine/inspection/stackedFlows';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import { initialRow } from '../../../src/engine/network/layerTrace';
import { useCpuBackend } from '../../../src/engine/network/tensorBackend';
import { referenceFlow, type ReferenceFlow } from '../../../src/engine/reference/referenceFlow';
import type { OracleParameters, OracleState } from '../../oracle/float64Network';
import {
  randomStackParameters,
  randomStates,
  stackParameterShapes,
  zeroStates,
  type PerPlace,
  type StackShape,
} from '../../oracle/float64Stack';
import { everyCell, randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels, smallTraining } from './smallTraining';

interface Problem {
  shape: StackShape;
  parameters: OracleParameters;
  T: number;
  ids: Int32Array;
  targets: Int32Array;
  initial: PerPlace<OracleState>;
}

const SEED = 71;
const SHAPES_PER_CELL = 8;
/** Below this tfjs's own float32 gradients lose digits, first of all where a prediction is all but certain: p − 1. */
const SMALLEST_REFERENCE = 1e-9;
const SMALLEST = 1e-30;

/** [T, H, E, V, layers, bidirectional] */
type Sizes = [number, number, number, number, number, boolean];

/** Small sizes are likelier than large ones. */
function randomSizes(random: () => number): Sizes {
  const upTo = (most: number) => 1 + Math.floor(random() ** 2 * most);
  const [layers, bidirectional] = [1 + Math.floor(random() * 3), random() < 0.5];
  return [upTo(12), upTo(40), upTo(30), 1 + upTo(40), layers, bidirectional];
}

/** Sizes that random ones may miss; the last two have more losses than go through together. */
const EXTREMES: Sizes[] = [
  [1, 1, 1, 2, 1, false],
  [1, 1, 1, 2, 3, true],
  [3, 65, 17, 5, 1, false],
  [4, 33, 1, 3, 2, true],
  [70, 3, 2, 5, 1, true],
  [66, 2, 3, 4, 2, true],
];

function problemOf(cell: StackShape, sizes: Sizes, seed: number): Problem {
  const [T, hiddenUnits, embeddingSize, vocabulary, layers, bidirectional] = sizes;
  const shape = { ...cell, hiddenUnits, embeddingSize, vocabulary, layers, bidirectional };
  const [ids, targets] = [randomIds(vocabulary, T, seed), randomIds(vocabulary, T, seed + 1)];
  const initial = seed % 2 ? randomStates(shape, seed) : zeroStates(shape);
  return { ...{ shape, T, ids, targets, initial }, parameters: randomStackParameters(shape, seed, 1) };
}

function referenceOf({ shape, parameters, T, ids, targets, initial }: Problem): ReferenceFlow {
  tf.engine().startScope();
  try {
    const tensors = Object.entries(stackParameterShapes(shape)).map(([name, size]) => [
      name,
      tf.tensor(Float32Array.from(parameters[name]), size),
    ]);
    const row = (values: Float64Array) => tf.tensor2d(Float32Array.from(values), [1, values.length]);
    const start = initial.map((both) => both.map(({ h, c }) => ({ h: row(h), c: row(c) })));
    const [inputs, next] = [ids, targets].map((tokens) => tf.tensor2d(tokens, [T, 1], 'int32'));
    return referenceFlow(shape, Object.fromEntries(tensors), inputs, next, start);
  } finally {
    tf.engine().endScope();
  }
}

/** In the shape of the reference's. */
async function fusedOf(problem: Problem, variant: (typeof ALL_VARIANTS)[number]): Promise<ReferenceFlow> {
  const { shape, parameters, T, ids, targets, initial } = problem;
  const { model, kernels } = await smallTraining(shape, {}, variant);
  for (const { name, values } of model.parameters.all) values.set(parameters[name]);
  const mark = kernels.mark();
  const trace = allocateTrace(model, T, 1);
  for (const layer of trace.layers.flat()) {
    const { h, c } = initial[layer.place.layer][layer.place.reverse ? 1 : 0];
    const at = initialRow(layer) * shape.hiddenUnits;
    layer.h.set(h, at);
    layer.c?.set(c, at);
  }
  forward(model, ids, trace);
  const { hidden, cell } = stackedFlows(model, trace, targets, 0);
  kernels.release(mark);
  disposeModels();
  return hidden.map((both, layer) => both.map((values, d) => ({ hidden: values, cell: cell && cell[layer][d] })));
}

function assertFlows(
  actual: ReferenceFlow,
  expected: ReferenceFlow,
  { T }: Problem,
  smallest: number,
  where: string,
): void {
  expected.forEach((both, layer) =>
    both.forEach((truths, d) => {
      for (const kind of ['hidden', 'cell'] as const) {
        const [values, truth] = [actual[layer][d][kind], truths[kind]];
        assert.equal(values === null, truth === null, where);
        truth?.forEach((size, at) => {
          const value = values?.[at] ?? NaN;
          const bound = size > smallest ? 1e-3 * size : smallest;
          const place = `${kind} of layer ${layer}, direction ${d}, [${at}]`;
          assert.ok(Math.abs(value - size) <= bound, `${where}: ${place} is ${value}, expected ${size}`);
          // What lower layers give to those that read the other way comes from both ends.
          if (both.length === 2 && layer < expected.length - 1) return;
          const [i, j] = [Math.floor(at / T), at % T];
          if (d === 0 ? j > i : j < i) assert.equal(value, 0, `${where}: ${place}`);
        });
      }
    }),
  );
}

describe('the all-pairs gradients over random shapes', () => {
  before(useCpuBackend);
  after(disposeModels);

  for (const [kind, { name, shape: cell }] of everyCell(1, 1, 2).entries()) {
    const random = randomNumbers(SEED + kind);
    const sizes = [...Array.from({ length: SHAPES_PER_CELL }, () => randomSizes(random)), ...EXTREMES];
    it(`${name}: are the reference’s in every set of kernels`, async () => {
      for (const [at, each] of sizes.entries()) {
        const problem = problemOf({ ...cell, layers: 1, bidirectional: false }, each, 200 + at);
        const expected = referenceOf(problem);
        for (const variant of ALL_VARIANTS) {
          const where = `${JSON.stringify(each)} with ${variant} kernels`;
          assertFlows(await fusedOf(problem, variant), expected, problem, SMALLEST_REFERENCE, where);
        }
      }
    });

    it(`${name}: are the plain kernels’ however small they get`, async () => {
      for (const bidirectional of [false, true]) {
        const shape = { ...cell, layers: 2, bidirectional };
        const problem = problemOf(shape, [90, 13, 3, 5, 2, bidirectional], 301);
        for (const [parameter, values] of Object.entries(problem.parameters))
          if (parameter.startsWith('W_h')) values.forEach((v, k) => (values[k] = Math.fround(v / 4)));
        const plain = await fusedOf(problem, 'javascript');
        for (const variant of ALL_VARIANTS)
          assertFlows(await fusedOf(problem, variant), plain, problem, SMALLEST, `${variant} kernels`);
        if (bidirectional) continue;
        const [top] = plain[1];
        assert.ok(top.hidden.some((size) => size > 0 && size < 1e-12));
      }
    });
  }
});
