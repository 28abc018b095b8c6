// `gatescope train`: trains on a file as the editor does, without the editor.
import { statSync } from 'node:fs';
import path from 'node:path';
import type { RunRecord, TextSource } from '../../protocol/run';
import type { RunConfig } from '../../protocol/runConfig';
import type { Progress, TrainerEvent } from '../../protocol/trainerMessages';
import { counted } from '../../text/counted';
import { failureSentence } from '../failureSentences';
import { RunSession } from '../runSession';
import { openSource } from '../sourceReader';
import { filesOfDataset, guessTaskOf } from './datasetFiles';
import { exitOfFailure } from './exitOfFailure';
import { scoreLines } from './scoreLines';
import { EXIT, type CommandContext, type Subcommand, type Terminal } from './subcommand';
import { trainHelp, trainOptions, type TrainOptions } from './trainOptions';

export const MEMORY_MEGABYTES = 4096;

export const trainCommand: Subcommand = {
  name: 'train',
  summary: 'train a network on a text file',
  help: trainHelp,
  prepare: (argv, context) => {
    const options = trainOptions(argv);
    return () => train(options, context);
  },
};

async function train(options: TrainOptions, { terminal, engine }: CommandContext): Promise<number> {
  const { files, columns, config, out, bytes, threads, json } = options;
  const [file] = files;
  const createdAt = new Date().toISOString();
  const runFolder = path.resolve(out ?? `gatescope-run-${createdAt.replace(/\D/g, '').slice(0, 14)}`);
  const name = path.basename(file);
  const { modules, threads: threadPlatform } = engine();
  const session = new RunSession({
    emit: (event) => showEvent(event, terminal),
    kernelsWasm: modules,
    threadPlatform,
    memoryMegabytes: MEMORY_MEGABYTES,
  });
  const part = bytes === null ? ({ kind: 'whole' } as const) : ({ kind: 'head', bytes } as const);
  const source = { uri: '', name, path: path.resolve(file), part };
  const isText = config.task === 'language' || config.task === 'cloze';
  await checkReadable(files, config, terminal);
  const dataset = isText ? undefined : { files: filesOfDataset(files, config.task), ...columns };
  const order = { runFolder, runId: path.basename(runFolder), createdAt, config, source, dataset };
  session.train({ ...order, text: null, threads });
  process.once('SIGINT', () => void session.stop());
  await session.settled();
  const { record } = session;
  await session.close();
  terminal.progress(null);
  if (json) terminal.print(`${JSON.stringify(record, null, 2)}\n`);
  return sumUp(record, runFolder, terminal);
}

/** A file that cannot be read leaves no run folder behind; folders of examples are looked into when they are read. */
async function checkReadable(files: string[], { task }: RunConfig, terminal: Terminal): Promise<void> {
  for (const file of files) {
    if (task === 'classification' && statSync(file, { throwIfNoEntry: false })?.isDirectory()) continue;
    const source: TextSource = {
      uri: '',
      name: path.basename(file),
      path: path.resolve(file),
      part: { kind: 'whole' },
    };
    await (await openSource(source, null)).close();
  }
  const guess = task === 'language' ? guessTaskOf(files[0]) : task;
  if (guess !== task)
    terminal.note(
      `info: ${path.basename(files[0])} looks like examples; --task ${guess} would learn from their labels`,
    );
}

function sumUp(record: RunRecord, runFolder: string, terminal: Terminal): number {
  if (record.failure !== null) {
    terminal.note(`gatescope: ${failureSentence(record.failure)}`);
    return exitOfFailure(record.failure.code);
  }
  if (record.divergence !== null) {
    const { step, restoredStep, proposedClip } = record.divergence;
    terminal.note(
      `gatescope: the loss diverged at step ${step}; the weights of step ${restoredStep} are kept in ${runFolder}.`,
    );
    terminal.note(`Try --clip-norm ${proposedClip} or a lower --learning-rate.`);
    return EXIT.diverged;
  }
  const best = record.bestValidationLoss;
  const loss =
    best === null
      ? ''
      : `, best validation loss ${best.toFixed(4)} nats per ${record.config.task === 'classification' ? 'example' : 'token'}`;
  if (record.scores) for (const line of scoreLines(record.scores)) terminal.note(line);
  terminal.note(`${counted(record.step, 'step')}${loss}. The run is in ${runFolder}`);
  return EXIT.done;
}

function showEvent(event: TrainerEvent, terminal: Terminal): void {
  if (event.kind === 'log') terminal.note(`${event.level}: ${event.text}`);
  if (event.kind === 'progress') terminal.progress(progressLine(event));
}

function progressLine({ record, activity, fraction, tokensPerSecond, secondsLeft }: Progress): string {
  if (activity !== null) return `${activity}${fraction === null ? '' : ` ${Math.round(fraction * 100)} %`}`;
  const loss = record.lastMetric?.trainingLoss;
  return [
    `step ${record.step} of ${record.plannedSteps}`,
    loss === null || loss === undefined ? '' : `loss ${loss.toFixed(3)}`,
    tokensPerSecond === null ? '' : `${Math.round(tokensPerSecond)} tokens/s`,
    secondsLeft === null ? '' : `${Math.ceil(secondsLeft)} s left`,
  ]
    .filter(Boolean)
    .join(' · ');
}
