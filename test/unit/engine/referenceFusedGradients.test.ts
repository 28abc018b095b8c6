// The engine's loss and gradients against the readable definition, over shapes too large for central differences.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { referenceGradients } from '../../../src/engine/reference/referenceModel';
import { norm } from '../../oracle/centralDifferences';
import { everyCell, parameterShapes, randomIds, randomNumbers, randomParameters } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';

/** Shapes drawn once and for all: edges of every tile size of the kernels, one token, more tokens than positions. */
function randomSizes(count: number): { T: number; B: number; H: number; E: number; V: number }[] {
  const random = randomNumbers(71);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  return Array.from({ length: count }, () => ({ T: upTo(12), B: upTo(6), H: upTo(40), E: upTo(30), V: 1 + upTo(50) }));
}

describe('the fused network', () => {
  afterEach(disposeModels);

  for (const { T, B, H, E, V } of randomSizes(4))
    for (const { name, shape } of everyCell(H, E, V))
      it(`${name}: has the reference model’s loss and gradients at T=${T} B=${B} H=${H} E=${E} V=${V}`, async () => {
        const { model, session } = await smallTraining(shape, { timesteps: T, batch: B });
        const parameters = randomParameters(shape, 72);
        for (const { name: parameter, values } of model.parameters.all) values.set(parameters[parameter]);
        const [ids, targets] = [randomIds(V, T * B, 73), randomIds(V, T * B, 74)];
        const expected = tf.tidy(() => {
          const tensors = Object.entries(parameterShapes(shape)).map(([key, size]) => [
            key,
            tf.tensor(Float32Array.from(parameters[key]), size),
          ]);
          const batch = [ids, targets].map((values) => tf.tensor2d(values, [T, B], 'int32'));
          return referenceGradients(shape, Object.fromEntries(tensors), batch[0], batch[1]);
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
