// ∂h(i)/∂h(j) of every cell and lag against products of float64 Jacobians, differences of whole passes and closed forms.
import assert from 'node:assert/strict';
import { forEachJacobianProduct, type JacobianOf } from '../../../src/engine/inspection/jacobianProducts';
import { stepJacobian } from '../../../src/engine/inspection/stepJacobian';
import { norm } from '../../oracle/centralDifferences';
import type { OracleParameters, OracleShape } from '../../oracle/float64Network';
import { everyCell, randomIds, randomNumbers, randomParameters } from '../../oracle/smallNetworks';
import { hiddenJacobian, productOf, stepJacobians, type Rows } from '../../oracle/stateJacobians';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels } from './smallTraining';
import { rowsOf, tracedWindow, turnedRound } from './tracedWindows';

const [E, V] = [4, 7];

/** Every row to 1e-4 of its own length, however short. */
function assertRows(actual: Rows, expected: Rows, what: string): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((row, r) => {
    const apart = norm(row.map((v, k) => v - actual[r][k]));
    assert.ok(apart <= 1e-4 * norm(row), `${what}, row ${r}: ${apart} beside ${norm(row)}`);
  });
}

/** Products of one window by lag, as rows. */
async function productsOf(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: Int32Array,
  { i = ids.length - 1, of = 'hidden', kernels: name = 'javascript' as (typeof ALL_VARIANTS)[number] } = {},
): Promise<Rows[]> {
  const { kernels, layer } = await tracedWindow(shape, parameters, ids, name);
  const products: Rows[] = [];
  forEachJacobianProduct(kernels, layer, i, Infinity, of as JacobianOf, (p) => void (products[p.lag] = rowsOf(p)));
  return products;
}

/** ∂s(i)/∂s(i − lag) for every lag, from one-step differences in float64. */
function chained(shape: OracleShape, parameters: OracleParameters, ids: Int32Array, i: number, rows: number): Rows[] {
  const steps = stepJacobians(shape, parameters, ids);
  const units = steps[0].length;
  const identity = Array.from({ length: rows }, (_, r) => Float64Array.from({ length: units }, (_, k) => +(k === r)));
  return steps
    .slice(0, i + 1)
    .reverse()
    .reduce<Rows[]>((products, step) => [...products, productOf(products[products.length - 1], step)], [identity])
    .slice(0, i + 1);
}

describe('the Jacobian products', () => {
  afterEach(disposeModels);

  for (const { name, shape } of everyCell(6, E, V)) {
    const H = shape.hiddenUnits;
    const units = shape.cell === 'lstm' ? 2 * H : H;

    it(`${name}: of hidden and whole states equal the oracle's at every lag`, async () => {
      const ids = randomIds(V, 14, 2);
      const parameters = randomParameters(shape, 61);
      for (const [of, rows] of [
        ['hidden', H],
        ['state', units],
      ] as const) {
        const products = await productsOf(shape, parameters, ids, { i: 11, of });
        const expected = chained(shape, parameters, ids, 11, rows);
        assert.equal(products.length, expected.length);
        expected.forEach((rowsOfLag, lag) => assertRows(products[lag], rowsOfLag, `${of}, lag ${lag}`));
      }
    });

    it(`${name}: equal differences of the whole forward pass`, async () => {
      const ids = randomIds(V, 5, 3);
      const parameters = randomParameters(shape, 62, 2);
      const products = await productsOf(shape, parameters, ids);
      products.forEach((product, lag) => {
        const hidden = product.map((row) => row.slice(0, H));
        const expected = hiddenJacobian(shape, parameters, ids, 4, 4 - lag);
        const apart = Math.max(...expected.map((row, r) => norm(row.map((v, k) => v - hidden[r][k]))));
        assert.ok(apart <= 1e-4 * Math.max(...expected.map(norm)) + 1e-9, `lag ${lag}: ${apart}`);
      });
    });

    it(`${name}: stay right while they vanish beyond float32`, async () => {
      const ids = randomIds(V, 90, 4);
      const parameters = randomParameters(shape, 63, 0.5);
      if (shape.cell === 'lstm') parameters.b.fill(-1.5, 0, H);
      if (shape.cell === 'gru') parameters.b.fill(1.2, 0, H);
      const products = await productsOf(shape, parameters, ids);
      const expected = chained(shape, parameters, ids, 89, H);
      expected.forEach((rows, lag) => assertRows(products[lag], rows, `lag ${lag}`));
      assert.ok(expected[89].every((row) => norm(row) < 1e-18));
    });

    it(`${name}: one step's is the closed form in float64`, async () => {
      const ids = randomIds(V, 6, 5);
      const parameters = randomParameters(shape, 64);
      const { layer } = await tracedWindow(shape, parameters, ids);
      stepJacobians(shape, parameters, ids).forEach((expected, t) => {
        const values = stepJacobian(layer, t);
        const rows = Array.from({ length: units }, (_, r) => values.slice(r * units, (r + 1) * units));
        assertRows(rows, expected, `t=${t}`);
      });
    });

    it(`${name}: of a layer that reads from the end are those of the window turned round`, async () => {
      const ids = randomIds(V, 9, 6);
      const { kernels, layer } = await tracedWindow(shape, randomParameters(shape, 65), ids);
      const products: Rows[] = [];
      forEachJacobianProduct(kernels, layer, 6, Infinity, 'state', (p) => void products.push(rowsOf(p)));
      const turned = turnedRound(layer);
      for (const key of ['gates', 'h', 'c', 'tanhC', 'recurrentCandidate'] as const) {
        const values = turned.trace[key];
        if (values) layer.trace[key]?.set(values);
      }
      const reverse = { ...layer, trace: { ...layer.trace, place: turned.trace.place } };
      forEachJacobianProduct(kernels, reverse, 2, Infinity, 'state', (p) =>
        assert.deepEqual(rowsOf(p), products[p.lag]),
      );
      assert.equal(products.length, 7);
      assert.deepEqual(stepJacobian(reverse, 8), stepJacobian(turned, 8));
    });
  }

  it('are the same on all kernels, for sizes that fill no vector', async () => {
    const random = randomNumbers(7);
    for (let count = 0; count < 12; count++) {
      const H = 1 + Math.floor(random() * 37);
      const cells = everyCell(H, 1 + Math.floor(random() * 9), V);
      const { name, shape } = cells[count % cells.length];
      const ids = randomIds(V, 1 + Math.floor(random() * 20), count);
      const parameters = randomParameters(shape, count, 1);
      const of = random() < 0.5 ? 'hidden' : 'state';
      const plain = await productsOf(shape, parameters, ids, { of });
      for (const kernels of ALL_VARIANTS) {
        const products = await productsOf(shape, parameters, ids, { of, kernels });
        plain.forEach((rows, lag) => assertRows(products[lag], rows, `${name}, H=${H}, ${kernels}, lag ${lag}`));
      }
    }
  });
});

