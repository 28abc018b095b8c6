// `npm run depth`: eight LSTM layers on the sample text without connections between them and with each kind, three seeds each: which
// trains, and what reaches the lowest layer. The README's section is written between its marks with --readme.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lossCurve } from '../../../src/protocol/fairComparison';
import type { RunRecord } from '../../../src/protocol/run';
import { CONNECTIONS, DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import { trainOne } from '../../../src/trainer/cli/compareTraining';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import { RunFolder } from '../../../src/trainer/runFolder';
import { root } from '../../vscode/paths';
import { layerGradients } from './layerGradients';
import { depthText, withDepth, type DepthReport, type DepthRun } from './report';

const SEEDS = [1, 2, 3];
const TEXT = path.join(root, 'media', 'sample', 'the-lighthouse-keepers.txt');
/** One reading of the sample text: some 640 steps. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  ...{ layers: 8, hiddenUnits: 32, embeddingSize: 32, sequenceLength: 32, batchSize: 16, epochs: 1 },
};

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const unknown = words.find((word) => word !== '--readme' && word !== '--json');
  if (unknown !== undefined) throw new Error(`${unknown} is none of --readme, --json`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-depth-'));
  try {
    const report = await measure(folder);
    process.stdout.write(words.includes('--json') ? `${JSON.stringify(report, null, 2)}\n` : `${depthText(report)}\n`);
    if (!words.includes('--readme')) return;
    const file = path.join(root, 'README.md');
    fs.writeFileSync(file, withDepth(fs.readFileSync(file, 'utf8'), report));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Seeds take turns, so that a machine that is slower for a while is so for all. */
async function measure(folder: string): Promise<DepthReport> {
  const runs: DepthRun[] = [];
  let unigramEntropy = NaN;
  for (const seed of SEEDS) {
    for (const connections of CONNECTIONS) {
      const config = { ...CONFIG, connections, seed };
      const runFolder = path.join(folder, `${connections}-${seed}`);
      const source = { uri: '', name: path.basename(TEXT), path: TEXT, part: { kind: 'whole' as const } };
      say(`${connections}, seed ${seed}`);
      const record = await trainOne(config, runFolder, source, 1, {
        terminal,
        engine,
        media: () => 'media',
        version: () => '',
      });
      unigramEntropy = record.corpus?.unigramEntropy ?? NaN;
      runs.push({ connections, seed, ...(await resultOf(record, runFolder)) });
    }
  }
  say('');
  return { text: path.basename(TEXT), config: CONFIG, seeds: SEEDS, unigramEntropy, runs };
}

async function resultOf(record: RunRecord, runFolder: string) {
  const stored = new RunFolder(runFolder);
  const metrics = stored.readMetrics();
  const last = lossCurve(metrics).at(-1);
  if (record.divergence !== null || last?.step !== record.plannedSteps)
    throw new Error(`${path.basename(runFolder)} did not train to its end`);
  const gradients = await layerGradients(record, stored, readKernelModules(path.join(root, 'dist')));
  return { parameters: record.parameters, steps: last.step, seconds: last.seconds, loss: last.loss, gradients };
}

const engine = () => {
  const dist = path.join(root, 'dist');
  return { modules: readKernelModules(dist), threads: nodeThreads(dist) };
};

const say = (sentence: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
};
const terminal = { print: say, note: say, progress: () => undefined };

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
