// What `gatescope bench` measures: training steps and inspections of networks of the sizes that small recurrent networks have.
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import { forEachJacobianProduct } from '../../engine/inspection/jacobianProducts';
import { tracedLayer } from '../../engine/inspection/tracedLayer';
import { initialState, traceFrom } from '../../engine/inspection/windowForward';
import type { ThreadChoice } from '../../engine/kernels/chooseThreads';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { arenaBytes } from '../../engine/network/arenaBytes';
import { LanguageModel } from '../../engine/network/languageModel';
import { classHeadOf, type NetworkConfig } from '../../engine/network/networkConfig';
import { TrainingSession } from '../../engine/training/trainingSession';

export const BATCH = 32;
export const TIMESTEPS = 64;
/** Tokens of an inspected window. */
export const COLUMNS = 256;
const STEPS_PER_ROUND = 4;

/** Something measured in turn with everything else, so that a busy machine is unfair to all alike. */
export interface Contestant {
  name: string;
  threads: number;
  /** Milliseconds of one of what it does. */
  round(): number;
}

interface Workload {
  name: string;
  network: Partial<NetworkConfig>;
}

/** The GRU as other frameworks have it, with the reset gate after the product. */
const NETWORK: NetworkConfig = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'after', hiddenUnits: 128, embeddingSize: 64, vocabulary: 100 },
  ...{ layers: 1, bidirectional: false },
  ...{ recurrentInitialisation: 'orthogonal', normalScale: 1, forgetBias: 1, seed: 1 },
};

const TRAININGS: Workload[] = [
  { name: 'LSTM 128', network: {} },
  { name: 'GRU 128', network: { cell: 'gru' } },
  { name: 'vanilla 128', network: { cell: 'vanilla' } },
  { name: 'LSTM 256, 2 layers', network: { hiddenUnits: 256, layers: 2 } },
  { name: 'LSTM 128, V = 5000', network: { vocabulary: 5000 } },
  {
    name: 'LSTM 128, both directions, classifier',
    network: { bidirectional: true, head: { kind: 'classes', classes: 2, pooling: 'mean' } },
  },
];

const INSPECTIONS: Workload[] = [
  { name: 'inspect LSTM 128', network: {} },
  { name: 'inspect GRU 128', network: { cell: 'gru' } },
  { name: 'inspect vanilla 128', network: { cell: 'vanilla' } },
];

/** Trainings on one thread and on `several`, and inspections, with their models, which are to be disposed of. */
export async function createContestants(modules: KernelModules, choices: ThreadChoice[]) {
  const models: LanguageModel[] = [];
  const modelOf = async ({ network }: Workload, choice: ThreadChoice): Promise<LanguageModel> => {
    const config = { ...NETWORK, ...network };
    const bytes = (threads: number) => arenaBytes(config, TIMESTEPS, BATCH, threads);
    const { kernels } = await selectKernels(modules, bytes, null, choice);
    const model = new LanguageModel(kernels, config);
    models.push(model);
    await kernels.start();
    return model;
  };
  const trainings: Contestant[] = [];
  for (const workload of TRAININGS)
    for (const choice of choices) trainings.push(trainer(workload.name, await modelOf(workload, choice)));
  const inspections: Contestant[] = [];
  for (const workload of INSPECTIONS) {
    const model = await modelOf(workload, choices[0]);
    inspections.push(inspector(workload.name, model));
    if (model.config.cell === 'lstm') inspections.push(differentiator('Jacobians LSTM 128', model));
  }
  return { trainings, inspections, models };
}

/** A whole step: forward, backward, clipping, Adam. */
function trainer(name: string, model: LanguageModel): Contestant {
  const session = new TrainingSession(model, { timesteps: TIMESTEPS, batch: BATCH, learningRate: 2e-3, clipNorm: 1 });
  const inputs = tokenIds(BATCH * TIMESTEPS, model.config.vocabulary, 1);
  const head = classHeadOf(model.config);
  const targets = head ? tokenIds(BATCH, head.classes, 2) : tokenIds(BATCH * TIMESTEPS, model.config.vocabulary, 2);
  return contestant(name, model, STEPS_PER_ROUND, () => void session.step(inputs, targets));
}

/** Gates, losses, predictions and the gradients of all pairs of a window, as the inspector asks for them. */
function inspector(name: string, model: LanguageModel): Contestant {
  const ids = tokenIds(COLUMNS, model.config.vocabulary, 3);
  return contestant(name, model, 1, () => void inspectWindow(model, new Int32Array(), ids, ids[0]));
}

/** ∂h(T)/∂h(j) for all j of a window. */
function differentiator(name: string, model: LanguageModel): Contestant {
  const ids = tokenIds(COLUMNS, model.config.vocabulary, 3);
  const last = COLUMNS - 1;
  return contestant(name, model, 1, () => {
    const mark = model.kernels.mark();
    const layer = tracedLayer(model, traceFrom(model, ids, initialState(model)).layers[0][0]);
    forEachJacobianProduct(model.kernels, layer, last, last, 'hidden', () => undefined);
    model.kernels.release(mark);
  });
}

/** Does the work once, so that no round pays for what is done once. */
function contestant(name: string, { kernels }: LanguageModel, times: number, work: () => void): Contestant {
  work();
  const round = (): number => {
    const began = performance.now();
    for (let time = 0; time < times; time++) work();
    return (performance.now() - began) / times;
  };
  return { name, threads: kernels.threads, round };
}

/** Ids spread over the vocabulary: the fractional parts of multiples of the golden ratio. */
function tokenIds(count: number, vocabulary: number, seed: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => Math.floor(((0.6180339887 * seed * (at + 1)) % 1) * vocabulary));
}
