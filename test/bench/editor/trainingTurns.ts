// Training with the inspector open, beside the same training from the command line and beside the engine's step alone, in turns.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRecord, runFolders, type Session } from '../../e2e/session';
import { Inspector } from '../../e2e/inspector';
import { root } from '../../vscode/paths';
import { buildEngine } from '../build';
import { ContestantProcess } from '../contestantProcess';
import { contestantsOn } from '../contestants';
import { findNode } from '../machine';
import { median } from '../statistics';
import { WORKLOADS } from '../workloads';
import { millisecondsPerStep } from './stepClock';
import { CONFIG } from './trainedText';

/** Seconds of each turn. */
const STEP_SECONDS = 3;
const RUN_SECONDS = 6;
/** What is not yet at rest when a turn begins. */
const SETTLE_MILLISECONDS = 1500;
/** Steps after which a run's first evaluations, which come at every doubling, are over. */
const SETTLED_STEPS = 70;

export interface TrainingFigures {
  /** Threads of the run in the editor; the others have as many. */
  threads: number;
  kernels: string;
  /** Milliseconds a step, by turn. */
  step: number[];
  commandLine: number[];
  editor: number[];
}

/** A figure's median over the turns, relative to the engine's step alone. */
export function relativeToStep(figures: TrainingFigures, of: 'commandLine' | 'editor'): number {
  return median(figures[of].map((milliseconds, turn) => milliseconds / figures.step[turn]));
}

/** The run in the session's inspector trains when this begins and when it ends; in between it is paused while others have their turn. */
export async function measureTraining(
  session: Session,
  textFile: string,
  rounds: number,
  progress: (sentence: string) => void,
): Promise<TrainingFigures> {
  const inspector = new Inspector(session.workbench);
  const [runFolder] = runFolders(session.server);
  const { engine } = readRecord(runFolder);
  const threads = engine.threads ?? 1;
  const node = findNode();
  const stage = { node, python: null, ownBundle: await buildEngine(), allThreads: threads, slow: false };
  const ours = contestantsOn(stage).find((each) => each.role === 'ours' && each.threads === threads);
  const workload = WORKLOADS.find(({ id }) => id === 'lstm128');
  if (!ours || !workload) throw new Error('the engine has no workload lstm128');
  const figures: TrainingFigures = { threads, kernels: engine.kernels, step: [], commandLine: [], editor: [] };
  const pause = async (): Promise<void> => {
    await inspector.button(/^Pause/).click();
    await inspector.phase('Paused');
  };
  await pause();
  const alone = new ContestantProcess(ours);
  try {
    await alone.ready();
    for (let round = 1; round <= rounds; round++) {
      progress(`training, turn ${round} of ${rounds}`);
      await sleep(SETTLE_MILLISECONDS);
      const burst = await alone.measure(workload, { seconds: STEP_SECONDS, steps: Infinity, warmUp: 0.5 });
      if (!('milliseconds' in burst)) throw new Error('the engine was not measured');
      figures.step.push(burst.milliseconds.reduce((sum, each) => sum + each, 0) / burst.milliseconds.length);
      figures.commandLine.push(await trainFromCommandLine(node, textFile, threads));
      await inspector.button(/^Resume/).click();
      await inspector.phase('Training');
      await sleep(SETTLE_MILLISECONDS);
      figures.editor.push(await millisecondsPerStep(runFolder, RUN_SECONDS, SETTLED_STEPS));
      if (round < rounds) await pause();
    }
  } finally {
    await alone.end();
  }
  return figures;
}

/** Milliseconds a step of `gatescope train`, which is interrupted once it was measured. */
async function trainFromCommandLine(node: string, textFile: string, threads: number): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-bench-'));
  const runFolder = path.join(folder, 'run');
  const options = [`--epochs=${CONFIG.epochs}`, `--learning-rate=${CONFIG.learningRate}`, `--threads=${threads}`];
  const cli = path.join(root, 'dist', 'cli.js');
  const child = spawn(node, [cli, 'train', textFile, '--out', runFolder, ...options], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    return await millisecondsPerStep(runFolder, RUN_SECONDS, SETTLED_STEPS);
  } finally {
    child.kill('SIGINT');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
