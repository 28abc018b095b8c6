// Whole training runs with each optimizer against PyTorch's, in float64 (test/fixtures/optimizers): five clipped steps of an LSTM.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { randomIds, randomParameters } from '../../oracle/smallNetworks';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels, SMALL_NETWORK, smallTraining } from './smallTraining';

interface Fixture {
  vocabulary: number;
  embeddingSize: number;
  hiddenUnits: number;
  timesteps: number;
  batch: number;
  parameterSeed: number;
  textSeed: number;
  scale: number;
  clipNorm: number;
  optimizers: Record<'sgd' | 'rmsprop' | 'adam', Run>;
}

interface Run {
  learningRate: number;
  steps: { loss: number; gradientNorm: number }[];
  /** After the last step, row-major. */
  parameters: Record<string, number[]>;
}

const FIXTURE = JSON.parse(readFileSync('test/fixtures/optimizers/optimizers.json', 'utf8')) as Fixture;

for (const variant of ALL_VARIANTS)
  describe(`training with ${variant} kernels`, () => {
    after(disposeModels);

    for (const optimizer of ['sgd', 'rmsprop', 'adam'] as const)
      it(`moves the weights as PyTorch’s ${optimizer} does`, async () => {
        const { timesteps, batch, clipNorm, vocabulary, embeddingSize, hiddenUnits } = FIXTURE;
        const { learningRate, steps, parameters } = FIXTURE.optimizers[optimizer];
        const network = { vocabulary, embeddingSize, hiddenUnits };
        const options = { timesteps, batch, clipNorm, learningRate, optimizer };
        const { model, session } = await smallTraining(network, options, variant);
        const start = randomParameters({ ...SMALL_NETWORK, ...network }, FIXTURE.parameterSeed, FIXTURE.scale);
        for (const { name, values } of model.parameters.all) values.set(start[name]);

        const size = timesteps * batch;
        const tokens = randomIds(vocabulary, 2 * size * steps.length, FIXTURE.textSeed);
        steps.forEach(({ loss, gradientNorm }, step) => {
          const slice = tokens.subarray(2 * size * step, 2 * size * (step + 1));
          const result = session.step(slice.subarray(0, size), slice.subarray(size));
          const where = `step ${step}`;
          assert.ok(Math.abs(result.loss - loss) < 1e-5, `${where}: loss ${result.loss}, ${loss} in PyTorch`);
          assert.ok(Math.abs(result.gradientNorm / gradientNorm - 1) < 1e-4, `${where}: norm ${result.gradientNorm}`);
          assert.equal(result.clipped, gradientNorm > clipNorm, where);
        });
        for (const { name, values } of model.parameters.all) {
          const moved = parameters[name].map((value, at) => value - start[name][at]);
          const most = Math.max(...moved.map(Math.abs));
          const error = Math.max(...moved.map((move, at) => Math.abs(move - (values[at] - start[name][at]))));
          assert.ok(error <= 1e-4 * most, `${name}: ${error} off, moved by up to ${most}`);
        }
      });
  });
