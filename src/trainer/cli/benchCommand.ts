// `gatescope bench`: how fast the installed engine trains and inspects on this machine. (`npm run bench` in the repository measures it
// beside other frameworks.)
import os from 'node:os';
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import type { ThreadChoice } from '../../engine/kernels/chooseThreads';
import { ONE_THREAD } from '../../engine/kernels/chooseThreads';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { arenaBytes } from '../../engine/network/arenaBytes';
import { LanguageModel } from '../../engine/network/languageModel';
import type { NetworkConfig } from '../../engine/network/networkConfig';
import { TrainingSession } from '../../engine/training/trainingSession';
import { MAX_THREADS } from '../../protocol/trainerMessages';
import {
  EXIT,
  optionLines,
  parseOptions,
  UsageError,
  wholeNumber,
  type CommandContext,
  type Subcommand,
} from './subcommand';

const ROUNDS = 7;
const STEPS_PER_ROUND = 4;
const [BATCH, TIMESTEPS] = [32, 64];
const COLUMNS = 256;

const NETWORK: NetworkConfig = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', hiddenUnits: 128, embeddingSize: 64, vocabulary: 100 },
  ...{ layers: 1, bidirectional: false },
  ...{ recurrentInitialisation: 'orthogonal', normalScale: 0.1, forgetBias: 1, seed: 1 },
};

const TRAININGS: { name: string; network: Partial<NetworkConfig> }[] = [
  { name: 'LSTM 128', network: {} },
  { name: 'GRU 128', network: { cell: 'gru' } },
  { name: 'vanilla 128', network: { cell: 'vanilla' } },
  { name: 'LSTM 256 × 2 layers', network: { hiddenUnits: 256, layers: 2 } },
  { name: 'LSTM 128, V = 5000', network: { vocabulary: 5000 } },
  { name: 'LSTM 128, both directions', network: { bidirectional: true } },
];

/** Of `COLUMNS` tokens: gates, losses and the gradients of all pairs, as the inspector asks for them. */
const INSPECTIONS: { name: string; network: Partial<NetworkConfig> }[] = [
  { name: 'inspect LSTM 128', network: {} },
  { name: 'inspect GRU 128', network: { cell: 'gru' } },
  { name: 'inspect vanilla 128', network: { cell: 'vanilla' } },
];

export interface BenchOptions {
  /** Threads of the second column; 0: as many as a measurement finds worth it. */
  threads: number;
  rounds: number;
  json: boolean;
}

/** Median milliseconds of one training step or one inspection. */
interface Measurement {
  name: string;
  threads: number;
  milliseconds: number;
}

/** Something measured in turn with everything else, so that a busy machine is unfair to all alike. */
interface Contestant {
  name: string;
  threads: number;
  /** Milliseconds of one of what it does. */
  round(): number;
  milliseconds: number[];
}

export const benchCommand: Subcommand = {
  name: 'bench',
  summary: 'measure the engine on this machine',
  help: () =>
    [
      'gatescope bench [options]',
      '',
      `Measures training steps (B = ${BATCH}, T = ${TIMESTEPS}, E = 64, V = 100 unless said otherwise) and inspections of ${COLUMNS} tokens,`,
      'all in turn, and tells the medians.',
      '',
      'Options:',
      ...optionLines([
        ['threads N', 'threads besides the measurement with one; 0 lets a measurement decide; 0'],
        ['rounds N', `rounds that the medians are taken over; ${ROUNDS}`],
        ['json', 'print JSON instead of a table'],
        ['help', 'show this'],
      ]),
      '',
      'JSON: { kernels, reason, node, processor, processors, batch, timesteps, columns, rounds,',
      '        training: [{ name, threads, stepsPerSecond, milliseconds }], inspection: [{ name, threads, milliseconds }] }',
      '',
      'Exit codes: 0 measured, 1 failed, 2 wrong usage.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const options = benchOptions(argv);
    return () => bench(options, context);
  },
};

/** @throws UsageError */
export function benchOptions(argv: string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseOptions(argv, { threads: text, rounds: text, json: { type: 'boolean' } });
  if (positionals.length > 0) throw new UsageError(`bench takes no ${positionals[0]}`);
  return {
    threads: wholeNumber('threads', values.threads, 0, 0, MAX_THREADS),
    rounds: wholeNumber('rounds', values.rounds, ROUNDS, 1, 1000),
    json: values.json === true,
  };
}

