// A small network with its training session and a text for it, as the training tests need them.
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { TrainingSession, type TrainingOptions } from '../../../src/engine/training/trainingSession';
import { kernelsNamed } from './kernelsUnderTest';

export const SMALL_NETWORK: NetworkConfig = {
  cell: 'lstm',
  activation: 'tanh',
  resetGate: 'before',
  hiddenUnits: 7,
  embeddingSize: 5,
  vocabulary: 6,
  layers: 1,
  bidirectional: false,
  recurrentInitialisation: 'orthogonal',
  normalScale: 0.5,
  forgetBias: 1,
  seed: 3,
};

export interface SmallTraining {
  model: LanguageModel;
  session: TrainingSession;
  kernels: MatrixKernels;
  options: TrainingOptions;
}

/** Models of tests still to be disposed, so that tf.memory() of one test is not another's. */
const alive: LanguageModel[] = [];

export async function smallTraining(
  network: Partial<NetworkConfig> = {},
  training: Partial<TrainingOptions> = {},
  name: MatrixKernels['name'] = 'simd',
): Promise<SmallTraining> {
  const config = { ...SMALL_NETWORK, ...network };
  const options = { timesteps: 5, batch: 3, learningRate: 1e-2, clipNorm: 0, ...training };
  const kernels = await kernelsNamed(name, arenaBytes(config, options.timesteps, options.batch));
  const model = new LanguageModel(kernels, config);
  alive.push(model);
  return { model, session: new TrainingSession(model, options), kernels, options };
}

export function disposeModels(): void {
  for (const model of alive.splice(0)) model.dispose();
}

/** Inputs and targets [T,B] of the `slice`-th step over a text, cut into contiguous lanes. */
export function batchOf(
  text: Int32Array,
  { timesteps, batch }: TrainingOptions,
  slice = 0,
): { inputs: Int32Array; targets: Int32Array } {
  const lane = Math.floor((text.length - 1) / batch);
  const at = (t: number, b: number) => b * lane + ((slice * timesteps) % (lane - timesteps + 1)) + t;
  const pick = (ahead: number) =>
    Int32Array.from({ length: timesteps * batch }, (_, k) => text[at(Math.floor(k / batch), k % batch) + ahead]);
  return { inputs: pick(0), targets: pick(1) };
}

/** All parameters as copies by name. */
export function weightsOf({ model }: { model: LanguageModel }): Record<string, Float32Array> {
  return Object.fromEntries(model.parameters.all.map(({ name, values }) => [name, values.slice()]));
}
