// How long one training step takes, per cell and set of kernels: `node --import tsx test/bench/trainingStep.ts [V] [H]`.
import type { KernelModules } from '../../src/engine/kernels/kernelVariants';
import { selectKernels } from '../../src/engine/kernels/selectKernels';
import { arenaBytes } from '../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../src/engine/network/networkConfig';
import { TrainingSession } from '../../src/engine/training/trainingSession';
import { readKernelModules } from '../../src/trainer/kernelsModule';
import { randomIds } from '../oracle/smallNetworks';
import { widenVectors } from '../../src/trainer/vectorFlags';

const [T, B, E] = [64, 32, 64];
const vocabulary = Number(process.argv[2] ?? 100);
const hiddenUnits = Number(process.argv[3] ?? 128);

async function measure(network: Pick<NetworkConfig, 'cell' | 'resetGate'>, wasm: KernelModules | null, steps: number) {
  const config: NetworkConfig = {
    ...{ activation: 'tanh', recurrentInitialisation: 'orthogonal', normalScale: 1, forgetBias: 1, seed: 1 },
    ...{ hiddenUnits, embeddingSize: E, vocabulary, layers: 1, bidirectional: false },
    ...network,
  };
  const { kernels } = await selectKernels(wasm, arenaBytes(config, T, B));
  const model = new LanguageModel(kernels, config);
  const session = new TrainingSession(model, { timesteps: T, batch: B, learningRate: 2e-3, clipNorm: 1 });
  const milliseconds = Array.from({ length: steps }, (_, step) => {
    const [inputs, targets] = [randomIds(vocabulary, T * B, step), randomIds(vocabulary, T * B, step + 1)];
    const begin = performance.now();
    session.step(inputs, targets);
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  model.dispose();
  const median = milliseconds[Math.floor(steps / 2)];
  console.log(
    `${network.cell} reset ${network.resetGate}, ${kernels.name}: median ${median.toFixed(1)} ms, least ${milliseconds[0].toFixed(1)} ms`,
  );
}

async function measureAll(): Promise<void> {
  widenVectors();
  const wasm = readKernelModules('dist');
  console.log(`H ${hiddenUnits}, E ${E}, V ${vocabulary}, B ${B}, T ${T}`);
  for (const [cell, resetGate] of [
    ['lstm', 'before'],
    ['gru', 'before'],
    ['gru', 'after'],
    ['vanilla', 'before'],
  ] as const) {
    await measure({ cell, resetGate }, wasm, 40);
    await measure({ cell, resetGate }, null, 3);
  }
}

void measureAll();
