// The fused network and the readable definition over random shapes: every cell, up to three layers, both directions, numbers of units,
// tokens, lanes and timesteps that are multiples of nothing. Loss and every gradient, in every set of kernels that runs here.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { parameterShapes, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import { useCpuBackend } from '../../../src/engine/network/tensorBackend';
import { referenceGradients, type PerDirection } from '../../../src/engine/reference/referenceModel';
import type { ReferenceState } from '../../../src/engine/reference/referenceCell';
import { everyCell, randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels, SMALL_NETWORK, smallTraining } from './smallTraining';

interface Shape {
  T: number;
  B: number;
  H: number;
  E: number;
  V: number;
  layers: number;
  bidirectional: boolean;
  /** Whether the forward directions begin from states that are not zero. */
  carried: boolean;
}

const SEED = 2026;
const SHAPES_PER_CELL = 10;
const TOLERANCE = 1e-4;

/** Small sizes are likelier than large ones; a large network gets few timesteps. */
function randomShape(random: () => number): Shape {
  const upTo = (most: number) => 1 + Math.floor(random() ** 2 * most);
  const [layers, bidirectional] = [1 + Math.floor(random() * 3), random() < 0.5];
  const H = upTo(80);
  const T = upTo(H > 40 ? 6 : 14);
  return { T, B: upTo(9), H, E: upTo(40), V: 1 + upTo(90), layers, bidirectional, carried: random() < 0.5 };
}

/** Sizes that random ones may miss. */
const EXTREMES: Shape[] = [
  { T: 1, B: 1, H: 1, E: 1, V: 2, layers: 1, bidirectional: false, carried: false },
  { T: 1, B: 1, H: 1, E: 1, V: 2, layers: 3, bidirectional: true, carried: true },
  { T: 3, B: 2, H: 129, E: 65, V: 17, layers: 1, bidirectional: true, carried: true },
  { T: 2, B: 3, H: 5, E: 7, V: 1000, layers: 2, bidirectional: true, carried: false },
  { T: 7, B: 33, H: 9, E: 3, V: 2, layers: 2, bidirectional: false, carried: true },
  { T: 40, B: 1, H: 3, E: 2, V: 41, layers: 1, bidirectional: true, carried: true },
  { T: 2, B: 3, H: 31, E: 1, V: 6, layers: 2, bidirectional: true, carried: false },
];

describe('the fused network over random shapes', () => {
  before(useCpuBackend);
  afterEach(disposeModels);

  for (const [kind, { name, shape }] of everyCell(1, 1, 2).entries()) {
    const random = randomNumbers(SEED + kind);
    const shapes = [...Array.from({ length: SHAPES_PER_CELL }, () => randomShape(random)), ...EXTREMES];
    it(`${name}: has the reference model’s loss and gradients`, async () => {
      for (const [at, sizes] of shapes.entries()) await compare({ ...shape, ...networkOf(sizes) }, sizes, 100 + at);
    });
  }

  for (const { name, shape } of everyCell(5, 3, 1))
    it(`${name}: has no loss and no gradient where there is but one token`, async () => {
      for (const variant of ALL_VARIANTS) {
        const { session, model } = await smallTraining({ ...shape, layers: 2 }, { timesteps: 4, batch: 2 }, variant);
        const { loss, gradientNorm } = session.step(new Int32Array(8), new Int32Array(8));
        assert.deepEqual([loss, gradientNorm], [0, 0]);
        assert.ok(model.parameters.all.every(({ name: parameter }) => session.gradientOf(parameter).every((g) => !g)));
      }
    });
});

function networkOf({ H, E, V, layers, bidirectional }: Shape): Partial<NetworkConfig> {
  return { hiddenUnits: H, embeddingSize: E, vocabulary: V, layers, bidirectional };
}

async function compare(network: Partial<NetworkConfig>, sizes: Shape, seed: number): Promise<void> {
  const config = { ...SMALL_NETWORK, ...network };
  const { T, B, H, V } = sizes;
  const random = randomNumbers(seed);
  const values = new Map(
    parameterShapes(config).map(({ name, shape, kind }) => {
      const reach = kind === 'embedding' ? 1.5 : shape.length === 1 ? 0.5 : 2 / Math.sqrt(shape[0]);
      const length = shape.reduce((a, b) => a * b, 1);
      return [name, Float32Array.from({ length }, () => (2 * random() - 1) * reach)];
    }),
  );
  const states = new Map<string, Float32Array>();
  const state = (name: string) => {
    const start = Float32Array.from({ length: B * H }, () => (sizes.carried ? random() - 0.5 : 0));
    states.set(name, start);
    return start;
  };
  const initial = Array.from({ length: sizes.layers }, (_, layer) => {
    const suffix = layer === 0 ? '' : `_l${layer}`;
    const zero = { h: new Float32Array(B * H), c: new Float32Array(B * H) };
    const forward = { h: state(`carried.h${suffix}`), c: state(`carried.c${suffix}`) };
    return sizes.bidirectional ? [forward, zero] : [forward];
  });
  const [ids, targets] = [randomIds(V, T * B, seed), randomIds(V, T * B, seed + 1)];

  const expected = tf.tidy(() => {
    const parameters = parameterShapes(config).map(({ name, shape }) => [
      name,
      tf.tensor(values.get(name) ?? [], shape),
    ]);
    const batch = [ids, targets].map((tokens) => tf.tensor2d(tokens, [T, B], 'int32'));
    const start: PerDirection<ReferenceState> = initial.map((both) =>
      both.map(({ h, c }) => ({ h: tf.tensor2d(h, [B, H]), c: tf.tensor2d(c, [B, H]) })),
    );
    return referenceGradients(config, Object.fromEntries(parameters), batch[0], batch[1], start);
  });

  for (const variant of ALL_VARIANTS) {
    const where = `${config.cell} ${JSON.stringify(sizes)} with ${variant} kernels`;
    const { model, session } = await smallTraining(config, { timesteps: T, batch: B }, variant);
    for (const parameter of model.parameters.all) parameter.values.set(values.get(parameter.name) ?? []);
    session.importState(
      session.exportState().map((each) => ({ ...each, values: states.get(each.name) ?? each.values })),
    );
    const { loss } = session.step(ids, targets);
    assert.ok(Math.abs(loss - expected.loss) <= TOLERANCE * expected.loss, `${where}: ${loss}, not ${expected.loss}`);
    for (const { name } of model.parameters.all) {
      const truth = expected.gradients[name];
      const actual = session.gradientOf(name);
      const largest = truth.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = truth.reduce((worst, value, k) => Math.max(worst, Math.abs(value - actual[k])), 0);
      assert.ok(error <= TOLERANCE * largest, `${where}: ${name} is ${error} off, its largest is ${largest}`);
    }
    disposeModels();
  }
}
