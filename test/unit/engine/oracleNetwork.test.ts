// The oracle has to be right before anything is compared with it: closed forms, and its two kinds of gradients against each other.
import assert from 'node:assert/strict';
import { chainedGradients, norm, stateGradients } from '../../oracle/centralDifferences';
import { crossEntropy, oracleForward, oracleStep, type OracleShape } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';

const one = (cell: OracleShape['cell'], resetGate: OracleShape['resetGate'] = 'before'): OracleShape => ({
  cell,
  activation: 'tanh',
  resetGate,
  hiddenUnits: 1,
  embeddingSize: 1,
  vocabulary: 2,
});
const numbers = (...values: number[]) => Float64Array.from(values);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-14, `${actual} ${expected}`);

describe('the float64 oracle', () => {
  it('computes a vanilla step as the equation says', () => {
    const { h } = oracleStep(one('vanilla'), { W_x: numbers(2), W_h: numbers(3), b: numbers(0.1) }, numbers(0.5), {
      h: numbers(0.2),
      c: numbers(0),
    });
    close(h[0], Math.tanh(3 * 0.2 + 2 * 0.5 + 0.1));
  });

  it('computes an LSTM step with its blocks in the order f, i, o, c̃', () => {
    const parameters = { W_x: numbers(1, 2, 3, 4), W_h: numbers(5, 6, 7, 8), b: numbers(0.1, 0.2, 0.3, 0.4) };
    const { h, c } = oracleStep(one('lstm'), parameters, numbers(0.5), { h: numbers(-0.2), c: numbers(0.7) });
    const [f, i, o] = [0.5 - 1 + 0.1, 1 - 1.2 + 0.2, 1.5 - 1.4 + 0.3].map(sigmoid);
    const expected = f * 0.7 + i * Math.tanh(2 - 1.6 + 0.4);
    close(c[0], expected);
    close(h[0], o * Math.tanh(expected));
  });

  it('computes a GRU step with the reset gate before and after the product', () => {
    const parameters = { W_x: numbers(1, 2, 3), W_h: numbers(4, 5, 6), b: numbers(0.1, 0.2, 0.3), b_hh: numbers(0.7) };
    const before = { h: numbers(-0.2), c: numbers(0) };
    const u = sigmoid(0.5 - 0.8 + 0.1);
    const r = sigmoid(1 - 1 + 0.2);
    const inside = Math.tanh(6 * (r * -0.2) + 1.5 + 0.3);
    const outside = Math.tanh(r * (6 * -0.2 + 0.7) + 1.5 + 0.3);
    close(oracleStep(one('gru'), parameters, numbers(0.5), before).h[0], (1 - u) * -0.2 + u * inside);
    close(oracleStep(one('gru', 'after'), parameters, numbers(0.5), before).h[0], (1 - u) * -0.2 + u * outside);
  });

  it('gives ln V for equal logits and survives large ones', () => {
    close(crossEntropy(numbers(3, 3, 3, 3), 2), Math.log(4));
    close(crossEntropy(numbers(1000, 0), 0), 0);
    assert.ok(Number.isNaN(crossEntropy(numbers(1, 2), -1)));
  });

  it('averages only over known targets', () => {
    const shape = one('vanilla');
    const parameters = randomParameters(shape, 3);
    const trace = oracleForward(shape, parameters, [0, 1, 1], [1, 1, -1]);
    close(trace.loss, (trace.losses[0] + trace.losses[1]) / 2);
  });

  for (const { name, shape } of everyCell(4, 3, 5))
    it(`${name}: products of one-step Jacobians equal differences of the whole pass`, () => {
      const parameters = randomParameters(shape, 11);
      const ids = randomIds(5, 6, 1);
      const targets = randomIds(5, 6, 2);
      const chained = chainedGradients(shape, parameters, ids, targets);
      for (let j = 0; j < 6; j++)
        for (const what of ['h', 'c', 'x'] as const) {
          if (what === 'c' && shape.cell !== 'lstm') continue;
          const whole = stateGradients(shape, parameters, ids, targets, what, j);
          const products = { h: chained.hidden, c: chained.cell, x: chained.input }[what];
          for (let i = j; i < 6; i++) {
            const difference = norm(whole[i].map((v, n) => v - products[i][j][n]));
            assert.ok(difference < 1e-8, `${what} i=${i} j=${j}: ${difference}`);
          }
        }
    });
});
