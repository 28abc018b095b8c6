// Entry of the command line: trains on a file as the editor does, without the editor.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunRecord } from '../protocol/run';
import type { Progress, TrainerEvent } from '../protocol/trainerMessages';
import { helpText, parseCommandLine, UsageError, type TrainCommand } from './commandLineOptions';
import { failureOf } from './failureOf';
import { failureSentence } from './failureSentences';
import { readKernelModules } from './kernelsModule';
import { RunSession } from './runSession';
import { openSource } from './sourceReader';
import { widenVectors } from './vectorFlags';

const MEMORY_MEGABYTES = 4096;
const EXIT = { trained: 0, failed: 1, usage: 2, diverged: 3 } as const;

async function main(argv: string[]): Promise<number> {
  try {
    const command = parseCommandLine(argv);
    if (command.kind === 'train') return await train(command.train);
    process.stdout.write(command.kind === 'help' ? helpText() : `${version()}\n`);
    return EXIT.trained;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`gatescope: ${error.message}\nSee gatescope --help.\n`);
      return EXIT.usage;
    }
    process.stderr.write(`gatescope: ${failureSentence(failureOf(error, MEMORY_MEGABYTES))}\n`);
    return EXIT.failed;
  }
}

async function train({ file, config, out, bytes, json }: TrainCommand): Promise<number> {
  const createdAt = new Date().toISOString();
  const runFolder = path.resolve(out ?? `gatescope-run-${createdAt.replace(/\D/g, '').slice(0, 14)}`);
  const name = path.basename(file);
  widenVectors();
  const kernelsWasm = readKernelModules(__dirname);
  const session = new RunSession({ emit: showEvent, kernelsWasm, memoryMegabytes: MEMORY_MEGABYTES });
  const part = bytes === null ? ({ kind: 'whole' } as const) : ({ kind: 'head', bytes } as const);
  const source = { uri: '', name, path: path.resolve(file), part };
  // A file that cannot be read leaves no run folder behind.
  await (await openSource(source, null)).close();
  session.train({ runFolder, runId: path.basename(runFolder), createdAt, config, source, text: null });
  process.once('SIGINT', () => void session.stop());
  await session.settled();
  const { record } = session;
  await session.close();
  clearLine();
  if (json) process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  return sumUp(record, runFolder);
}

function sumUp(record: RunRecord, runFolder: string): number {
  if (record.failure !== null) {
    process.stderr.write(`gatescope: ${failureSentence(record.failure)}\n`);
    return EXIT.failed;
  }
  if (record.divergence !== null) {
    const { step, restoredStep, proposedClip } = record.divergence;
    process.stderr.write(
      `gatescope: the loss diverged at step ${step}; the weights of step ${restoredStep} are kept in ${runFolder}.\n` +
        `Try --clip-norm ${proposedClip} or a lower --learning-rate.\n`,
    );
    return EXIT.diverged;
  }
  const best = record.bestValidationLoss;
  const loss = best === null ? '' : `, best validation loss ${best.toFixed(4)} nats per token`;
  process.stderr.write(`${record.step} steps${loss}. The run is in ${runFolder}\n`);
  return EXIT.trained;
}

function showEvent(event: TrainerEvent): void {
  if (event.kind === 'log') {
    clearLine();
    process.stderr.write(`${event.level}: ${event.text}\n`);
  }
  if (event.kind === 'progress' && process.stderr.isTTY) {
    clearLine();
    process.stderr.write(progressLine(event));
  }
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

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
  return String((manifest as { version?: unknown }).version);
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
