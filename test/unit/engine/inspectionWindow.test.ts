// A window's states, losses and predictions against the float64 oracle, and what is said where nothing can be known.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { oracleForward } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V, T] = [5, 3, 9, 11];

const GATES: Record<string, string[]> = {
  vanilla: ['gate.h'],
  lstm: ['gate.f', 'gate.i', 'gate.o', 'gate.g', 'gate.c', 'gate.h'],
  gru: ['gate.u', 'gate.r', 'gate.g', 'gate.h'],
};

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length);
  for (let k = 0; k < actual.length; k++)
    assert.ok(Math.abs(actual[k] - expected[k]) <= tolerance, `${what}[${k}]: ${actual[k]}, expected ${expected[k]}`);
}

describe('the inspection of a window', () => {
  const window = randomIds(V, T, 2);
  const next = 4;

  for (const { name, shape } of everyCell(H, E, V))
    describe(name, () => {
      const parameters = randomParameters(shape, 51);
      const model = modelOf(shape, parameters, T);
      const text = (warmUp: Int32Array) => [...warmUp, ...window, next];

      for (const warmUpTokens of [0, 1, 75])
        it(`has the oracle’s gates, losses and surprisal after ${warmUpTokens} tokens of warm-up`, () => {
          const warmUp = randomIds(V, warmUpTokens, 3);
          const all = text(warmUp);
          const oracle = oracleForward(shape, parameters, all.slice(0, -1), all.slice(1));
          const { arrays } = inspectWindow(model, warmUp, window, next);
          assert.deepEqual(
            Object.keys(arrays).filter((key) => key.startsWith('gate.')),
            GATES[shape.cell],
          );
          for (const key of GATES[shape.cell]) {
            assert.deepEqual(arrays[key].shape, [T, H]);
            const rows = key === 'gate.c' ? oracle.c : oracle.gates[key.slice('gate.'.length)];
            assertClose(
              arrays[key].values,
              rows.slice(warmUpTokens).flatMap((row) => [...row]),
              2e-6,
              key,
            );
          }
          assertClose(arrays.loss.values, oracle.losses.subarray(warmUpTokens), 5e-6, 'loss');
          const surprisal = oracle.losses.map((nats) => nats / Math.log(2));
          if (warmUpTokens === 0) {
            assert.ok(Number.isNaN(arrays.surprisal.values[0]), 'nothing predicts the first token of a text');
            assertClose(arrays.surprisal.values.subarray(1), surprisal.subarray(0, T - 1), 1e-5, 'surprisal');
          } else assertClose(arrays.surprisal.values, surprisal.subarray(warmUpTokens - 1, -1), 1e-5, 'surprisal');
        });

      it('names the five likeliest next tokens, best first', () => {
        const { predictions } = inspectWindow(model, new Int32Array(0), window, next);
        const { logits } = oracleForward(shape, parameters, window, window);
        assert.equal(predictions.length, T);
        predictions.forEach((row, t) => {
          const total = logits[t].reduce((sum, logit) => sum + Math.exp(logit), 0);
          const ranked = [...logits[t].keys()].sort((a, b) => logits[t][b] - logits[t][a]).slice(0, 5);
          assert.deepEqual(
            row.map(({ id }) => id),
            ranked,
          );
          assertClose(
            row.map(({ probability }) => probability),
            ranked.map((id) => Math.exp(logits[t][id]) / total),
            1e-6,
            'probability',
          );
        });
      });

      it('does not know the loss after the end of the text, nor anything that comes of it', () => {
        const { arrays } = inspectWindow(model, new Int32Array(0), window, null);
        const { arrays: shorter } = inspectWindow(model, new Int32Array(0), window.subarray(0, T - 1), window[T - 1]);
        assert.ok(Number.isNaN(arrays.loss.values[T - 1]));
        assert.ok(Number.isNaN(arrays['gradient.weight'].values[T - 1]));
        assert.deepEqual(arrays.loss.values.subarray(0, T - 1), shorter.loss.values);
        for (const [key, { shape: size, values }] of Object.entries(arrays)) {
          if (!key.startsWith('gradient.') || size.length === 1) continue;
          assert.ok(values.subarray(T * (T - 1)).every(Number.isNaN), key);
          for (let i = 0; i < T - 1; i++)
            assert.deepEqual(
              [...values.subarray(i * T, (i + 1) * T - 1)],
              [...shorter[key].values.subarray(i * (T - 1), (i + 1) * (T - 1))],
            );
        }
      });

      it('inspects a single token', () => {
        const { arrays } = inspectWindow(model, new Int32Array(0), window.subarray(0, 1), null);
        assert.ok(Number.isNaN(arrays['gradient.hidden'].values[0]));
        const known = inspectWindow(model, new Int32Array(0), window.subarray(0, 1), 2).arrays;
        assert.ok(known['gradient.hidden'].values[0] > 0);
      });

      it('gives back the arena and hands out copies', () => {
        const before = model.kernels.mark();
        const { arrays } = inspectWindow(model, window, window, next);
        assert.equal(model.kernels.mark(), before);
        for (const { values, shape: size } of Object.values(arrays)) {
          assert.equal(
            values.length,
            size.reduce((a, b) => a * b, 1),
          );
          assert.equal(values.byteLength, values.buffer.byteLength);
        }
      });
    });

  it('shows gates from which h(t) can be computed again', () => {
    for (const { shape } of everyCell(H, E, V).filter(({ shape: { cell } }) => cell !== 'vanilla')) {
      const model = modelOf(shape, randomParameters(shape, 52), T);
      const { arrays } = inspectWindow(model, new Int32Array(0), window, next);
      const gate = (key: string, t: number, n: number) => (t < 0 ? 0 : arrays[`gate.${key}`].values[t * H + n]);
      for (let t = 0; t < T; t++)
        for (let n = 0; n < H; n++) {
          const c = () => gate('f', t, n) * gate('c', t - 1, n) + gate('i', t, n) * gate('g', t, n);
          const again =
            shape.cell === 'lstm'
              ? gate('o', t, n) * Math.tanh(c())
              : (1 - gate('u', t, n)) * gate('h', t - 1, n) + gate('u', t, n) * gate('g', t, n);
          assert.ok(Math.abs(again - gate('h', t, n)) <= 1e-6, `${shape.cell} t=${t} unit ${n}`);
        }
    }
  });

  it('keeps the loss and gradient of a near-certain prediction', () => {
    const shape = everyCell(H, E, V)[0].shape;
    const parameters = randomParameters(shape, 53);
    parameters.W_o.fill(0);
    parameters.b_o.fill(0);
    parameters.b_o[next] = 20;
    const { arrays } = inspectWindow(modelOf(shape, parameters, T), new Int32Array(0), window.subarray(0, 1), next);
    const expected = Math.log1p((V - 1) * Math.exp(-20));
    assert.ok(Math.abs(arrays.loss.values[0] - expected) < 1e-4 * expected, `${arrays.loss.values[0]} ${expected}`);
  });

  it('needs no more memory than it says, whatever is large', () => {
    const sizes: [number, number, number, number][] = [
      [48, 8, 20, 3],
      [8, 64, 20, 50],
      [8, 8, 800, 33],
      [20, 12, 30, 80],
    ];
    for (const [hiddenUnits, embeddingSize, vocabulary, columns] of sizes)
      for (const { shape } of everyCell(hiddenUnits, embeddingSize, vocabulary)) {
        const model = modelOf(shape, randomParameters(shape, 55, 0.5), columns);
        const text = randomIds(vocabulary, columns, 5);
        assert.doesNotThrow(() => inspectWindow(model, text, text, 1));
      }
  });

  it('refuses an empty window and tokens outside the vocabulary', () => {
    const { shape } = everyCell(H, E, V)[3];
    const model = modelOf(shape, randomParameters(shape, 54), T);
    const before = model.kernels.mark();
    assert.throws(() => inspectWindow(model, new Int32Array(0), new Int32Array(0), 1), RangeError);
    assert.throws(() => inspectWindow(model, new Int32Array(0), Int32Array.of(V), 1), RangeError);
    assert.throws(() => inspectWindow(model, Int32Array.of(-1), Int32Array.of(1), 1), RangeError);
    assert.throws(() => inspectWindow(model, new Int32Array(0), Int32Array.of(1), V), RangeError);
    assert.equal(model.kernels.mark(), before);
  });
});
