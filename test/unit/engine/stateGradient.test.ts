// The gradient of the whole state, by which cells are compared: its parts, and the memory length of linear networks.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { stateGradient } from '../../../src/engine/inspection/stateGradient';
import { lagRowsOf, memoryLength, relativeToStart } from '../../../src/protocol/lagStatistics';
import type { OracleShape } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V] = [6, 4, 7];

describe('the gradient of the whole state', () => {
  it('is that of h, and of an LSTM’s c besides', () => {
    for (const { shape } of everyCell(H, E, V)) {
      const model = modelOf(shape, randomParameters(shape, 3), 20);
      const { arrays } = inspectWindow(model, new Int32Array(0), randomIds(V, 20, 2), null);
      const [hidden, own] = ['gradient.hidden', 'gradient.cell'].map((name) => arrays[name]?.values);
      stateGradient(arrays).forEach((norm, k) => {
        const expected = own ? Math.sqrt(hidden[k] ** 2 + own[k] ** 2) : hidden[k];
        assert.ok(Object.is(norm, expected) || Math.abs(norm - expected) <= 1e-6 * expected, `${norm} ${expected}`);
      });
    }
  });

  it('gives a linear network W_h = gI a memory within one step of ln ε / ln g', () => {
    const shape: OracleShape = {
      ...{ cell: 'vanilla', activation: 'tanh', resetGate: 'before' },
      ...{ hiddenUnits: H, embeddingSize: E, vocabulary: V },
    };
    for (const gain of [0.5, 0.8, 0.9]) {
      const parameters = randomParameters(shape, 1);
      for (const name of ['embedding', 'W_x', 'b', 'W_h']) parameters[name].fill(0);
      for (let k = 0; k < H; k++) parameters.W_h[k * H + k] = gain;
      const T = 80;
      const { arrays } = inspectWindow(modelOf(shape, parameters, T), new Int32Array(0), randomIds(V, T, 1), null);
      const found = memoryLength([relativeToStart(lagRowsOf(stateGradient(arrays), T))]);
      const exact = Math.log(0.01) / Math.log(gain);
      assert.ok(found?.lag && Math.abs(found.lag - exact) <= 1, `g = ${gain}: ${found?.lag} beside ${exact}`);
    }
  });
});
