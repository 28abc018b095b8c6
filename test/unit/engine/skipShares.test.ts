// The share of a gradient that leads around layers: closed forms, and parts that add up to differences of the whole pass.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { norm } from '../../oracle/centralDifferences';
import { randomStackParameters, stackForward, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const [H, E, V, T] = [3, 3, 5, 4];
const IDS = randomIds(V, T, 8);
const TARGETS = Int32Array.of(...IDS.subarray(1), 1);
const [, , , lstm] = everyCell(H, E, V);

function sharesOf(shape: StackShape, change: (name: string, values: Float64Array) => void = () => undefined) {
  const parameters = randomStackParameters(shape, 13);
  for (const [name, values] of Object.entries(parameters)) change(name, values);
  const { arrays } = inspectWindow(stackModel(shape, parameters, T), new Int32Array(), IDS, 1);
  return { arrays, parameters };
}

describe('the share of a gradient that leads around a layer', () => {
  it('is all of it where the layer’s own part is zero', () => {
    for (const connections of ['residual', 'highway'] as const) {
      const shape = { ...lstm.shape, layers: 3, bidirectional: false, connections };
      const { arrays } = sharesOf(shape, (name, values) => {
        if (/^(W_x|W_t|W_h|b)_l[12]/.test(name)) values.fill(0);
        // A closed gate carries: T = σ(−40).
        if (name.startsWith('b_t')) values.fill(-40);
      });
      for (const layer of [1, 2]) {
        assert.ok(arrays[`gradient.through_l${layer}`].values.every((value) => value < 1e-12));
        // Depth gain 1: what reaches the first layer's output is what left the head.
        const above = arrays[`gradient.around_l2`].values;
        assert.deepEqual(arrays[`gradient.around_l${layer}`].values, above);
        assert.ok(above.every((value) => value > 0));
      }
    }
  });

  it('is measured only where something leads around layers', () => {
    const { arrays } = sharesOf({ ...lstm.shape, layers: 3, bidirectional: false });
    assert.deepEqual(
      Object.keys(arrays).filter((name) => /around|through/.test(name)),
      [],
    );
  });

  it('and the other part are those of differences: residual', () => {
    const shape: StackShape = { ...lstm.shape, layers: 2, bidirectional: false, connections: 'residual' };
    const { arrays, parameters } = sharesOf(shape);
    const total = (delta: Float64Array, at: number) => {
      const { losses } = stackForward(shape, parameters, IDS, TARGETS, undefined, {
        ...{ what: 'h', place: { layer: 1, reverse: false }, step: at, delta },
      });
      return losses.reduce((a, b) => a + b, 0);
    };
    // y_1 = h_1 + y_0 and h_1(t) leads on through W_h too, so ∂J/∂y_1(t) is that of the head alone: of the last step it is ∂J/∂h_1.
    const last = T - 1;
    const gradient = Float64Array.from({ length: H }, (_, k) => {
      const delta = new Float64Array(H);
      const nudged = (by: number) => ((delta[k] = by), total(delta, last));
      return (nudged(1e-5) - nudged(-1e-5)) / 2e-5;
    });
    const around = arrays['gradient.around_l1'].values[last];
    assert.ok(Math.abs(around - norm(gradient)) < 1e-4 * norm(gradient), `${around}, not ${norm(gradient)}`);
  });

  it('add up to the gradient by the input where connections are dense', () => {
    const shape: StackShape = { ...lstm.shape, layers: 2, bidirectional: false, connections: 'dense' };
    const rowsOfEmbedding = (values: Float64Array) => values.fill(0, 0, E * 4 * H);
    const alone = sharesOf(shape, (name, values) => void (name === 'W_x_l1' && rowsOfEmbedding(values)));
    assert.ok(alone.arrays['gradient.around'].values.every((value) => value === 0));
    const both = sharesOf(shape);
    assert.ok(both.arrays['gradient.around'].values.every((value) => value > 0));
    assert.ok(both.arrays['gradient.around_l1'].values.every((value) => value === 0));
    const byState = sharesOf(shape, (name, values) => void (name === 'W_x' && values.fill(0)));
    assert.ok(byState.arrays['gradient.through'].values.every((value) => value === 0));
  });
});
