// The gradients of one loss alone, as the first picture of a new place has them: its row of what the sweep of all losses finds.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS, kernelsNamed } from './kernelsUnderTest';

const [H, V, T] = [21, 11, 70];
/** Rows are the same to a few roundings. */
const TOLERANCE = 1e-6;

const BASE: NetworkConfig = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', layers: 1, bidirectional: false },
  ...{ hiddenUnits: H, embeddingSize: H, vocabulary: V },
  ...{ recurrentInitialisation: 'glorot', normalScale: 1, forgetBias: 0, seed: 1 },
};
const NETWORKS: [name: string, change: Partial<NetworkConfig>][] = [
  ['LSTM', {}],
  ['GRU of two layers', { cell: 'gru', layers: 2 }],
  ['GRU, reset after the product', { cell: 'gru', resetGate: 'after' }],
  ['vanilla, two directions', { cell: 'vanilla', layers: 2, bidirectional: true }],
  ['LSTM with residual layers', { layers: 3, connections: 'residual' }],
  ['LSTM with highways, two directions', { layers: 2, bidirectional: true, connections: 'highway' }],
];

async function modelOf(config: NetworkConfig, variant: (typeof ALL_VARIANTS)[number]): Promise<LanguageModel> {
  const model = new LanguageModel(await kernelsNamed(variant, 1 << 25), config);
  const random = randomNumbers(3);
  for (const { values } of model.parameters.all) values.forEach((_, at) => (values[at] = 1.2 * random() - 0.6));
  return model;
}

describe('the gradients of one loss', () => {
  const [warmUp, window] = [randomIds(V, 9, 1), randomIds(V, T, 2)];

  for (const variant of ALL_VARIANTS)
    for (const [name, change] of NETWORKS)
      it(`are its row of all pairs (${name}, ${variant})`, async () => {
        const model = await modelOf({ ...BASE, ...change }, variant);
        const { arrays: all, predictions } = inspectWindow(model, warmUp, window, null);
        for (const only of [0, 37, T - 2]) {
          const one = inspectWindow(model, warmUp, window, null, only);
          assert.deepEqual(one.predictions, predictions);
          const names = Object.keys(all).filter((each) => !each.startsWith('gradient.weightItemised'));
          assert.deepEqual(Object.keys(one.arrays), names);
          for (const each of names) {
            const { shape, values } = one.arrays[each];
            if (all[each].shape[0] === T && all[each].shape[1] === T && each.startsWith('gradient.')) {
              assert.deepEqual(shape, [T]);
              assertRow(`${each} of ${only}`, values, all[each].values.subarray(only * T, (only + 1) * T));
            } else if (each.startsWith('gradient.weight')) assert.ok(values.every(Number.isNaN));
            else assert.deepEqual(values, all[each].values, each);
          }
        }
        model.parameters.dispose();
      });

  it('are unknown where its token is', async () => {
    const model = await modelOf(BASE, 'javascript');
    const { arrays } = inspectWindow(model, warmUp, window, null, T - 1);
    assert.ok(arrays['gradient.hidden'].values.every(Number.isNaN));
    assert.ok(arrays['gradient.input'].values.every(Number.isNaN));
    model.parameters.dispose();
  });
});

function assertRow(what: string, actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, j) => {
    if (value === 0) assert.equal(actual[j], 0, `${what}, ${j}: a path where none leads`);
    else assert.ok(Math.abs(actual[j] - value) <= TOLERANCE * value, `${what}, ${j}: ${actual[j]}, expected ${value}`);
  });
}
