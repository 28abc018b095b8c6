// One timestep of each cell in every set of compiled kernels against the plain definition, for sizes with and without rests.
import assert from 'node:assert/strict';
import type { CellKernels } from '../../../src/engine/kernels/cellKernels';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { inArena, kernelsNamed, largestDifference, RUNNING_VARIANTS } from './kernelsUnderTest';

const ARENA = 1 << 20;

/** Arrays [lanes,units] or [lanes,4·units] by name, the same numbers in every set of kernels. */
function arrays(kernels: MatrixKernels, lanes: number, units: number) {
  const random = randomNumbers(lanes * 100 + units);
  const make = (columns: number) =>
    inArena(
      kernels,
      Float32Array.from({ length: lanes * columns }, () => 3 * random() - 1.5),
    );
  return {
    ...{ gates: make(4 * units), dGates: make(4 * units), previousC: make(units), c: make(units), tanhC: make(units) },
    ...{ h: make(units), dh: make(units), dc: make(units), previousH: make(units), past: make(units) },
    ...{ dPast: make(units), dPreviousH: make(units) },
  };
}

type Arrays = ReturnType<typeof arrays>;

const STEPS: Record<string, (cells: CellKernels, lanes: number, units: number, step: Arrays) => void> = {
  'LSTM forward': (cells, lanes, units, step) => cells.lstmForward(shapeOf(lanes, units), lstm(units), step),
  'LSTM backward': (cells, lanes, units, step) => cells.lstmBackward(shapeOf(lanes, units), lstm(units), step),
  'GRU reset': (cells, lanes, units, step) => cells.gruReset(shapeOf(lanes, units), gru(units), step),
  'GRU gate on the past': (cells, lanes, units, step) => cells.gruGatePast(shapeOf(lanes, units), gru(units), step),
  'GRU state': (cells, lanes, units, step) => cells.gruState(shapeOf(lanes, units), gru(units), step),
  'GRU backward': (cells, lanes, units, step) => cells.gruBackwardState(shapeOf(lanes, units), gru(units), step),
  'GRU backward, reset before': (cells, lanes, units, step) =>
    cells.gruBackwardBefore(shapeOf(lanes, units), gru(units), step),
  'GRU backward, reset after': (cells, lanes, units, step) =>
    cells.gruBackwardAfter(shapeOf(lanes, units), gru(units), step),
};
for (const kind of ['tanh', 'sigmoid', 'relu'] as const) {
  STEPS[`vanilla ${kind} forward`] = (cells, lanes, units, { gates, h }) =>
    cells.vanillaForward(kind, { lanes, units, gateColumns: units }, gates, h);
  STEPS[`vanilla ${kind} backward`] = (cells, lanes, units, { h, dh, dGates }) =>
    cells.vanillaBackward(kind, { lanes, units, gateColumns: units }, h, dh, dGates);
}

const shapeOf = (lanes: number, units: number) => ({ lanes, units, gateColumns: 4 * units });
const lstm = (units: number) => ({ i: 0, f: units, g: 2 * units, o: 3 * units });
const gru = (units: number) => ({ r: 0, u: units, g: 2 * units });

for (const name of RUNNING_VARIANTS)
  describe(`timesteps in ${name}`, () => {
    for (const [title, run] of Object.entries(STEPS))
      it(`${title} is its definition to 1e-6, and changes nothing else`, async () => {
        for (const [lanes, units] of [
          [1, 1],
          [2, 3],
          [3, 8],
          [2, 13],
          [5, 32],
        ]) {
          const [fast, plain] = [await kernelsNamed(name, ARENA), await kernelsNamed('javascript', ARENA)];
          const [tested, expected] = [arrays(fast, lanes, units), arrays(plain, lanes, units)];
          run(fast.cells, lanes, units, tested);
          run(plain.cells, lanes, units, expected);
          for (const key of Object.keys(tested) as (keyof Arrays)[])
            assert.ok(largestDifference(tested[key], expected[key]) <= 1e-6, `${key} of ${lanes}×${units}`);
        }
      });
  });

describe('rows', () => {
  for (const name of RUNNING_VARIANTS)
    for (const width of [1, 5, 16, 37])
      it(`of ${width} values are looked up, added up and summed in ${name} as in the definition`, async () => {
        const random = randomNumbers(width);
        const ids = Int32Array.from({ length: 90 }, () => Math.floor(7 * random()));
        const numbers = Float32Array.from({ length: 97 * width }, () => 2 * random() - 1);
        const results = [];
        for (const kernels of [await kernelsNamed(name, ARENA), await kernelsNamed('javascript', ARENA)]) {
          const table = inArena(kernels, numbers.subarray(0, 7 * width));
          const rows = inArena(kernels, numbers.subarray(7 * width));
          const out = kernels.allocate(90 * width);
          const sums = kernels.allocate(width);
          const own = kernels.allocateInts(ids.length);
          own.set(ids);
          kernels.gatherRows(table, own, width, out);
          const half = width >> 1;
          kernels.scatterAddRows(rows.subarray(0, 90 * width), own, width, table, 0, half);
          kernels.scatterAddRows(rows.subarray(0, 90 * width), own, width, table, half, width - half);
          kernels.sumRows(rows, width, sums, 0, half);
          kernels.sumRows(rows, width, sums, half, width - half);
          kernels.scaleBy(rows, inArena(kernels, [0.3]));
          results.push([...out, ...table, ...sums, ...rows, kernels.sumOfSquares(rows) / rows.length]);
        }
        assert.ok(largestDifference(results[0], results[1]) <= 4e-6);
      });
});

describe('tile shapes', () => {
  it('do not change a bit', async function () {
    if (!RUNNING_VARIANTS.includes('relaxed-simd-wide')) this.skip();
    const products = [];
    for (const name of ['relaxed-simd', 'relaxed-simd-wide'] as const) {
      const kernels = await kernelsNamed(name, ARENA * 4);
      const random = randomNumbers(5);
      const [m, k, n] = [37, 300, 45];
      const make = (length: number) =>
        inArena(
          kernels,
          Array.from({ length }, () => 2 * random() - 1),
        );
      const product = make(m * n);
      kernels.multiply(make(m * k), make(k * n), product, m, k, n, true);
      products.push(product.slice());
    }
    assert.deepEqual(products[0], products[1]);
  });
});
