// Continuing a text: reproducible, from the model's own distribution, and never with the unknown token.
import assert from 'node:assert/strict';
import { sampleContinuation } from '../../../src/engine/inspection/continueText';
import { oracleForward } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V] = [5, 3, 9];
const NOTHING = new Int32Array(0);

describe('a continuation', () => {
  const { shape } = everyCell(H, E, V)[3];
  const parameters = randomParameters(shape, 61, 3);
  const model = modelOf(shape, parameters, 32);
  const prefix = randomIds(V, 70, 1);

  it('at temperature 0 takes the likeliest token each time, as the oracle does', () => {
    const text = [...prefix];
    for (let t = 0; t < 20; t++) {
      const logits = oracleForward(shape, parameters, text, text).logits[text.length - 1];
      logits[0] = -Infinity;
      text.push(logits.indexOf(Math.max(...logits)));
    }
    assert.deepEqual([...sampleContinuation(model, prefix, 20, 0, 1)], text.slice(prefix.length));
    assert.deepEqual(sampleContinuation(model, prefix, 20, 0, 1), sampleContinuation(model, prefix, 20, 0, 2));
  });

  it('is the same for the same seed and another for another', () => {
    const first = sampleContinuation(model, prefix, 60, 1, 7);
    assert.deepEqual(sampleContinuation(model, prefix, 60, 1, 7), first);
    assert.notDeepEqual(sampleContinuation(model, prefix, 60, 1, 8), first);
  });

  it('follows the distribution of the logits divided by the temperature', () => {
    const flat = {
      ...parameters,
      W_o: new Float64Array(H * V),
      b_o: Float64Array.from({ length: V }, (_, k) => k / 2),
    };
    const temperature = 2;
    const count = 20000;
    const sampled = sampleContinuation(modelOf(shape, flat, 32), NOTHING, count, temperature, 3);
    const weights = Array.from({ length: V }, (_, k) => (k === 0 ? 0 : Math.exp(k / 2 / temperature)));
    const total = weights.reduce((a, b) => a + b);
    for (let id = 0; id < V; id++) {
      const expected = weights[id] / total;
      const share = sampled.filter((token) => token === id).length / count;
      const deviation = Math.sqrt((expected * (1 - expected)) / count);
      assert.ok(Math.abs(share - expected) <= 4 * deviation, `token ${id}: ${share}, expected ${expected}`);
    }
  });

  it('never writes the unknown token unless there is no other', () => {
    const biased = { ...parameters, b_o: parameters.b_o.map((value, k) => (k === 0 ? 50 : value)) };
    for (const temperature of [0, 1, 10])
      assert.ok(!sampleContinuation(modelOf(shape, biased, 32), prefix, 50, temperature, 1).includes(0));
    const alone = { ...shape, vocabulary: 1 };
    const only = modelOf(alone, randomParameters(alone, 62), 32);
    assert.deepEqual([...sampleContinuation(only, NOTHING, 3, 1, 1)], [0, 0, 0]);
  });

  it('gives back the arena', () => {
    const before = model.kernels.mark();
    sampleContinuation(model, prefix, 5, 1, 1);
    assert.equal(model.kernels.mark(), before);
  });
});
