// `gatescope bench`: how fast the installed engine trains and inspects on this machine. (`npm run bench` in the repository measures it
// beside other frameworks.)
import os from 'node:os';
import { ONE_THREAD } from '../../engine/kernels/chooseThreads';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { MAX_THREADS } from '../../protocol/trainerMessages';
import { BATCH, COLUMNS, createContestants, TIMESTEPS, type Contestant } from './benchContestants';
import {
  EXIT,
  optionLines,
  parseOptions,
  UsageError,
  wholeNumber,
  type CommandContext,
  type Subcommand,
  type Terminal,
} from './subcommand';

const ROUNDS = 7;

export interface BenchOptions {
  /** Threads besides the measurement with one; 0: as many as a measurement finds worth it. */
  threads: number;
  rounds: number;
  json: boolean;
}

/** Median milliseconds of one training step or one inspection. */
interface Measurement {
  name: string;
  threads: number;
  milliseconds: number;
  stepsPerSecond?: number;
}

export const benchCommand: Subcommand = {
  name: 'bench',
  summary: 'measure the engine on this machine',
  help: () =>
    [
      'gatescope bench [options]',
      '',
      `Measures training steps (B = ${BATCH}, T = ${TIMESTEPS}, E = 64, V = 100 unless said otherwise) and inspections of ${COLUMNS} tokens`,
      '(gates, losses and the gradients of all pairs; Jacobians ∂h(T)/∂h(j)), all in turn, and tells the medians.',
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
      '        training: [{ name, threads, milliseconds, stepsPerSecond }], inspection: [{ name, threads, milliseconds }] }',
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

async function bench({ threads, rounds, json }: BenchOptions, { terminal, engine }: CommandContext): Promise<number> {
  const { modules, threads: platform } = engine();
  terminal.progress('choosing kernels');
  const { kernels, reason } = await selectKernels(modules, 1 << 16, null, { wanted: threads, platform });
  const { name, threads: count } = kernels;
  kernels.dispose();
  const several = count > 1 ? [{ wanted: count, platform }] : [];
  const { trainings, inspections, models } = await createContestants(modules, [ONE_THREAD, ...several]);
  const medians = measure([...trainings, ...inspections], rounds, terminal);
  for (const model of models) model.dispose();
  const training = medians
    .slice(0, trainings.length)
    .map((each) => ({ ...each, stepsPerSecond: rounded(1000 / each.milliseconds) }));
  const inspection = medians.slice(trainings.length);
  const machine = { node: process.version, processor: os.cpus()[0]?.model ?? '', processors: os.cpus().length };
  const shape = { batch: BATCH, timesteps: TIMESTEPS, columns: COLUMNS, rounds };
  const report = { kernels: name, reason, ...machine, ...shape, training, inspection };
  const heading = `${name} kernels, Node ${machine.node}, ${machine.processor}`;
  const lines = [heading, '', ...table([...training, ...inspection])];
  terminal.print(`${json ? JSON.stringify(report, null, 2) : lines.join('\n')}\n`);
  return EXIT.done;
}

function measure(contestants: Contestant[], rounds: number, terminal: Terminal): Measurement[] {
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    terminal.progress(`round ${round + 1} of ${rounds}`);
    contestants.forEach((contestant, at) => times[at].push(contestant.round()));
  }
  terminal.progress(null);
  return contestants.map(({ name, threads }, at) => {
    const sorted = times[at].sort((a, b) => a - b);
    return { name, threads, milliseconds: rounded(sorted[Math.floor(rounds / 2)]) };
  });
}

const rounded = (value: number) => Number(value.toPrecision(4));

function table(rows: Measurement[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, threads, milliseconds, stepsPerSecond }) => {
    const on = `${threads} ${threads === 1 ? 'thread ' : 'threads'}`;
    const speed = stepsPerSecond === undefined ? '' : `${stepsPerSecond.toFixed(1).padStart(9)} steps/s`;
    return `${name.padEnd(width)}  ${on}  ${milliseconds.toFixed(2).padStart(9)} ms${speed}`;
  });
}