async function bench({ threads, rounds, json }: BenchOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { modules, threads: platform } = context.engine();
  const several: ThreadChoice = { wanted: threads, platform };
  terminal.progress('choosing kernels');
  const { kernels, reason } = await selectKernels(modules, 1 << 16, null, several);
  const { name, threads: count } = kernels;
  kernels.dispose();
  const choices = count > 1 ? [ONE_THREAD, { ...several, wanted: count }] : [ONE_THREAD];
  const models: LanguageModel[] = [];
  try {
    const modelOf = async (network: Partial<NetworkConfig>, choice: ThreadChoice) => {
      const model = await benchedModel({ ...NETWORK, ...network }, modules, choice);
      models.push(model);
      return model;
    };
    const trainings: Contestant[] = [];
    for (const { name, network } of TRAININGS)
      for (const choice of choices) trainings.push(trainer(name, await modelOf(network, choice)));
    const inspections: Contestant[] = [];
    for (const { name, network } of INSPECTIONS) inspections.push(inspector(name, await modelOf(network, ONE_THREAD)));
    for (let round = 0; round < rounds; round++) {
      terminal.progress(`round ${round + 1} of ${rounds}`);
      for (const contestant of [...trainings, ...inspections]) contestant.milliseconds.push(contestant.round());
    }
    terminal.progress(null);
    const machine = { node: process.version, processor: os.cpus()[0]?.model ?? '', processors: os.cpus().length };
    const shape = { batch: BATCH, timesteps: TIMESTEPS, columns: COLUMNS, rounds };
    const training = trainings
      .map(measured)
      .map((each) => ({ ...each, stepsPerSecond: rounded(1000 / each.milliseconds) }));
    const inspection = inspections.map(measured);
    const report = { kernels: name, reason, ...machine, ...shape, training, inspection };
    terminal.print(
      json
        ? `${JSON.stringify(report, null, 2)}\n`
        : [
            `${name} kernels, Node ${machine.node}, ${machine.processor}`,
            '',
            ...table([...training, ...inspection]),
          ].join('\n'),
    );
    return EXIT.done;
  } finally {
    for (const model of models) model.dispose();
  }
}

async function benchedModel(
  network: NetworkConfig,
  modules: KernelModules,
  choice: ThreadChoice,
): Promise<LanguageModel> {
  const bytes = (threads: number) => arenaBytes(network, TIMESTEPS, BATCH, threads);
  const { kernels } = await selectKernels(modules, bytes, null, choice);
  await kernels.start();
  return new LanguageModel(kernels, network);
}

function trainer(name: string, model: LanguageModel): Contestant {
  const options = { timesteps: TIMESTEPS, batch: BATCH, learningRate: 2e-3, clipNorm: 1 };
  const session = new TrainingSession(model, options);
  const [inputs, targets] = [1, 2].map((seed) => tokenIds(BATCH * TIMESTEPS, model.config.vocabulary, seed));
  const step = () => void session.step(inputs, targets);
  step();
  return { name, threads: model.kernels.threads, milliseconds: [], round: () => timed(step, STEPS_PER_ROUND) };
}

function inspector(name: string, model: LanguageModel): Contestant {
  const ids = tokenIds(COLUMNS, model.config.vocabulary, 3);
  const inspect = () => void inspectWindow(model, new Int32Array(), ids, ids[0]);
  inspect();
  return { name, threads: model.kernels.threads, milliseconds: [], round: () => timed(inspect, 1) };
}

function timed(work: () => void, times: number): number {
  const began = performance.now();
  for (let time = 0; time < times; time++) work();
  return (performance.now() - began) / times;
}

/** Ids spread over the vocabulary (the fractional parts of a multiple of the golden ratio). */
function tokenIds(count: number, vocabulary: number, seed: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) =>
    Math.floor((((at + seed) * 0.6180339887 * seed) % 1) * vocabulary),
  );
}

function measured({ name, threads, milliseconds }: Contestant): Measurement {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  return { name, threads, milliseconds: rounded(sorted[Math.floor(sorted.length / 2)]) };
}

const rounded = (value: number) => Number(value.toPrecision(4));

function table(rows: (Measurement & { stepsPerSecond?: number })[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, threads, milliseconds, stepsPerSecond }) => {
    const speed = stepsPerSecond === undefined ? '' : `${stepsPerSecond.toFixed(1).padStart(9)} steps/s`;
    return `${name.padEnd(width)}  ${threads} ${threads === 1 ? 'thread ' : 'threads'}  ${milliseconds.toFixed(2).padStart(9)} ms${speed}`;
  });
}
