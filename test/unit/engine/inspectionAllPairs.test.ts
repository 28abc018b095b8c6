// Every gradient that is drawn, pair by pair, against products of float64 Jacobians.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { chainedGradients, gradientOf, norm, stateGradients } from '../../oracle/centralDifferences';
import {
  crossEntropy,
  oracleForward,
  oracleLogits,
  oracleStep,
  type OracleParameters,
  type OracleShape,
} from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const SMALLEST = 1e-30;

/** Entry by entry, j > i exactly 0; returns the smallest entry that was compared. */
function assertPairs(
  name: string,
  actual: Float32Array,
  T: number,
  expected: (i: number, j: number) => number,
): number {
  let smallest = Infinity;
  for (let i = 0; i < T; i++)
    for (let j = 0; j < T; j++) {
      const value = actual[i * T + j];
      if (j > i) assert.equal(value, 0, `${name} i=${i} j=${j}`);
      else {
        const truth = expected(i, j);
        if (truth > SMALLEST) smallest = Math.min(smallest, truth);
        const bound = truth > SMALLEST ? 1e-3 * truth : SMALLEST;
        assert.ok(Math.abs(value - truth) <= bound, `${name} i=${i} j=${j}: ${value}, expected ${truth}`);
      }
    }
  return smallest;
}

/** A window after a short warm-up, inspected, and what the oracle says about it. */
function inspectBoth(shape: OracleShape, parameters: OracleParameters, T: number, seed: number) {
  const warmUp = randomIds(shape.vocabulary, 3, seed);
  const window = randomIds(shape.vocabulary, T, seed + 1);
  const next = randomIds(shape.vocabulary, 1, seed + 2)[0];
  const targets = [...window.subarray(1), next];
  const initial = oracleForward(shape, parameters, warmUp, window).last;
  const { arrays } = inspectWindow(modelOf(shape, parameters, T), warmUp, window, next);
  return { window, targets, initial, values: (name: string) => arrays[name].values };
}

describe('the all-pairs gradients', () => {
  for (const { name, shape } of everyCell(6, 4, 7)) {
    it(`${name}: by h(j) and x(j) equal the oracle's for every pair`, () => {
      const T = 12;
      const parameters = randomParameters(shape, 21);
      const { window, targets, initial, values } = inspectBoth(shape, parameters, T, 1);
      const oracle = chainedGradients(shape, parameters, window, targets, initial);
      assertPairs('hidden', values('gradient.hidden'), T, (i, j) => norm(oracle.hidden[i][j]));
      assertPairs('input', values('gradient.input'), T, (i, j) => norm(oracle.input[i][j]));
    });

    it(`${name}: by h(j) equal differences of the whole forward pass`, () => {
      const T = 5;
      const parameters = randomParameters(shape, 22, 2);
      const { window, targets, initial, values } = inspectBoth(shape, parameters, T, 4);
      const columns = [...window.keys()].map((j) =>
        stateGradients(shape, parameters, window, targets, 'h', j, initial),
      );
      const bySmallSteps = (i: number, j: number) => norm(columns[j][i]);
      for (let i = 0; i < T; i++)
        for (let j = 0; j <= i; j++) {
          const [actual, expected] = [values('gradient.hidden')[i * T + j], bySmallSteps(i, j)];
          assert.ok(Math.abs(actual - expected) <= 1e-4 * expected + 1e-9, `i=${i} j=${j}: ${actual} ${expected}`);
        }
    });

    it(`${name}: stay right while they vanish`, () => {
      const T = 90;
      const parameters = randomParameters(shape, 23, 0.5);
      if (shape.cell === 'lstm') parameters.b.fill(-1.5, 0, 6);
      if (shape.cell === 'gru') parameters.b.fill(1.2, 0, 6);
      const { window, targets, initial, values } = inspectBoth(shape, parameters, T, 7);
      const oracle = chainedGradients(shape, parameters, window, targets, initial);
      const smallest = assertPairs('hidden', values('gradient.hidden'), T, (i, j) => norm(oracle.hidden[i][j]));
      assertPairs('input', values('gradient.input'), T, (i, j) => norm(oracle.input[i][j]));
      assert.ok(smallest < 1e-20, `the smallest gradient of this test is only ${smallest}`);
    });

    it(`${name}: the weight's gradient contributed at each step equals a change of W_h at that step alone`, () => {
      const T = 6;
      const parameters = randomParameters(shape, 24);
      const { window, targets, initial, values } = inspectBoth(shape, parameters, T, 10);
      for (let t = 0; t < T; t++) {
        const changed = { ...parameters, W_h: parameters.W_h.slice() };
        const loss = () => {
          let state = initial;
          let sum = 0;
          for (let step = 0; step < T; step++) {
            const x = parameters.embedding.slice(window[step] * 4, (window[step] + 1) * 4);
            state = oracleStep(shape, step === t ? changed : parameters, x, state);
            sum += crossEntropy(oracleLogits(shape, parameters, state.h), targets[step]);
          }
          return sum;
        };
        const expected = norm(gradientOf(loss, changed.W_h));
        const actual = values('gradient.weight')[t];
        assert.ok(Math.abs(actual - expected) <= 1e-4 * expected, `t=${t}: ${actual} ${expected}`);
      }
    });
  }
});

