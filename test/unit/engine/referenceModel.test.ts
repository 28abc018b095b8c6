// The readable definition against the float64 oracle: loss, and gradients against central differences.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { referenceGradients, referenceLoss } from '../../../src/engine/reference/referenceModel';
import { gradientOf, norm } from '../../oracle/centralDifferences';
import { oracleBatchLoss, type OracleParameters, type OracleShape } from '../../oracle/float64Network';
import { everyCell, parameterShapes, randomIds, randomNumbers, randomParameters } from '../../oracle/smallNetworks';

const tensors = (shape: OracleShape, parameters: OracleParameters) =>
  Object.fromEntries(
    Object.entries(parameterShapes(shape)).map(([name, size]) => [
      name,
      tf.tensor(Float32Array.from(parameters[name]), size),
    ]),
  );

describe('the reference model', () => {
  const [T, B, V] = [5, 2, 6];
  before(() => tf.setBackend('cpu'));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  for (const { name, shape } of everyCell(4, 3, V))
    describe(name, () => {
      const parameters = randomParameters(shape, 5);
      const random = randomNumbers(9);
      const states = Array.from({ length: B }, () => ({
        h: Float64Array.from({ length: 4 }, () => Math.fround(random() - 0.5)),
        c: Float64Array.from({ length: 4 }, () => Math.fround(random() - 0.5)),
      }));
      const [ids, targets] = [randomIds(V, T * B, 1), randomIds(V, T * B, 2)];
      const batch = () => [tf.tensor2d(ids, [T, B], 'int32'), tf.tensor2d(targets, [T, B], 'int32')] as const;
      const joined = (key: 'h' | 'c') =>
        tf.tensor2d(
          states.flatMap((state) => [...state[key]]),
          [B, 4],
        );
      const initial = () => [[{ h: joined('h'), c: joined('c') }]];

      it('has the loss of the float64 oracle, from zeros and from a carried state', () => {
        for (const carried of [false, true]) {
          const loss = referenceLoss(shape, tensors(shape, parameters), ...batch(), carried ? initial() : undefined);
          const expected = oracleBatchLoss(shape, parameters, ids, targets, B, carried ? states : undefined);
          const actual = loss.dataSync()[0];
          assert.ok(Math.abs(actual - expected) <= 1e-6 * expected, `${actual} ${expected}`);
        }
      });

      it('has the gradients of central differences', () => {
        const { gradients } = referenceGradients(shape, tensors(shape, parameters), ...batch(), initial());
        assert.deepEqual(Object.keys(gradients), Object.keys(parameters));
        for (const [parameter, actual] of Object.entries(gradients)) {
          const loss = () => oracleBatchLoss(shape, parameters, ids, targets, B, states);
          const expected = gradientOf(loss, parameters[parameter]);
          const difference = norm(expected.map((v, k) => v - actual[k]));
          assert.ok(difference <= 1e-5 * norm(expected), `${parameter}: ${difference} of ${norm(expected)}`);
        }
      });
    });
});
