// Loss and every gradient over random networks: cells × layers × directions × connections × joined × heads × pooling, in lanes of different
// lengths. The fused kernels are held to central differences in float64, and so is the readable definition.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { useCpuBackend } from '../../../src/engine/network/tensorBackend';
import { referenceGradients } from '../../../src/engine/reference/referenceModel';
import { gradientOf, norm } from '../../oracle/centralDifferences';
import { headLoss, headParameterShapes, type OracleHead } from '../../oracle/float64Heads';
import type { OracleParameters } from '../../oracle/float64Network';
import type { StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels, smallTraining } from './smallTraining';

const SEED = 53;
const T = 4;
const B = 3;
const CONNECTIONS = ['none', 'residual', 'dense', 'highway'] as const;
const HEADS: OracleHead[] = [
  { kind: 'tokens' },
  { kind: 'classes', classes: 3, pooling: 'mean' },
  { kind: 'classes', classes: 2, pooling: 'max' },
  { kind: 'classes', classes: 3, pooling: 'last' },
  { kind: 'tags', tags: 3 },
];

interface Case {
  shape: StackShape;
  head: OracleHead;
  seed: number;
}

/** Every connection with every cell once, everything else drawn, so that all pairs of choices come up. */
function cases(): Case[] {
  const random = randomNumbers(SEED);
  const oneOf = <A>(all: readonly A[]): A => all[Math.floor(random() * all.length)];
  const cells = everyCell(3, 2, 4);
  return CONNECTIONS.flatMap((connections, c) =>
    cells.map(({ shape }, k) => {
      const bidirectional = random() < 0.6;
      const directionsJoined = oneOf(['concatenation', 'sum'] as const);
      const layers = connections === 'none' && directionsJoined === 'sum' ? 1 + Math.floor(random() * 2) : 2 + (k % 2);
      const head = HEADS[(c + k) % HEADS.length];
      return { shape: { ...shape, layers, bidirectional, directionsJoined, connections }, head, seed: 100 * c + k };
    }),
  );
}

const titleOf = ({ shape, head }: Case) => {
  const { cell, layers, bidirectional, directionsJoined, connections } = shape;
  const directions = bidirectional ? `both ways by ${directionsJoined}` : 'one way';
  const aim = head.kind === 'classes' ? `${head.pooling} of classes` : head.kind;
  return `${cell}, ${layers} layers, ${connections}, ${directions}, ${aim}`;
};

function randomParameters({ shape, head, seed }: Case): OracleParameters {
  const random = randomNumbers(seed);
  return Object.fromEntries(
    Object.entries(headParameterShapes(shape, head)).map(([name, size]) => {
      const reach = name === 'embedding' ? 1.5 : size.length === 1 ? 0.5 : 2 / Math.sqrt(size[0]);
      const length = size.reduce((a, b) => a * b, 1);
      return [name, Float64Array.from({ length }, () => Math.fround((2 * random() - 1) * reach))];
    }),
  );
}

/** Lanes of 1 to T tokens where the head takes them, and what is to be predicted of them. */
function batchOf({ shape, head, seed }: Case) {
  const random = randomNumbers(seed + 7);
  const ids = randomIds(shape.vocabulary, T * B, seed + 1);
  const isRagged = head.kind !== 'tokens';
  const lengths = Int32Array.from({ length: B }, (_, lane) =>
    isRagged && lane !== 1 ? 1 + Math.floor(random() * T) : T,
  );
  const columns = head.kind === 'tokens' ? shape.vocabulary : head.kind === 'classes' ? head.classes : head.tags;
  const drawn = randomIds(columns, head.kind === 'classes' ? B : T * B, seed + 2);
  const targets = head.kind === 'tags' ? drawn.map((tag, at) => (at % 5 === 2 ? -1 : tag)) : drawn;
  const laneOf = (all: Int32Array, lane: number) => Array.from({ length: lengths[lane] }, (_, t) => all[t * B + lane]);
  const lanes = Array.from({ length: B }, (_, lane) => laneOf(ids, lane));
  const perLane = lanes.map((_, lane) => (head.kind === 'classes' ? [targets[lane]] : laneOf(targets, lane)));
  return { ids, targets, lengths: isRagged ? lengths : null, lanes, perLane };
}

function assertGradients(
  actual: (name: string) => ArrayLike<number>,
  expected: Record<string, Float64Array>,
  where: string,
): void {
  for (const [name, truth] of Object.entries(expected)) {
    const values = actual(name);
    const difference = norm(truth.map((value, k) => value - values[k]));
    assert.ok(difference <= 1e-4 * norm(truth) + 1e-9, `${where}: ${name} is ${difference} of ${norm(truth)} off`);
  }
}

describe('the gradients of connected networks', () => {
  before(useCpuBackend);
  afterEach(disposeModels);

  for (const one of cases())
    it(`are those of central differences: ${titleOf(one)}`, async () => {
      const { shape, head } = one;
      const parameters = randomParameters(one);
      const { ids, targets, lengths, lanes, perLane } = batchOf(one);
      const loss = () => headLoss(shape, head, parameters, lanes, perLane);
      const expected = Object.fromEntries(
        Object.entries(parameters).map(([name, values]) => [name, gradientOf(loss, values)]),
      );
      const network: Partial<NetworkConfig> = { ...shape, head };
      for (const variant of ALL_VARIANTS) {
        const { model, session } = await smallTraining(network, { timesteps: T, batch: B }, variant);
        for (const { name, values } of model.parameters.all) values.set(parameters[name]);
        const step = session.step(ids, targets, lengths);
        assert.ok(Math.abs(step.loss - loss()) < 1e-5, `loss ${step.loss}, expected ${loss()}`);
        assertGradients((name) => session.gradientOf(name), expected, variant);
      }
      if (head.kind !== 'tokens') return;
      const sizes = headParameterShapes(shape, head);
      const tensors = Object.entries(parameters).map(([name, values]) => [
        name,
        tf.tensor(Float32Array.from(values), sizes[name]),
      ]);
      const batch = [ids, targets].map((tokens) => tf.tensor2d(tokens, [T, B], 'int32'));
      const { gradients } = referenceGradients(shape, Object.fromEntries(tensors), batch[0], batch[1]);
      tf.dispose([tensors.map(([, tensor]) => tensor as tf.Tensor), batch]);
      assertGradients((name) => gradients[name], expected, 'reference');
    });
});
