// Singular values against the lag over positions: which lags and positions are measured, and what is said of them.
import assert from 'node:assert/strict';
import { jacobianSpectrum } from '../../../src/engine/inspection/jacobianSpectrum';
import { lagCurves, lagPlan } from '../../../src/engine/inspection/jacobianLags';
import type { OracleShape } from '../../oracle/float64Network';
import { matrixOf, orthogonalMatrix } from '../../oracle/knownMatrices';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { disposeModels } from './smallTraining';
import { tracedWindow } from './tracedWindows';

const [E, V] = [4, 7];
const noPause = () => Promise.resolve();

async function linearNetwork(W_h: Float64Array, T: number) {
  const shape: OracleShape = {
    ...{ cell: 'vanilla', activation: 'tanh', resetGate: 'before' },
    ...{ hiddenUnits: Math.sqrt(W_h.length), embeddingSize: E, vocabulary: V },
  };
  const parameters = randomParameters(shape, 1);
  for (const name of ['embedding', 'W_x', 'b']) parameters[name].fill(0);
  return tracedWindow(shape, { ...parameters, W_h }, randomIds(V, T, 1));
}

describe('singular values against the lag', () => {
  afterEach(disposeModels);

  it('are measured at no more than 20 positions, each with every lag behind it in the window', () => {
    for (const T of [2, 3, 10, 53, 104, 512]) {
      const { lags, positions } = lagPlan(T);
      assert.ok(positions.length >= 1 && positions.length <= 20, `${positions.length} positions`);
      assert.equal(new Set(positions).size, positions.length);
      assert.equal(lags[0], 1);
      assert.equal(lags.at(-1), Math.floor((T * 2) / 3));
      assert.deepEqual(
        lags,
        [...lags].sort((a, b) => a - b),
      );
      assert.ok(Math.min(...positions) >= Math.max(...lags) && Math.max(...positions) === T - 1);
    }
    const backward = lagPlan(53, true).positions;
    assert.deepEqual(
      backward,
      lagPlan(53)
        .positions.map((i) => 52 - i)
        .reverse(),
    );
    assert.ok(
      Math.max(...backward) + Math.floor((53 * 2) / 3) <= 52,
      'every lag lies after a position that is read backward',
    );
    assert.deepEqual(lagPlan(1), { lags: [], positions: [] });
  });

  it('of g times an orthogonal W_h are g to the power of the lag at every position', async () => {
    const { kernels, layer } = await linearNetwork(
      orthogonalMatrix(8, 3).map((v) => 0.6 * v),
      60,
    );
    const curves = await lagCurves(kernels, layer, lagPlan(60), 3, noPause);
    for (const { lag, values } of curves) {
      assert.equal(values.length, 3);
      for (const value of values)
        for (const power of [value?.low, value?.median, value?.high])
          assert.ok(Math.abs((power ?? NaN) - lag * Math.log10(0.6)) < 1e-4, `lag ${lag}: ${power}`);
    }
  });

  it('leave out what is only float32 rounding beside the largest', async () => {
    const { kernels, layer } = await linearNetwork(
      matrixOf(2, (row, column) => (row === column ? [1, 0.5][row] : 0)),
      60,
    );
    const curves = await lagCurves(kernels, layer, lagPlan(60), 2, noPause);
    for (const { lag, values } of curves) assert.equal(values[1] === null, lag >= 17, `lag ${lag}`);
  });

  it('say −∞ where nothing is left', async () => {
    const { kernels, layer } = await linearNetwork(Float64Array.of(0, 5, 0, 0), 9);
    const [one, two] = await lagCurves(kernels, layer, lagPlan(9), 1, noPause);
    assert.ok(Math.abs((one.values[0]?.median ?? NaN) - Math.log10(5)) < 1e-6);
    assert.deepEqual(two.values[0], { low: -Infinity, median: -Infinity, high: -Infinity });
  });

  for (const { name, shape } of everyCell(6, E, V))
    it(`${name}: are the quantiles of what single positions have`, async () => {
      const { kernels, layer } = await tracedWindow(shape, randomParameters(shape, 9, 1.2), randomIds(V, 24, 6));
      const plan = lagPlan(24);
      const curves = await lagCurves(kernels, layer, plan, 1, noPause);
      for (const { lag, values } of curves) {
        const sorted = plan.positions
          .map((i) => jacobianSpectrum(kernels, layer, i, [lag])[0].logarithms[0] / Math.LN10)
          .sort((a, b) => a - b);
        const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
        const expected = [at(0.1), at(0.5), at(0.9)];
        [values[0]?.low, values[0]?.median, values[0]?.high].forEach((power = NaN, k) =>
          assert.ok(
            power === expected[k] || Math.abs(power - expected[k]) < 1e-5,
            `lag ${lag}: ${power}, expected ${expected[k]}`,
          ),
        );
      }
    });
});
