// The bound of a vanilla network's gradient is what theory says it is, and no measured gradient crosses it.
import assert from 'node:assert/strict';
import { gradientBound, largestSlope } from '../../../src/engine/inspection/gradientBound';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { gradientBoundAt } from '../../../webview/geometry/gradientScale';
import { orthogonalMatrix } from '../../oracle/knownMatrices';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V, T] = [10, 4, 7, 48];
/** Of float32: measured norms are right to about 1e-5 of themselves. */
const TOLERANCE = 1 + 1e-4;

const vanillaCells = everyCell(H, E, V).filter(({ shape }) => shape.cell === 'vanilla');

describe('the bound of a vanilla gradient', () => {
  for (const { name, shape } of vanillaCells)
    it(`${name}: is never crossed, whether the gradient vanishes or explodes`, () => {
      for (let seed = 1; seed <= 12; seed++) {
        const parameters = randomParameters(shape, seed, 0.2 + seed / 4);
        const model = modelOf(shape, parameters, T);
        const { arrays } = inspectWindow(model, new Int32Array(0), randomIds(V, T, seed), 1);
        const bound = gradientBound(model);
        assert.ok(bound);
        const { values } = arrays['gradient.hidden'];
        for (let i = 0; i < T; i++)
          for (let j = 0; j <= i; j++) {
            const limit = gradientBoundAt(values[i * T + i], bound, i - j);
            assert.ok(
              values[i * T + j] <= limit * TOLERANCE,
              `seed ${seed}: ${values[i * T + j]} > ${limit} at ${i},${j}`,
            );
          }
        model.dispose();
      }
    });

  it('is reached by a linear network whose W_h is orthogonal: it could not be lower', () => {
    const [{ shape }] = vanillaCells;
    const parameters = randomParameters(shape, 3);
    for (const name of ['embedding', 'W_x', 'b']) parameters[name].fill(0);
    const model = modelOf(shape, { ...parameters, W_h: orthogonalMatrix(H, 4).map((v) => 0.7 * v) }, T);
    const { arrays } = inspectWindow(model, new Int32Array(0), randomIds(V, T, 1), 1);
    const bound = gradientBound(model);
    assert.ok(bound);
    assert.ok(Math.abs(bound.norm - 0.7) < 1e-6);
    const { values } = arrays['gradient.hidden'];
    const last = (T - 1) * T;
    for (let j = 0; j < T; j++) {
      const limit = gradientBoundAt(values[last + T - 1], bound, T - 1 - j);
      assert.ok(Math.abs(values[last + j] / limit - 1) < 1e-4, `${values[last + j]}, bound ${limit}`);
    }
    model.dispose();
  });

  it('has the largest slope of each activation in it', () => {
    assert.deepEqual((['tanh', 'relu', 'sigmoid'] as const).map(largestSlope), [1, 1, 0.25]);
  });

  it('does not exist for cells with gates, nor for weights that are not finite', () => {
    for (const { shape } of everyCell(H, E, V)) {
      const parameters = randomParameters(shape, 1);
      const model = modelOf(shape, parameters, T);
      assert.equal(gradientBound(model) === null, shape.cell !== 'vanilla');
      model.parameters.get('W_h').values[3] = NaN;
      assert.equal(gradientBound(model), null);
      model.dispose();
    }
  });
});
