// Lyapunov exponents: closed forms of linear networks, and the determinants of every cell's steps made by central differences.
import assert from 'node:assert/strict';
import { LyapunovDirections, lyapunovExponents } from '../../../src/engine/inspection/lyapunov';
import { stateUnits } from '../../../src/engine/inspection/stepJacobian';
import type { OracleShape } from '../../oracle/float64Network';
import { matrixOf, orthogonalMatrix } from '../../oracle/knownMatrices';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { logDeterminant, stepJacobians } from '../../oracle/stateJacobians';
import { disposeModels } from './smallTraining';
import { tracedWindow, turnedRound } from './tracedWindows';

const [E, V] = [4, 7];

/** A vanilla tanh network that stays at h = 0, where its Jacobian is W_hᵀ itself. */
async function linearNetwork(W_h: Float64Array, T: number) {
  const shape: OracleShape = {
    ...{ cell: 'vanilla', activation: 'tanh', resetGate: 'before' },
    ...{ hiddenUnits: Math.sqrt(W_h.length), embeddingSize: E, vocabulary: V },
  };
  const parameters = randomParameters(shape, 1);
  for (const name of ['embedding', 'W_x', 'b']) parameters[name].fill(0);
  return tracedWindow(shape, { ...parameters, W_h }, randomIds(V, T, 1));
}

const near = (values: Float64Array, expected: readonly number[], tolerance: number): void =>
  values.forEach((value, k) => assert.ok(Math.abs(value - expected[k]) <= tolerance, `λ${k}: ${value}`));

describe('the Lyapunov exponents', () => {
  afterEach(disposeModels);

  it('of g times an orthogonal W_h are all ln g', async () => {
    for (const gain of [0.5, 1, 2]) {
      const { layer } = await linearNetwork(
        orthogonalMatrix(12, 3).map((v) => gain * v),
        60,
      );
      near(lyapunovExponents(layer, 12, 0), new Array<number>(12).fill(Math.log(gain)), 1e-3);
    }
  });

  it('of a diagonal W_h are the logarithms of its entries, the largest first', async () => {
    const rates = [0.3, 1.5, 0.9, 0.6];
    const { layer } = await linearNetwork(
      matrixOf(4, (row, column) => (row === column ? rates[row] : 0)),
      400,
    );
    near(lyapunovExponents(layer, 3, 100), [1.5, 0.9, 0.6].map(Math.log), 1e-3);
  });

  it('of a nilpotent W_h are −∞: nothing is left after as many steps as it has rows', async () => {
    const { layer } = await linearNetwork(Float64Array.of(0, 5, 0, 0), 12);
    assert.deepEqual(lyapunovExponents(layer, 2, 0), Float64Array.of(-Infinity, -Infinity));
  });

  for (const { name, shape } of everyCell(5, E, V)) {
    if (shape.activation === 'relu') continue;
    it(`${name}: add up to the mean of ln |det J|, in either order of reading`, async () => {
      const ids = randomIds(V, 24, 2);
      const parameters = randomParameters(shape, 81, 1);
      const { layer } = await tracedWindow(shape, parameters, ids);
      const units = stateUnits(layer.config);
      const steps = stepJacobians(shape, parameters, ids);
      const burnIn = 4;
      const expected = steps.slice(burnIn).reduce((sum, step) => sum + logDeterminant(step), 0) / (ids.length - burnIn);
      for (const read of [layer, turnedRound(layer)]) {
        const sum = lyapunovExponents(read, units, burnIn).reduce((total, value) => total + value, 0);
        assert.ok(Math.abs(sum - expected) < 1e-3, `${sum}, expected ${expected}`);
      }
    });
  }

  it('do not depend on how many directions are followed', async () => {
    const [{ shape }] = everyCell(8, E, V).slice(3);
    const { layer } = await tracedWindow(shape, randomParameters(shape, 5, 1), randomIds(V, 80, 4));
    const all = lyapunovExponents(layer, 16, 20);
    near(lyapunovExponents(layer, 3, 20), [...all], 1e-12);
    for (let k = 1; k < 4; k++) assert.ok(all[k] < all[k - 1] + 0.05);
  });

  it('are refused for more directions than units and for windows without a step to count', async () => {
    const { layer } = await linearNetwork(Float64Array.of(1, 0, 0, 1), 3);
    assert.throws(() => lyapunovExponents(layer, 3, 0), /3 directions in a state of 2/);
    assert.throws(() => lyapunovExponents(layer, 1, 3), /before a burn-in of 3/);
    assert.ok(Number.isNaN(new LyapunovDirections(2, 1, 1).exponents[0]));
  });
});
