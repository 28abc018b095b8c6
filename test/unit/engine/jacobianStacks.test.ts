// Jacobian products of any layer and direction of a stack: its own weights, its own order of reading.
import assert from 'node:assert/strict';
import { forEachJacobianProduct } from '../../../src/engine/inspection/jacobianProducts';
import { jacobianSpectrum } from '../../../src/engine/inspection/jacobianSpectrum';
import { tracedLayer } from '../../../src/engine/inspection/tracedLayer';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { orthogonalMatrix } from '../../oracle/knownMatrices';
import { norm } from '../../oracle/centralDifferences';
import { randomIds } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';
import { rowsOf } from './tracedWindows';

const T = 10;
const V = 6;
const ids = randomIds(V, T, 1);

async function read(network: Partial<NetworkConfig>, prepare: (model: ModelOf) => void, text: Int32Array) {
  const { model, kernels } = await smallTraining({ vocabulary: V, ...network });
  prepare(model);
  const trace = allocateTrace(model, text.length, 1);
  forward(model, text, trace);
  return { model, kernels, trace };
}
type ModelOf = Awaited<ReturnType<typeof smallTraining>>['model'];

describe('the Jacobian products of a stack', () => {
  afterEach(disposeModels);

  for (const cell of ['vanilla', 'lstm', 'gru'] as const)
    it(`${cell}: of the direction that reads from the end are those of a network that reads the text turned round`, async () => {
      const both = await read({ cell, layers: 2, bidirectional: true, seed: 4 }, () => undefined, ids);
      const forwardOnly = await read(
        { cell },
        (model) => {
          for (const { name, values } of model.parameters.all)
            if (!name.endsWith('_o')) {
              const suffix = name === 'embedding' ? '' : '_l0_reverse';
              values.set(both.model.parameters.get(name + suffix).values);
            }
        },
        ids.slice().reverse(),
      );
      const i = 3;
      const expected: Float64Array[][] = [];
      const mirror = tracedLayer(forwardOnly.model, forwardOnly.trace.layers[0][0]);
      forEachJacobianProduct(forwardOnly.kernels, mirror, T - 1 - i, T, 'state', (p) => void expected.push(rowsOf(p)));
      const reverse = tracedLayer(both.model, both.trace.layers[0][1]);
      let lags = 0;
      forEachJacobianProduct(both.kernels, reverse, i, T, 'state', (product) => {
        lags++;
        rowsOf(product).forEach((row, r) => {
          const truth = expected[product.lag][r];
          const apart = norm(row.map((v, k) => v - truth[k]));
          assert.ok(apart <= 1e-5 * norm(truth), `lag ${product.lag}, row ${r}: ${apart}`);
        });
      });
      assert.equal(lags, T - i);
      assert.equal(expected.length, T - i);
    });

  it('are made of the layer’s own weights', async () => {
    const H = 7;
    const gains: Record<string, number> = { W_h: 0.5, W_h_l0_reverse: 0.6, W_h_l1: 0.7, W_h_l1_reverse: 0.8 };
    const { model, kernels, trace } = await read(
      { cell: 'vanilla', layers: 2, bidirectional: true, hiddenUnits: H },
      (stack) => {
        const turn = orthogonalMatrix(H, 9);
        // Nothing is read: every state stays zero, where a tanh cell is linear.
        for (const { name, values } of stack.parameters.all)
          if (name in gains) values.set(turn.map((v) => gains[name] * v));
          else values.fill(0);
      },
      ids,
    );
    const found = trace.layers.flat().map((layer) => {
      const [{ logarithms }] = jacobianSpectrum(kernels, tracedLayer(model, layer), 4, [3]);
      return Math.exp(logarithms[0] / 3);
    });
    Object.values(gains).forEach((gain, k) => assert.ok(Math.abs(found[k] - gain) < 1e-5, `${found[k]}`));
  });

  it('are of one lane', async () => {
    const { model } = await smallTraining();
    assert.throws(() => tracedLayer(model, allocateTrace(model, 3, 2).layers[0][0]), /2 lanes is no window/);
  });
});
