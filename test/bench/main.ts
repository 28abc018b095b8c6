// `npm run bench`: the engine beside tfjs, and beside PyTorch, JAX and Keras where GATESCOPE_PYTHON names a Python that has them.
// All in one run, interleaved; tables for a person, JSON for a program. CONTRIBUTING.md says how to read them.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';
import { aimsOf } from './aims';
import { buildEngine } from './build';
import { contestantsOn, PYTHON_PEERS } from './contestants';
import { describeMachine, findNode } from './machine';
import { HELP, parseOptions, type BenchOptions } from './options';
import { withBenchmark } from './readme';
import { attendance, textOf, type Report } from './report';
import { figuresOf, peakFiguresOf, ratiosOf, type Figure } from './results';
import { holdContest } from './rounds';
import { median } from './statistics';
import { SHAPE_SENTENCE, WORKLOADS } from './workloads';

/** The engine runs on at most so many threads. */
const MOST_THREADS = 8;

/** After that no further round begins. */
const SECONDS = 280;

async function bench({ only, rounds, burstSeconds, slow }: BenchOptions): Promise<Report> {
  const machine = describeMachine();
  const allThreads = Math.min(machine.cores, MOST_THREADS);
  const python = process.env.GATESCOPE_PYTHON || null;
  progress('building the engine');
  const stage = { node: findNode(), python, ownBundle: await buildEngine(), allThreads, slow };
  const workloads = WORKLOADS.filter(({ id, task }) => !only || only.includes(id) || only.includes(task));
  const contest = await holdContest(workloads, contestantsOn(stage), {
    rounds,
    seconds: SECONDS,
    burstSeconds,
    progress,
  });
  const figures = figuresOf(contest);
  const ratios = ratiosOf(figures);
  const peak = peakFiguresOf(contest);
  const { missing, ...present } = attendance(contest);
  const unnamed = PYTHON_PEERS.map(({ name }) => ({ name, threads: null, reason: 'GATESCOPE_PYTHON is not set' }));
  return {
    ...{
      machine,
      ...present,
      missing: python === null ? unnamed : missing,
      rounds: contest.rounds,
      shape: SHAPE_SENTENCE,
    },
    ...{ figures, ratios, peak, aims: aimsOf({ figures, ratios, peak, allThreads }), quiet: quietness(figures) },
  };
}

function quietness(figures: Figure[]): number | null {
  const alone = figures.flatMap(({ threads, cores }) => (threads === 1 && cores !== null ? [cores] : []));
  return alone.length > 0 ? median(alone) : null;
}

function progress(sentence: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), [...new Set(WORKLOADS.flatMap(({ id, task }) => [id, task]))]);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const report = await bench(options);
  progress('');
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (options.out !== null) fs.writeFileSync(options.out, json);
  (options.json ? process.stderr : process.stdout).write(`${textOf(report)}\n`);
  if (options.json) process.stdout.write(json);
  if (options.readme) {
    const file = path.join(root, 'README.md');
    fs.writeFileSync(file, withBenchmark(fs.readFileSync(file, 'utf8'), report));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
