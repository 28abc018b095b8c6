// Backpropagation through time of every cell against central differences of the float64 oracle.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { referenceGradients } from '../../../src/engine/reference/referenceModel';
import { gradientOf } from '../../oracle/centralDifferences';
import { oracleBatchLoss, type OracleState } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining, type SmallTraining } from './smallTraining';
import { ALL_VARIANTS } from './kernelsUnderTest';

const SIZES = [
  { T: 5, B: 3, H: 7, E: 5, V: 6 },
  { T: 3, B: 2, H: 9, E: 3, V: 11 },
  { T: 1, B: 1, H: 1, E: 1, V: 2 },
  { T: 2, B: 5, H: 4, E: 8, V: 3 },
];

/** Sets the carried state to known numbers, so that the gradients start from a state that is not zero. */
function carry({ session }: SmallTraining, B: number, H: number, hasCell: boolean): OracleState[] {
  const state = session.exportState();
  const values = (name: string, phase: number) => {
    const tensor = state.find((candidate) => candidate.name === name);
    return tensor?.values.map((_, at) => (tensor.values[at] = 0.4 * Math.sin(at + phase)));
  };
  const h = values('carried.h', 1) ?? new Float32Array(B * H);
  const c = (hasCell && values('carried.c', 2)) || new Float32Array(B * H);
  session.importState(state);
  return Array.from({ length: B }, (_, b) => ({
    h: Float64Array.from(h.subarray(b * H, (b + 1) * H)),
    c: Float64Array.from(c.subarray(b * H, (b + 1) * H)),
  }));
}

for (const name of ALL_VARIANTS)
  describe(`gradients of the training loss with ${name} kernels`, () => {
    after(disposeModels);

    for (const { T, B, H, E, V } of SIZES)
      for (const { name: title, shape } of everyCell(H, E, V))
        it(`${title}: every parameter within 1e-4 of central differences (T=${T} B=${B} H=${H} E=${E} V=${V})`, async () => {
          const training = await smallTraining(shape, { timesteps: T, batch: B }, name);
          const parameters = randomParameters(shape, 5);
          for (const { name, values } of training.model.parameters.all) values.set(parameters[name]);
          const initial = carry(training, B, H, shape.cell === 'lstm');
          const [inputs, targets] = [randomIds(V, T * B, 1), randomIds(V, T * B, 2)];
          const loss = () => oracleBatchLoss(shape, parameters, inputs, targets, B, initial);

          const result = training.session.step(inputs, targets);
          assert.ok(Math.abs(result.loss / loss() - 1) < 1e-5, `loss ${result.loss}, expected ${loss()}`);
          let squares = 0;
          for (const { name } of training.model.parameters.all) {
            const expected = gradientOf(loss, parameters[name]);
            const gradient = training.session.gradientOf(name);
            const size = Math.hypot(...expected);
            const error = Math.hypot(...expected.map((value, at) => value - gradient[at]));
            assert.ok(error <= 1e-4 * size + 1e-8, `${name}: error ${error} of ${size}`);
            squares += size ** 2;
          }
          assert.ok(Math.abs(result.gradientNorm / Math.sqrt(squares) - 1) < 1e-4);
        });

    for (const { name: title, shape } of everyCell(18, 10, 12))
      it(`${title}: the same as of the plain tfjs model on a longer batch`, async () => {
        const [T, B] = [14, 6];
        const { model, session } = await smallTraining(shape, { timesteps: T, batch: B }, name);
        const [inputs, targets] = [randomIds(12, T * B, 3), randomIds(12, T * B, 4)];
        const tensors = Object.fromEntries(
          model.parameters.all.map(({ name, shape, values }) => [name, tf.tensor(values.slice(), shape)]),
        );
        const [ids, next] = [inputs, targets].map((values) => tf.tensor2d(values, [T, B], 'int32'));
        const reference = referenceGradients(model.config, tensors, ids, next);
        tf.dispose([tensors, ids, next]);
        const { loss } = session.step(inputs, targets);
        assert.ok(Math.abs(loss / reference.loss - 1) < 1e-5);
        for (const { name } of model.parameters.all) {
          const expected = reference.gradients[name];
          const gradient = session.gradientOf(name);
          const error = Math.hypot(...expected.map((value, at) => value - gradient[at]));
          assert.ok(error <= 1e-4 * Math.hypot(...expected) + 1e-8, `${name}: error ${error}`);
        }
      });

    it('scale with what lies above the loss, as tfjs asks for them', async () => {
      const { session, model } = await smallTraining({}, {}, name);
      const [inputs, targets] = [randomIds(6, 15, 1), randomIds(6, 15, 2)];
      const variables = model.parameters.all.map(({ variable }) => variable);
      const norms = [1, 3].map((factor) => {
        const { value, grads } = tf.variableGrads(() => session.loss(inputs, targets).mul(factor), variables);
        const norm = Math.hypot(...Object.values(grads).flatMap((grad) => Array.from(grad.dataSync())));
        tf.dispose([value, grads]);
        return norm;
      });
      assert.ok(Math.abs(norms[1] / norms[0] - 3) < 1e-5);
    });
  });
