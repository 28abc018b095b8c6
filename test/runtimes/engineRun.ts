// A small training and inspection that needs nothing of the runtime but JavaScript and WebAssembly; its numbers are compared
// between runtimes to the bit.
import { ONE_THREAD, type ThreadChoice } from '../../src/engine/kernels/chooseThreads';
import type { KernelModules } from '../../src/engine/kernels/kernelVariants';
import { selectKernels } from '../../src/engine/kernels/selectKernels';
import { inspectWindow } from '../../src/engine/inspection/inspectWindow';
import { arenaBytes } from '../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../src/engine/network/networkConfig';
import { TrainingSession } from '../../src/engine/training/trainingSession';

const NETWORK: NetworkConfig = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', hiddenUnits: 37, embeddingSize: 11, vocabulary: 23 },
  ...{ layers: 2, bidirectional: false, connections: 'highway', dropout: 0.1 },
  ...{ recurrentInitialisation: 'orthogonal', normalScale: 0.1, forgetBias: 1, seed: 5 },
};
const [TIMESTEPS, LANES, STEPS, WINDOW] = [13, 5, 6, 24];

export interface EngineRun {
  kernels: string;
  reason: string;
  threads: number;
  /** Mean loss of every step, nats per token. */
  losses: number[];
  /** A hash of the bits of every weight afterwards, by name, and of every array of a window's inspection. */
  weights: Record<string, string>;
  inspection: Record<string, string>;
}

/** Trains and inspects on the kernels that are chosen among the modules. */
export async function runEngine(modules: KernelModules | null, choice: ThreadChoice = ONE_THREAD): Promise<EngineRun> {
  const bytes = (threads: number): number => arenaBytes(NETWORK, TIMESTEPS, LANES, threads);
  const { kernels, reason } = await selectKernels(modules, bytes, null, choice);
  const model = new LanguageModel(kernels, NETWORK);
  fillByRule(model);
  const options = { timesteps: TIMESTEPS, batch: LANES, learningRate: 0.01, clipNorm: 0.5 };
  const session = new TrainingSession(model, options);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++)
    losses.push(session.step(tokens(TIMESTEPS * LANES, step), tokens(TIMESTEPS * LANES, step + 1)).loss);
  const { arrays } = inspectWindow(model, tokens(40, 100), tokens(WINDOW, 200), 3);
  const weights = model.parameters.all.map(({ name, values }) => [name, hashOfBits(values)]);
  const inspection = Object.entries(arrays).map(([name, { values }]) => [name, hashOfBits(values)]);
  const { name, threads } = kernels;
  model.dispose();
  return {
    ...{ kernels: name, reason, threads, losses },
    ...{ weights: Object.fromEntries(weights) as Record<string, string> },
    inspection: Object.fromEntries(inspection) as Record<string, string>,
  };
}

/** Weights that need no function whose last bit a runtime is free to choose, as Math.cos and Math.log are. */
function fillByRule({ parameters }: LanguageModel): void {
  let state = 1;
  for (const { values } of parameters.all)
    for (let k = 0; k < values.length; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[k] = (state / 2 ** 32 - 0.5) / 4;
    }
}

function tokens(count: number, salt: number): Int32Array {
  return Int32Array.from({ length: count }, (_, k) => (k * k + 7 * salt + 3 * (k % 5)) % NETWORK.vocabulary);
}

/** FNV-1a over the bits, every NaN taken for the same. */
function hashOfBits(values: Float32Array): string {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  let hash = 0x811c9dc5;
  for (let k = 0; k < bits.length; k++) {
    const word = Number.isNaN(values[k]) ? 0x7fc00000 : bits[k];
    for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 0xff), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
