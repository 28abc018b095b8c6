// What every loss alone adds to ∂J/∂W_h at every step, against changes of W_h at that step alone.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { chainedGradients, gradientOf, norm } from '../../oracle/centralDifferences';
import { crossEntropy, oracleForward, oracleLogits, oracleStep, zeroState } from '../../oracle/float64Network';
import type { OracleParameters, OracleShape, OracleState } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V] = [6, 4, 7];
const SMALLEST = 1e-30;

/** ∂(h, c)(t)/∂W_h of one step, a row per weight. */
function byWeights(shape: OracleShape, parameters: OracleParameters, x: Float64Array, before: OracleState) {
  const changed = { ...parameters, W_h: parameters.W_h.slice() };
  const EPSILON = 1e-5;
  return Array.from(changed.W_h, (value, n) => {
    const pushed = (by: number) => {
      changed.W_h[n] = value + by;
      const { h, c } = oracleStep(shape, changed, x, before);
      changed.W_h[n] = value;
      return Float64Array.from([...h, ...c]);
    };
    const below = pushed(-EPSILON);
    return pushed(EPSILON).map((v, k) => (v - below[k]) / (2 * EPSILON));
  });
}

/** ∂J(i)/∂W_h contributed at t for every pair, as norms: what reaches the state at t times that state's differences by W_h. */
function itemised(shape: OracleShape, parameters: OracleParameters, ids: Int32Array, targets: number[]): number[][] {
  const { hidden, cell } = chainedGradients(shape, parameters, ids, targets);
  const trace = oracleForward(shape, parameters, ids, targets);
  const steps = trace.x.map((x, t) => {
    const before = t === 0 ? zeroState(shape) : { h: trace.h[t - 1], c: trace.c[t - 1] };
    return byWeights(shape, parameters, x, before);
  });
  return targets.map((_, i) =>
    targets.map((_, t) => {
      if (t > i) return 0;
      // The part of ∂J(i)/∂c(t) that does not go through h(t), which the differences of h(t) hold already.
      const held = cell[i][t].map((total, n) => {
        if (shape.cell !== 'lstm') return 0;
        return total - hidden[i][t][n] * trace.gates.o[t][n] * (1 - Math.tanh(trace.c[t][n]) ** 2);
      });
      const reached = [...hidden[i][t], ...held];
      return norm(steps[t].map((weight) => weight.reduce((sum, v, n) => sum + v * reached[n], 0)));
    }),
  );
}

describe('the itemised contributions to the gradient of the recurrent weights', () => {
  for (const { name, shape } of everyCell(H, E, V)) {
    it(`${name}: equal a change of W_h at that step alone, loss by loss`, () => {
      const T = 5;
      const parameters = randomParameters(shape, 24);
      const window = randomIds(V, T, 11);
      const targets = [...window.subarray(1), 3];
      const { arrays } = inspectWindow(modelOf(shape, parameters, T), new Int32Array(), window, 3);
      for (let t = 0; t < T; t++)
        for (let i = 0; i < T; i++) {
          const changed = { ...parameters, W_h: parameters.W_h.slice() };
          const loss = () => {
            let state = zeroState(shape);
            for (let step = 0; step <= i; step++) {
              const x = parameters.embedding.slice(window[step] * E, (window[step] + 1) * E);
              state = oracleStep(shape, step === t ? changed : parameters, x, state);
            }
            return crossEntropy(oracleLogits(shape, parameters, state.h), targets[i]);
          };
          const expected = norm(gradientOf(loss, changed.W_h));
          const actual = arrays['gradient.weightItemised'].values[i * T + t];
          assert.ok(Math.abs(actual - expected) <= 1e-4 * expected + 1e-9, `i=${i} t=${t}: ${actual} ${expected}`);
        }
    });

    it(`${name}: stay right while they vanish, and are exactly zero before the first state and after the loss`, () => {
      const T = 60;
      const parameters = randomParameters(shape, 23, 0.5);
      if (shape.cell === 'lstm') parameters.b.fill(-1.5, 0, H);
      if (shape.cell === 'gru') parameters.b.fill(1.2, 0, H);
      const window = randomIds(V, T, 12);
      const { arrays } = inspectWindow(modelOf(shape, parameters, T), new Int32Array(), window, 3);
      const expected = itemised(shape, parameters, window, [...window.subarray(1), 3]);
      expected.forEach((row, i) =>
        row.forEach((truth, t) => {
          const actual = arrays['gradient.weightItemised'].values[i * T + t];
          // W_h multiplies the initial state, which is zero, at the first step.
          if (t > i || t === 0) assert.equal(actual, 0, `i=${i} t=${t}`);
          else {
            const bound = truth > SMALLEST ? 1e-3 * truth : SMALLEST;
            assert.ok(Math.abs(actual - truth) <= bound, `i=${i} t=${t}: ${actual}, expected ${truth}`);
          }
        }),
      );
      assert.ok(Math.min(...expected.flat().filter((v) => v > 0)) < 1e-14);
    });
  }

  it('are not known where the loss is not', () => {
    const [{ shape }] = everyCell(H, E, V);
    const T = 4;
    const { arrays } = inspectWindow(
      modelOf(shape, randomParameters(shape, 1), T),
      new Int32Array(),
      randomIds(V, T, 1),
      null,
    );
    const { values, shape: dimensions } = arrays['gradient.weightItemised'];
    assert.deepEqual(dimensions, [T, T]);
    assert.ok(values.subarray(0, 3 * T).every(Number.isFinite) && values.subarray(3 * T).every(Number.isNaN));
  });
});
