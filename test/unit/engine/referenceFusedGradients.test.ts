// The engine's loss and gradients against the readable definition, over shapes too large for central differences.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { referenceGradients } from '../../../src/engine/reference/referenceModel';
import { norm } from '../../oracle/centralDifferences';
import { everyCell, randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';

interface Sizes {
  T: number;
  B: number;
  H: number;
  E: number;
  V: number;
  layers: number;
  bidirectional: boolean;
}

const STACKS = [
  { layers: 1, bidirectional: true },
  { layers: 2, bidirectional: false },
  { layers: 3, bidirectional: true },
  { layers: 4, bidirectional: false },
];

/** Shapes drawn once and for all: edges of every tile size of the kernels, one token, more tokens than positions; then stacks. */
function randomSizes(flat: number): Sizes[] {
  const random = randomNumbers(71);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const draw = () => ({ T: upTo(12), B: upTo(6), H: upTo(40), E: upTo(30), V: 1 + upTo(50) });
  return [
    ...Array.from({ length: flat }, () => ({ ...draw(), layers: 1, bidirectional: false })),
    ...STACKS.map((stack) => ({ ...draw(), T: 1 + upTo(9), ...stack })),
  ];
}

const titleOf = ({ layers, bidirectional, ...sizes }: Sizes): string => {
  const numbers = Object.entries(sizes).map(([name, value]) => `${name}=${value}`);
  return `${numbers.join(' ')}, ${layers} ${layers === 1 ? 'layer' : 'layers'}${bidirectional ? ', both directions' : ''}`;
};

describe('the fused network', () => {
  afterEach(disposeModels);

  for (const sizes of randomSizes(4))
    for (const { name, shape } of everyCell(sizes.H, sizes.E, sizes.V))
      it(`${name}: has the reference model’s loss and gradients at ${titleOf(sizes)}`, async () => {
        const { T, B, V, layers, bidirectional } = sizes;
        const network = { ...shape, layers, bidirectional };
        const { model, session } = await smallTraining(network, { timesteps: T, batch: B });
        const random = randomNumbers(72);
        for (const { shape: size, values } of model.parameters.all) {
          const reach = size.length === 1 ? 0.75 : 2.5 / Math.sqrt(size[0]);
          values.set(Float32Array.from(values, () => (2 * random() - 1) * reach));
        }
        const [ids, targets] = [randomIds(V, T * B, 73), randomIds(V, T * B, 74)];
        const expected = tf.tidy(() => {
          const tensors = model.parameters.all.map(({ name: key, shape: size, values }) => [
            key,
            tf.tensor(values.slice(), size),
          ]);
          const batch = [ids, targets].map((values) => tf.tensor2d(values, [T, B], 'int32'));
          return referenceGradients(network, Object.fromEntries(tensors), batch[0], batch[1]);
        });

        const { loss } = session.step(ids, targets);
        assert.ok(Math.abs(loss - expected.loss) <= 1e-5 * expected.loss, `loss ${loss}, expected ${expected.loss}`);
        for (const { name: parameter } of model.parameters.all) {
          const actual = session.gradientOf(parameter);
          const truth = expected.gradients[parameter];
          const difference = norm(truth.map((value, k) => value - actual[k]));
          assert.ok(difference <= 1e-4 * norm(truth), `${parameter}: ${difference} of ${norm(truth)}`);
        }
      });
});
