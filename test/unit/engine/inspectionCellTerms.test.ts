// What a unit's gates are made of, against the float64 oracle: the terms, and that together they are the gates.
import assert from 'node:assert/strict';
import { cellTerms, type CellTerms } from '../../../src/engine/inspection/cellTerms';
import { oracleForward, type OracleShape } from '../../oracle/float64Network';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V, T, UNIT] = [5, 3, 9, 7, 3];
const BLOCKS: Record<OracleShape['cell'], string[]> = {
  vanilla: ['h'],
  lstm: ['f', 'i', 'o', 'g'],
  gru: ['u', 'r', 'g'],
};
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

function activated(shape: OracleShape, key: string, z: number): number {
  const name = key === 'g' ? 'tanh' : key === 'h' ? shape.activation : 'sigmoid';
  return { tanh: Math.tanh, sigmoid, relu: (v: number) => Math.max(0, v) }[name](z);
}

const near = (actual: number, expected: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) < 3e-6, `${what}: ${actual}, expected ${expected}`);

describe('the terms of a unit’s pre-activations', () => {
  const warmUp = randomIds(V, 40, 3);
  const window = randomIds(V, T, 2);

  for (const { name, shape } of everyCell(H, E, V))
    it(`are what the past, the input and the bias contribute, and add up to the gates (${name})`, () => {
      const parameters = randomParameters(shape, 51);
      const terms: CellTerms = cellTerms(modelOf(shape, parameters, 60), warmUp, window, UNIT);
      const ids = [...warmUp, ...window];
      const trace = oracleForward(shape, parameters, ids, new Array<number>(ids.length).fill(-1));
      const keys = BLOCKS[shape.cell];
      near(terms.initialHidden, trace.h[warmUp.length - 1][UNIT], 'h before the window');
      near(terms.initialCell, trace.c[warmUp.length - 1][UNIT], 'c before the window');
      for (let t = 0; t < T; t++)
        keys.forEach((key, block) => {
          const at = warmUp.length + t;
          const column = block * H + UNIT;
          const weights = (row: number) => parameters.W_h[row * keys.length * H + column];
          const resets = shape.cell === 'gru' && key === 'g';
          const past = trace.h[at - 1].map((h, k) =>
            resets && shape.resetGate === 'before' ? trace.gates.r[at][k] * h : h,
          );
          const recurrent = past.reduce((sum, h, k) => sum + h * weights(k), 0);
          const input = trace.x[at].reduce((sum, x, e) => sum + x * parameters.W_x[e * keys.length * H + column], 0);
          near(terms.recurrent[t * keys.length + block], recurrent, `${key}, past, step ${t}`);
          near(terms.input[t * keys.length + block], input, `${key}, input, step ${t}`);
          near(terms.bias[block], parameters.b[column], `${key}, bias`);
          const scale = resets && shape.resetGate === 'after' ? trace.gates.r[at][UNIT] : 1;
          const z = scale * (recurrent + (resets ? terms.recurrentBias : 0)) + input + terms.bias[block];
          near(activated(shape, key, z), trace.gates[key][at][UNIT], `${key}, step ${t}`);
        });
    });

  it('are refused for a unit that is not there, and for an empty window', () => {
    const [{ shape }] = everyCell(H, E, V);
    const model = modelOf(shape, randomParameters(shape, 1), 60);
    assert.throws(() => cellTerms(model, warmUp, window, H), RangeError);
    assert.throws(() => cellTerms(model, warmUp, new Int32Array(0), 0), RangeError);
  });
});
