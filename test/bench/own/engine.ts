// The engine's networks and kernels for a workload, chosen as a run would choose them.
import type { KernelModules } from '../../../src/engine/kernels/kernelVariants';
import { selectKernels } from '../../../src/engine/kernels/selectKernels';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import type { InspectionWorkload, TrainingWorkload } from '../workloads';

/** What every measurement of the engine is given. */
export interface Engine {
  modules: KernelModules;
  threads: number;
}

/** GRU as PyTorch, JAX and Keras have it: the reset gate acts after the product. */
function networkConfig(workload: TrainingWorkload | InspectionWorkload): NetworkConfig {
  const { cell, hidden, embedding, vocabulary, layers, bidirectional, classes } = workload;
  const head = classes > 0 ? ({ kind: 'classes', classes, pooling: 'mean' } as const) : undefined;
  return {
    ...{ head, cell, activation: 'tanh', resetGate: 'after', layers, bidirectional },
    ...{ hiddenUnits: hidden, embeddingSize: embedding, vocabulary },
    ...{ recurrentInitialisation: 'orthogonal', normalScale: 1, forgetBias: 1, seed: 1 },
  };
}

export async function createModel(
  workload: TrainingWorkload | InspectionWorkload,
  engine: Engine,
): Promise<LanguageModel> {
  const config = networkConfig(workload);
  const { timesteps, batch } = workload;
  const { kernels } = await createKernels(engine, (threads) => arenaBytes(config, timesteps, batch, threads));
  return new LanguageModel(kernels, config);
}

/** Kernels with an arena of so many bytes, and why these. */
export function createKernels({ modules, threads }: Engine, bytes: number | ((threads: number) => number)) {
  return selectKernels(modules, bytes, null, { wanted: threads, platform: nodeThreads(__dirname) });
}
