// What the cell view writes can be computed again: from the numbers as they stand there to the states as they stand there.
import assert from 'node:assert/strict';
import type { FrameArrays, FrameHeader } from '../../../src/protocol/traceFrame';
import {
  CELL_RULES,
  agreeingDecimals,
  cellValues,
  decimal,
  type CellValues,
} from '../../../webview/geometry/cellNumbers';
import { preActivationRules } from '../../../webview/geometry/cellTermNumbers';
import { randomNumbers } from '../../oracle/smallNetworks';

const random = randomNumbers(12);
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
/** Pre-activations from nearly linear to thoroughly saturated. */
const z = (): number => (random() - 0.5) * 10 ** (3 * random() - 1);
const single = (values: CellValues): CellValues =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Math.fround(value)]));

/** Random frames' cells, rounded to float32 as frames are, the states computed from float32 gates with an error of a few bits. */
const CELLS: Record<string, () => CellValues> = {
  lstm: () => {
    const v = single({ f: sigmoid(z()), i: sigmoid(z()), o: sigmoid(z()), g: Math.tanh(z()), previousC: z() });
    const c = Math.fround((v.f * v.previousC + v.i * v.g) * (1 + 3e-7 * (random() - 0.5)));
    return { ...v, c, h: Math.fround(v.o * Math.tanh(c) * (1 + 3e-7 * (random() - 0.5))) };
  },
  gru: () => {
    const v = single({ u: sigmoid(z()), r: sigmoid(z()), g: Math.tanh(z()), previousH: Math.tanh(z()) });
    return { ...v, h: Math.fround(((1 - v.u) * v.previousH + v.u * v.g) * (1 + 3e-7 * (random() - 0.5))) };
  },
};

/** Reads a number as it is written. */
const read = (text: string): number => Number(text.replace('−', '-'));

describe('the numbers of a cell', () => {
  for (const [cell, make] of Object.entries(CELLS))
    it(`give the written states when they are computed again from what is written (${cell}, 4,000 cells)`, () => {
      let longest = 0;
      for (let k = 0; k < 4000; k++) {
        const values = make();
        const { inputs, results } = agreeingDecimals({ rules: CELL_RULES[cell], values });
        longest = Math.max(longest, inputs, results);
        const shown = (key: string): number => read(decimal(values[key], inputs));
        if (cell === 'lstm') {
          const c = shown('f') * shown('previousC') + shown('i') * shown('g');
          assert.equal(decimal(c, results), decimal(values.c, results), `c of ${JSON.stringify(values)}`);
          const h = shown('o') * Math.tanh(shown('c'));
          assert.equal(decimal(h, results), decimal(values.h, results), `h of ${JSON.stringify(values)}`);
        } else {
          const h = (1 - shown('u')) * shown('previousH') + shown('u') * shown('g');
          assert.equal(decimal(h, results), decimal(values.h, results), `h of ${JSON.stringify(values)}`);
        }
      }
      assert.ok(longest <= 8);
    });

  it('give the written gates when they are computed again from their written terms', () => {
    for (let k = 0; k < 4000; k++) {
      const after = k % 3 === 0;
      const activation = (['sigmoid', 'tanh', 'relu'] as const)[k % 3];
      const terms = single({ past: z(), input: z(), bias: z(), reset: sigmoid(z()), second: z() });
      const sum = (after ? terms.reset * (terms.past + terms.second) : terms.past) + terms.input + terms.bias;
      const value = Math.fround({ sigmoid, tanh: Math.tanh, relu: (x: number) => Math.max(0, x) }[activation](sum));
      const values: CellValues = { ...terms, sum, value };
      const { inputs, results } = agreeingDecimals({ rules: preActivationRules(activation, after), values });
      const shown = (key: string): number => read(decimal(values[key], inputs));
      const again =
        (after ? shown('reset') * (shown('past') + shown('second')) : shown('past')) + shown('input') + shown('bias');
      assert.equal(decimal(again, results), decimal(sum, results));
      const activated = { sigmoid, tanh: Math.tanh, relu: (x: number) => Math.max(0, x) }[activation](again);
      assert.equal(decimal(activated, results), decimal(value, results), JSON.stringify(values));
    }
  });

  it('have a true minus sign, none before zero, and no digits where there is no number', () => {
    assert.deepEqual([decimal(-0.4304, 2), decimal(-0.004, 2), decimal(NaN, 2)], ['−0.43', '0.00', '–']);
    const values = { f: NaN, i: 1, o: 1, g: 1, previousC: 0, c: NaN, h: NaN };
    assert.deepEqual(agreeingDecimals({ rules: CELL_RULES.lstm, values }), { inputs: 3, results: 2 });
  });

  it('are those of the frame, with the state before the window where that is known', () => {
    const keys = ['f', 'i', 'o', 'g', 'c', 'h'];
    const header = { cell: 'lstm', hiddenUnits: 2, gates: keys.map((key) => ({ key })) } as FrameHeader;
    const arrays: FrameArrays = Object.fromEntries(
      keys.map((key, k) => [`gate.${key}`, { shape: [2, 2], values: Float32Array.of(k, k + 10, k + 20, k + 30) }]),
    );
    assert.deepEqual(cellValues(header, arrays, 1, 1, null), {
      ...{ f: 30, i: 31, o: 32, g: 33, c: 34, h: 35 },
      ...{ previousH: 15, previousC: 14 },
    });
    assert.equal(cellValues(header, arrays, 0, 1, null).previousC, undefined);
    assert.equal(cellValues(header, arrays, 0, 1, { hidden: 7, cell: 8 }).previousC, 8);
  });
});
