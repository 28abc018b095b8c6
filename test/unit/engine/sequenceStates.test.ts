// The states of one sequence: those of the float64 oracle in both directions, and equal to the bit where what was read is equal.
import assert from 'node:assert/strict';
import { sequenceStates } from '../../../src/engine/inspection/sequenceStates';
import { oracleStep, zeroState, type OracleParameters, type OracleShape } from '../../oracle/float64Network';
import { largestDifference } from './kernelsUnderTest';
import { disposeModels, smallTraining } from './smallTraining';

const SHAPE: OracleShape = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before' },
  ...{ hiddenUnits: 7, embeddingSize: 5, vocabulary: 6 },
};
const HEAD = { kind: 'classes', classes: 3, pooling: 'mean' } as const;

describe('the states of a sequence', () => {
  afterEach(disposeModels);

  it('are those of the oracle, by token, from the front and from behind', async () => {
    const { model } = await smallTraining({ bidirectional: true, head: HEAD });
    const parameters: OracleParameters = Object.fromEntries(
      model.parameters.all.map(({ name, values }) => [name, Float64Array.from(values)]),
    );
    const ids = Int32Array.of(3, 1, 4, 1, 5);
    const { states, probabilities } = sequenceStates(model, ids);
    for (const [direction, suffix] of ['', '_l0_reverse'].entries()) {
      const [W_x, W_h, b] = ['W_x', 'W_h', 'b'].map((name) => parameters[name + suffix]);
      let state = zeroState(SHAPE);
      for (let step = 0; step < ids.length; step++) {
        const t = direction === 0 ? step : ids.length - 1 - step;
        const x = parameters.embedding.slice(ids[t] * 5, (ids[t] + 1) * 5);
        state = oracleStep(SHAPE, { W_x, W_h, b }, x, state);
        assert.ok(largestDifference(states[0][direction].subarray(t * 7, (t + 1) * 7), state.h) < 1e-6);
      }
    }
    assert.equal(probabilities.length, 3);
    assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-6);
  });

  it('of what was read are equal to the bit whatever follows; from behind they are not', async () => {
    const { model } = await smallTraining({ bidirectional: true, layers: 2, head: HEAD });
    const [one, other] = [Int32Array.of(2, 3, 1, 4), Int32Array.of(2, 3, 5, 0, 1)].map((ids) =>
      sequenceStates(model, ids),
    );
    const rows = (states: Float32Array[][], layer: number, direction: number) =>
      states[layer][direction].subarray(0, 2 * 7);
    assert.deepEqual(rows(one.states, 0, 0), rows(other.states, 0, 0));
    assert.notDeepEqual(rows(one.states, 0, 1), rows(other.states, 0, 1));
    // What stands above a layer that reads both ways knows both sides in both directions.
    assert.notDeepEqual(rows(one.states, 1, 0), rows(other.states, 1, 0));
  });

  it('take no memory for good, and there are none of no token', async () => {
    const { model, kernels } = await smallTraining({ head: HEAD });
    const before = kernels.mark();
    sequenceStates(model, Int32Array.of(1, 2));
    assert.equal(kernels.mark(), before);
    assert.throws(() => sequenceStates(model, new Int32Array()), RangeError);
  });
});
