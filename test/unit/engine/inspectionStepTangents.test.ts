// What a step does to directions, held to the step's Jacobian times each of them.
import assert from 'node:assert/strict';
import { stepJacobian, stateUnits } from '../../../src/engine/inspection/stepJacobian';
import { stepTangents } from '../../../src/engine/inspection/stepTangents';
import { tracedLayer } from '../../../src/engine/inspection/tracedLayer';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { norm } from '../../oracle/centralDifferences';
import { randomIds } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';

const T = 8;
const V = 6;

describe('a step’s directions', () => {
  afterEach(disposeModels);

  const networks: [string, Partial<NetworkConfig>][] = [
    ['vanilla tanh', { cell: 'vanilla', activation: 'tanh' }],
    ['vanilla sigmoid', { cell: 'vanilla', activation: 'sigmoid' }],
    ['vanilla ReLU', { cell: 'vanilla', activation: 'relu' }],
    ['LSTM', { cell: 'lstm' }],
    ['GRU, reset before the product', { cell: 'gru', resetGate: 'before' }],
    ['GRU, reset after it', { cell: 'gru', resetGate: 'after' }],
  ];
  for (const [name, network] of networks)
    for (const kernelName of ['javascript', 'simd'] as const)
      it(`of a ${name} are its Jacobian times them, in either direction of reading (${kernelName})`, async () => {
        const shape = { vocabulary: V, layers: 2, bidirectional: true, seed: 3, ...network };
        const { model, kernels } = await smallTraining(shape, {}, kernelName);
        const trace = allocateTrace(model, T, 1);
        forward(model, randomIds(V, T, 2), trace);
        for (const place of trace.layers.flat()) {
          const layer = tracedLayer(model, place);
          const units = stateUnits(model.config);
          const directions = [1, 2, 3].map((seed) =>
            Float64Array.from({ length: units }, (_, k) => Math.sin(seed * 7 + k * (1 + seed))),
          );
          const step = stepTangents(kernels, layer, 4);
          for (let t = 0; t < T; t++) {
            const jacobian = stepJacobian(layer, t);
            step(t, directions).forEach((found, d) => {
              const expected = found.map((_, row) =>
                directions[d].reduce((sum, value, column) => sum + jacobian[row * units + column] * value, 0),
              );
              const apart = norm(found.map((value, k) => value - expected[k]));
              assert.ok(apart <= 2e-6 * norm(directions[d]), `step ${t}: ${apart}`);
            });
          }
        }
      });
});