describe('the paths through an LSTM cell', () => {
  const [shape] = everyCell(6, 4, 7).flatMap((cell) => (cell.name === 'LSTM' ? [cell.shape] : []));
  const T = 14;

  /** ∂J(i)/∂c(i) ∘ ∏ f(k), k = j+1 … i. */
  function directPath(gates: Record<string, Float64Array[]>, atLoss: Float64Array, i: number, j: number): Float64Array {
    return atLoss.map((value, n) => gates.f.slice(j + 1, i + 1).reduce((product, f) => product * f[n], value));
  }

  it('total, direct and hidden path equal the oracle’s for every pair', () => {
    const parameters = randomParameters(shape, 31);
    const { window, targets, initial, values } = inspectBoth(shape, parameters, T, 13);
    const { cell } = chainedGradients(shape, parameters, window, targets, initial);
    const { gates } = oracleForward(shape, parameters, window, targets, initial);
    const direct = (i: number, j: number) => directPath(gates, cell[i][i], i, j);
    assertPairs('cell', values('gradient.cell'), T, (i, j) => norm(cell[i][j]));
    assertPairs('direct', values('gradient.direct'), T, (i, j) => norm(direct(i, j)));
    assertPairs('hiddenPath', values('gradient.hiddenPath'), T, (i, j) =>
      i === j ? 0 : norm(cell[i][j].map((value, n) => value - direct(i, j)[n])),
    );
  });

  it('agree when every recurrent weight is zero, and the hidden path is exactly zero', () => {
    const parameters = randomParameters(shape, 32);
    parameters.W_h.fill(0);
    const { values } = inspectBoth(shape, parameters, T, 16);
    assert.deepEqual(values('gradient.cell'), values('gradient.direct'));
    assert.deepEqual(values('gradient.hiddenPath'), new Float32Array(T * T));
    for (let i = 0; i < T; i++)
      for (let j = 0; j < T; j++) {
        assert.equal(values('gradient.hidden')[i * T + j] > 0, i === j, `i=${i} j=${j}`);
        assert.equal(values('gradient.cell')[i * T + j] > 0, j <= i, `i=${i} j=${j}`);
      }
  });

  it('keep their digits where together they all but cancel', () => {
    const unit: OracleShape = { ...shape, hiddenUnits: 1, embeddingSize: 1, vocabulary: 3 };
    const parameters = randomParameters(unit, 34);
    // Nothing is read and all states stay zero, where c(t) = f c(t−1) − i h(t−1) and h(t) = o c(t).
    for (const name of ['W_x', 'W_h']) parameters[name].fill(0);
    parameters.W_h[3] = -1;
    const logit = (p: number) => Math.fround(Math.log(p / (1 - p)));
    parameters.b.set([logit(0.7), logit(0.9), logit(0.6), 0]);
    const steps = 40;
    const { values } = inspectBoth(unit, parameters, steps, 28);
    const [f, i, o] = ['f', 'i', 'o'].map((gate) => values(`gate.${gate}`)[0]);
    const flows: [name: string, expected: (lag: number) => number][] = [
      ['cell', (lag) => (f - i * o) ** lag],
      ['direct', (lag) => f ** lag],
      ['hiddenPath', (lag) => f ** lag - (f - i * o) ** lag],
    ];
    const last = (name: string) => values(`gradient.${name}`).subarray((steps - 1) * steps);
    for (const [name, expected] of flows)
      for (let j = 0; j < steps; j++) {
        const [actual, truth] = [last(name)[j], last('cell')[steps - 1] * expected(steps - 1 - j)];
        assert.ok(Math.abs(actual - truth) <= 1e-4 * truth, `${name} j=${j}: ${actual}, expected ${truth}`);
      }
  });

  it('with closed forget gates nothing reaches the cell state before', () => {
    const parameters = randomParameters(shape, 33);
    parameters.W_h.fill(0);
    parameters.W_x.fill(0);
    parameters.b.fill(-200, 0, 6);
    const { values } = inspectBoth(shape, parameters, T, 19);
    for (let i = 0; i < T; i++)
      for (let j = 0; j < i; j++) assert.ok(values('gradient.cell')[i * T + j] < SMALLEST, `i=${i} j=${j}`);
  });
});

describe('closed forms of gradient flow', () => {
  const relu: OracleShape = {
    cell: 'vanilla',
    activation: 'relu',
    resetGate: 'before',
    hiddenUnits: 6,
    embeddingSize: 4,
    vocabulary: 7,
  };

  /** A relu network whose units never switch off, W_h = gain·I. */
  function alwaysOn(gain: number): OracleParameters {
    const parameters = randomParameters(relu, 41);
    for (const name of ['embedding', 'W_x', 'b'])
      parameters[name] = parameters[name].map((value) => Math.fround(0.01 * Math.abs(value)));
    parameters.W_h.fill(0);
    for (let n = 0; n < 6; n++) parameters.W_h[n * 7] = gain;
    return parameters;
  }

  it('an identity relu network carries a gradient unchanged over any lag', () => {
    const T = 40;
    const { values } = inspectBoth(relu, alwaysOn(1), T, 22);
    const hidden = values('gradient.hidden');
    for (let i = 0; i < T; i++) for (let j = 0; j <= i; j++) assert.equal(hidden[i * T + j], hidden[i * T + i]);
  });

  it('a gain of one half or two halves or doubles it at every step', () => {
    const T = 40;
    for (const gain of [0.5, 2]) {
      const { values } = inspectBoth(relu, alwaysOn(gain), T, 25);
      const hidden = values('gradient.hidden');
      for (let i = 0; i < T; i++)
        for (let j = 0; j <= i; j++) {
          const expected = hidden[i * T + i] * gain ** (i - j);
          assert.ok(Math.abs(hidden[i * T + j] - expected) <= 1e-6 * expected, `i=${i} j=${j}`);
        }
    }
  });
});