describe('closed forms of the Jacobian products', () => {
  afterEach(disposeModels);
  const H = 6;
  const shapeOf = (wanted: string) => everyCell(H, E, V).find(({ name }) => name === wanted)?.shape ?? assert.fail();

  it('are exactly zero where there is no path', async () => {
    for (const { name, shape } of everyCell(H, E, V)) {
      const parameters = randomParameters(shape, 71);
      parameters.W_h.fill(0);
      const products = await productsOf(shape, parameters, randomIds(V, 8, 8));
      products.forEach((rows, lag) =>
        rows.forEach((row, r) =>
          row.forEach((v, k) => {
            // Without W_h a GRU's unit keeps a part of itself; an LSTM's h(i) hears of c(j) but not of h(j); a vanilla cell forgets.
            const path = lag === 0 ? k === r : shape.cell === 'gru' ? k === r : shape.cell === 'lstm' && k === H + r;
            assert.equal(v !== 0, path, `${name}, lag ${lag}, (${r}, ${k}): ${v}`);
          }),
        ),
      );
    }
  });

  it('hold no denormal: what is nothing beside its row becomes zero', async () => {
    const shape = { ...shapeOf('vanilla tanh'), hiddenUnits: 2 };
    const parameters = randomParameters(shape, 74);
    for (const name of ['embedding', 'W_x', 'b']) parameters[name].fill(0);
    parameters.W_h.set([1e-3, 0, 1, 0.9]);
    const { kernels, layer } = await tracedWindow(shape, parameters, randomIds(V, 30, 11), 'simd');
    forEachJacobianProduct(kernels, layer, 29, 29, 'hidden', ({ lag, values }) => {
      for (const v of values) assert.ok(v === 0 || Math.abs(v) > 1e-34, `lag ${lag}: ${v}`);
      assert.equal(values[0] === 0, lag > 11, `lag ${lag}: ${values[0]}`);
      assert.ok(lag === 0 || values[1] > 0);
    });
  });

  it('of an LSTM that only forgets are its forget gates multiplied', async () => {
    const shape = shapeOf('LSTM');
    const parameters = randomParameters(shape, 72);
    parameters.W_h.fill(0);
    const ids = randomIds(V, 9, 9);
    const { layer } = await tracedWindow(shape, parameters, ids);
    const f = (t: number, k: number) => layer.trace.gates[t * 4 * H + k];
    const kept = Array.from({ length: H }, (_, k) => [3, 4, 5, 6, 7, 8].reduce((product, t) => product * f(t, k), 1));
    const products = await productsOf(shape, parameters, ids, { of: 'state' });
    kept.forEach((expected, k) => {
      const actual = products[6][H + k][H + k];
      assert.ok(Math.abs(actual - expected) <= 1e-6 * expected, `${actual}, expected ${expected}`);
    });
  });

  it('leave the arena as it was, and refuse a step outside the window', async () => {
    const shape = shapeOf('LSTM');
    const { kernels, layer } = await tracedWindow(shape, randomParameters(shape, 73), randomIds(V, 4, 10));
    const mark = kernels.mark();
    forEachJacobianProduct(kernels, layer, 3, 2, 'state', ({ lag }) => assert.ok(lag <= 2));
    const thrown = () =>
      forEachJacobianProduct(kernels, layer, 3, 2, 'hidden', () => {
        throw new Error('stopped by the visitor');
      });
    assert.throws(thrown, /stopped by the visitor/);
    assert.throws(() => forEachJacobianProduct(kernels, layer, 4, 2, 'hidden', () => undefined), RangeError);
    assert.throws(() => stepJacobian(layer, -1), /step -1 is outside a window of 4/);
    assert.equal(kernels.mark(), mark);
  });
});
