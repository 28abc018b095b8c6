// Singular values of ∂h(i)/∂h(j) against the lag: closed forms, determinants, and products made in float64.
import assert from 'node:assert/strict';
import { forEachJacobianProduct, withCommonScale } from '../../../src/engine/inspection/jacobianProducts';
import { jacobianSpectrum } from '../../../src/engine/inspection/jacobianSpectrum';
import { singularValues } from '../../../src/engine/inspection/singularValues';
import type { OracleShape } from '../../oracle/float64Network';
import { orthogonalMatrix } from '../../oracle/knownMatrices';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { logDeterminant, productOf, stepJacobians } from '../../oracle/stateJacobians';
import { disposeModels } from './smallTraining';
import { tracedWindow } from './tracedWindows';

const [E, V] = [4, 7];
const LN10 = Math.LN10;

/** A vanilla tanh network that stays at h = 0, where its Jacobian is W_hᵀ itself. */
async function linearNetwork(W_h: Float64Array, T: number) {
  const H = Math.sqrt(W_h.length);
  const shape: OracleShape = {
    ...{ cell: 'vanilla', activation: 'tanh', resetGate: 'before' },
    ...{ hiddenUnits: H, embeddingSize: E, vocabulary: V },
  };
  const parameters = randomParameters(shape, 1);
  for (const name of ['embedding', 'W_x', 'b']) parameters[name].fill(0);
  return tracedWindow(shape, { ...parameters, W_h }, randomIds(V, T, 1), 'simd');
}

describe('the singular values of the Jacobian products', () => {
  afterEach(disposeModels);

  it('of g times an orthogonal W_h are all g to the power of the lag, far beyond float32 and float64', async () => {
    for (const gain of [0.5, 1, 3]) {
      const W_h = orthogonalMatrix(16, 3).map((v) => gain * v);
      const { kernels, layer } = await linearNetwork(W_h, 300);
      const lags = [0, 1, 7, 100, 299];
      const spectra = jacobianSpectrum(kernels, layer, 299, lags);
      assert.deepEqual(
        spectra.map(({ lag }) => lag),
        lags,
      );
      for (const { lag, logarithms, singularValues: values } of spectra)
        logarithms.forEach((logarithm, k) => {
          assert.ok(Math.abs(logarithm - lag * Math.log(gain)) < 1e-4, `lag ${lag}: ${logarithm}`);
          assert.ok(Math.abs(values[k] / gain ** lag - 1) < 1e-4, `lag ${lag}: ${values[k]}`);
        });
    }
    const { kernels, layer } = await linearNetwork(
      orthogonalMatrix(8, 4).map((v) => 0.01 * v),
      400,
    );
    const [{ logarithms, singularValues: values }] = jacobianSpectrum(kernels, layer, 399, [399]);
    assert.equal(values[0], 0);
    for (const logarithm of logarithms) assert.ok(Math.abs(logarithm / (-2 * 399 * LN10) - 1) < 1e-6, `${logarithm}`);
  });

  it('of a nilpotent W_h are its gain for one step and exactly zero from the second', async () => {
    const { kernels, layer } = await linearNetwork(Float64Array.of(0, 5, 0, 0), 4);
    const [one, two] = jacobianSpectrum(kernels, layer, 3, [1, 2]);
    assert.deepEqual(one.singularValues, Float64Array.of(5, 0));
    assert.deepEqual(two.singularValues, new Float64Array(2));
    assert.deepEqual(two.logarithms, Float64Array.of(-Infinity, -Infinity));
  });

  it('are told apart where units vanish at rates of their own', async () => {
    const rates = [0.9, 0.5, 0.03, 1e-3];
    const W_h = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? Math.fround(rates[at / 5]) : 0));
    const { kernels, layer } = await linearNetwork(W_h, 100);
    const [{ logarithms }] = jacobianSpectrum(kernels, layer, 99, [99]);
    rates.forEach((rate, k) =>
      assert.ok(Math.abs(logarithms[k] / (99 * Math.log(rate)) - 1) < 1e-6, `${logarithms[k]}`),
    );
  });

  for (const { name, shape } of everyCell(6, E, V)) {
    it(`${name}: multiply to the determinants of all steps`, async () => {
      const ids = randomIds(V, 5, 2);
      const parameters = randomParameters(shape, 81, 1);
      const { kernels, layer } = await tracedWindow(shape, parameters, ids);
      const determinant = stepJacobians(shape, parameters, ids)
        .slice(3)
        .reduce((sum, step) => sum + logDeterminant(step), 0);
      let sum = NaN;
      forEachJacobianProduct(kernels, layer, 4, 2, 'state', (product) => {
        if (product.lag !== 2) return;
        const { scaled, exponent } = withCommonScale(product);
        const values = singularValues(scaled, product.rows, product.columns);
        sum = values.reduce((total, value) => total + Math.log(value) + exponent * Math.LN2, 0);
      });
      // A relu unit that is off lets nothing through: a determinant of zero.
      if (determinant === -Infinity) assert.ok(sum < -30, `${sum}`);
      else assert.ok(Math.abs(sum - determinant) < 1e-3, `${sum}, expected ${determinant}`);
    });

    it(`${name}: are exact to 1e-4 of the largest, and those near it to 1e-4 of themselves`, async () => {
      const H = 20;
      const large = { ...shape, hiddenUnits: H };
      const ids = randomIds(V, 40, 3);
      const parameters = randomParameters(large, 82, 1.2);
      const { kernels, layer } = await tracedWindow(large, parameters, ids, 'simd');
      const steps = stepJacobians(large, parameters, ids);
      let product = steps[39];
      const spectra = jacobianSpectrum(
        kernels,
        layer,
        39,
        Array.from({ length: 39 }, (_, k) => k + 1),
      );
      for (const { lag, singularValues: values } of spectra) {
        if (lag > 1) product = productOf(product, steps[40 - lag]);
        const hidden = product.slice(0, H).flatMap((row) => [...row.subarray(0, H)]);
        const expected = singularValues(hidden, H, H);
        expected.forEach((value, k) => {
          const bound = 1e-4 * Math.min(expected[0], Math.max(value, 1e-2 * expected[0]));
          assert.ok(Math.abs(values[k] - value) <= bound, `lag ${lag}, σ${k}: ${values[k]}, expected ${value}`);
        });
      }
    });
  }

  it('are refused where the network has exploded, naming the lag', async () => {
    const W_h = orthogonalMatrix(4, 5);
    const { kernels, layer } = await linearNetwork(W_h, 6);
    layer.trace.h.fill(NaN, 4 * 4, 5 * 4);
    assert.equal(jacobianSpectrum(kernels, layer, 5, [2]).length, 1);
    assert.throws(() => jacobianSpectrum(kernels, layer, 5, [1, 3, 4]), /over 3 steps is not finite/);
  });
});
