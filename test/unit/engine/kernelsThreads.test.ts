// Several threads give the bits of one, whatever the network, and hear of each other's failure. Needs dist/kernelThread.js.
import assert from 'node:assert/strict';
import type { ThreadPlatform } from '../../../src/engine/kernels/kernelThread';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';
import { selectKernels } from '../../../src/engine/kernels/selectKernels';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { TrainingSession, type TrainingOptions } from '../../../src/engine/training/trainingSession';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import { randomIds } from '../../oracle/smallNetworks';
import { kernelModules, RUNNING_VARIANTS } from './kernelsUnderTest';
import { SMALL_NETWORK } from './smallTraining';

const STEPS = 4;
const platform = nodeThreads('dist');
const variant = RUNNING_VARIANTS[RUNNING_VARIANTS.length - 1];

/** Weights, losses and norms after a few steps on so many threads. */
async function train(network: Partial<NetworkConfig>, options: TrainingOptions, threads: number) {
  const config = { ...SMALL_NETWORK, hiddenUnits: 37, embeddingSize: 13, vocabulary: 21, ...network };
  const { timesteps, batch } = options;
  const module = await WebAssembly.compile(new Uint8Array(kernelModules()[variant]));
  const bytes = arenaBytes(config, timesteps, batch, threads);
  const kernels = createSimdKernels(variant, module, bytes, { count: threads, platform });
  const model = new LanguageModel(kernels, config);
  const session = new TrainingSession(model, options);
  const text = randomIds(config.vocabulary, STEPS * timesteps * batch + 1, 5);
  const size = timesteps * batch;
  const results = Array.from({ length: STEPS }, (_, step) =>
    session.step(text.subarray(step * size, (step + 1) * size), text.subarray(step * size + 1, (step + 1) * size + 1)),
  );
  const weights = model.parameters.all.map(({ values }) => values.slice());
  const validation = session.evaluate(text, 1000);
  model.dispose();
  return { results, weights, validation };
}

describe(`kernels on several threads (${variant})`, () => {
  const options: TrainingOptions = { timesteps: 9, batch: 5, learningRate: 0.01, clipNorm: 0.5 };
  const networks: Record<string, Partial<NetworkConfig>> = {
    'a vanilla network': { cell: 'vanilla' },
    'an LSTM': { cell: 'lstm' },
    'a GRU': { cell: 'gru' },
    'a GRU, reset after the product': { cell: 'gru', resetGate: 'after' },
    'an LSTM of two layers': { cell: 'lstm', layers: 2 },
    'a bidirectional GRU of two layers': { cell: 'gru', layers: 2, bidirectional: true },
    'an LSTM over more words than positions': { cell: 'lstm', vocabulary: 150 },
    'an LSTM with highways and dropout': { cell: 'lstm', layers: 3, connections: 'highway', dropout: 0.3 },
    'a dense GRU whose directions are summed': {
      ...{ cell: 'gru', layers: 3, connections: 'dense', dropout: 0.2 },
      ...{ bidirectional: true, directionsJoined: 'sum' },
    },
    'an LSTM with a large vocabulary': { cell: 'lstm', vocabulary: 20_000, hiddenUnits: 5 },
  };
  for (const [name, network] of Object.entries(networks))
    it(`train ${name} to the same bits on one, two and three`, async () => {
      const alone = await train(network, options, 1);
      for (const threads of [2, 3]) assert.deepEqual(await train(network, options, threads), alone);
    });

  it('train one lane', async () => {
    const narrow = { ...options, batch: 1 };
    assert.deepEqual(await train({}, narrow, 2), await train({}, narrow, 1));
  });

  it('are told when one of them fails', async () => {
    const broken: ThreadPlatform = { processors: 2, start: (start) => platform.start({ ...start, thread: -1000 }) };
    const module = await WebAssembly.compile(new Uint8Array(kernelModules().simd));
    const kernels = createSimdKernels('simd', module, 1 << 16, { count: 2, platform: broken });
    const program = kernels.program((share) => share.sync());
    assert.throws(() => program.run(), /failed/);
  });

  it('are as many as are asked for, or as many as a measurement finds worth it, which is told', async () => {
    const two = await selectKernels(kernelModules(), 65536, null, { wanted: 2, platform });
    assert.equal(two.kernels.threads, 2);
    const measured = await selectKernels(kernelModules(), 65536, null, {
      wanted: 0,
      platform: { ...platform, processors: 2 },
    });
    assert.match(measured.reason, /2 threads (\d+\.\d|at most 2) times as fast as one/);
    assert.ok([1, 2].includes(measured.kernels.threads));
    for (const { kernels } of [two, measured]) kernels.dispose();
  });

  it('are one where no others can be started, with the reason', async () => {
    const { kernels } = await selectKernels(kernelModules(), 65536, null, { wanted: 4, platform: null });
    assert.equal(kernels.threads, 1);
    const other = await selectKernels(kernelModules(), 65536, null, { wanted: 2, platform: nodeThreads('missing') });
    assert.equal(other.kernels.threads, 1);
    assert.match(other.reason, /threads cannot be started: .*kernelThread/);
  });
});
