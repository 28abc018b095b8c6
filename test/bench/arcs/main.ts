// `npm run arcs`: language models of each cell, equally many parameters, three seeds each, are trained on the words of treebanks; on sentences
// that none has read, how much of the gradient of a word's loss reaches the other end of its arc, against the distance. With --readme
// the README's section and its picture are written, with --from FILE from an earlier run's --json.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atOnce } from '../../../src/engine/inspection/pieces';
import { ArcMeasurement } from '../../../src/labs/arcs/arcMeasurement';
import { estimateArcs } from '../../../src/labs/arcs/arcStatistics';
import { treebankSentence } from '../../../src/labs/arcs/treebankSentences';
import { JOINED_DISTANCES } from '../../../src/protocol/joined';
import type { RunRecord } from '../../../src/protocol/run';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import { sizedConfig, trainOne } from '../../../src/trainer/cli/compareTraining';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import { nodeThreads } from '../../../src/trainer/nodeThreads';
import { RunFolder } from '../../../src/trainer/runFolder';
import { TrainedModel } from '../../../src/trainer/trainedModel';
import { root } from '../../vscode/paths';
import { drawArcs } from './picture';
import { arcsText, withArcs, type ArcsReport, type CellReport } from './report';
import { readTreebanks, type Treebanks } from './treebanks';

const PICTURE = 'media/screenshots/arcs.png';
const SEEDS = [1, 2, 3];
/** The LSTM's; the others have as many parameters. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  ...{ unit: 'words', hiddenUnits: 64, embeddingSize: 64, sequenceLength: 32, batchSize: 16, epochs: 3 },
};
const CELLS_MEASURED = ['lstm', 'gru', 'vanilla'] as const;

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = { readme: flag, json: flag, from: text, seeds: text, sentences: text, bytes: text, epochs: text };
  const { values } = parseArgs({ options });
  const seeds = values.seeds ? values.seeds.split(',').map(Number) : SEEDS;
  const limit = { sentences: Number(values.sentences ?? Infinity), bytes: Number(values.bytes ?? Infinity) };
  const epochs = Number(values.epochs ?? CONFIG.epochs);
  const report = values.from
    ? (JSON.parse(fs.readFileSync(values.from, 'utf8')) as ArcsReport)
    : await measure({ ...CONFIG, epochs }, seeds, limit);
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${arcsText(report)}\n`);
  if (!values.readme) return;
  await drawArcs(report, path.join(root, PICTURE));
  const file = path.join(root, 'README.md');
  fs.writeFileSync(file, withArcs(fs.readFileSync(file, 'utf8'), report, PICTURE));
}

/** `limit`: for a quick look, only the beginning of what there is. */
async function measure(
  config: RunConfig,
  seeds: number[],
  limit: { sentences: number; bytes: number },
): Promise<ArcsReport> {
  const began = performance.now();
  const treebanks = readTreebanks();
  treebanks.trees.length = Math.min(treebanks.trees.length, limit.sentences);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-arcs-'));
  try {
    const file = path.join(folder, 'sentences.txt');
    fs.writeFileSync(file, treebanks.text.slice(0, limit.bytes));
    const found: Record<string, Found[]> = {};
    let base: RunRecord | null = null;
    // Interrupted, it tells of the seeds that all cells have been trained with.
    let stopped = false;
    process.once('SIGINT', () => (stopped = true));
    // Seeds take turns, so that a machine that is slower for a while is so for all.
    const done: number[] = [];
    for (const seed of seeds) {
      if (stopped) break;
      for (const cell of CELLS_MEASURED) {
        say(`${cell}, seed ${seed}`);
        const sized = sizedConfig({ ...config, cell, seed }, base, 'parameters');
        const record = await train(sized, path.join(folder, `${cell}-${seed}`), file);
        base ??= record;
        (found[cell] ??= []).push(await measureRun(record, path.join(folder, `${cell}-${seed}`), treebanks));
      }
      done.push(seed);
    }
    say('');
    const cells = CELLS_MEASURED.map((cell) => cellReport(cell, found[cell]));
    const [{ counts }] = found.lstm;
    const { files, trainSentences } = treebanks;
    const { sentences, words, arcs, unaligned, unknown } = counts;
    return {
      ...{ files, trainSentences, seeds: done, config, distances: [...JOINED_DISTANCES], cells },
      ...{ sentences, words, arcs, unaligned, unknown, documents: new Set(found.lstm[0].documents).size },
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

interface Found {
  record: RunRecord;
  pairs: ArcMeasurement['later'];
  counts: ArcMeasurement['counts'];
  documents: (string | null)[];
}

async function train(config: RunConfig, runFolder: string, file: string): Promise<RunRecord> {
  const source = { uri: '', name: path.basename(file), path: file, part: { kind: 'whole' as const } };
  const context = { terminal, engine, version: () => '', media: () => path.join(root, 'media') };
  const record = await trainOne(config, runFolder, source, 0, context);
  if (record.divergence !== null) throw new Error(`${path.basename(runFolder)} diverged`);
  return record;
}

async function measureRun(record: RunRecord, runFolder: string, { trees }: Treebanks): Promise<Found> {
  const stored = new RunFolder(runFolder);
  const vocabulary = stored.readVocabulary();
  const { model } = await TrainedModel.fromCheckpoint(record.config, stored.readCheckpoint(), engine().modules);
  try {
    const measurement = new ArcMeasurement(model, null);
    trees.forEach((tree, k) => atOnce(measurement.add(treebankSentence(tree, vocabulary, k === 0), model)));
    const { later, counts, documents } = measurement;
    return { record, pairs: later, counts, documents };
  } finally {
    model.dispose();
  }
}

function cellReport(cell: CellReport['cell'], found: readonly Found[]): CellReport {
  const [{ documents }] = found;
  const estimate = (some: readonly Found[]) =>
    atOnce(
      estimateArcs(
        some.map(({ pairs }) => pairs),
        documents,
        JOINED_DISTANCES,
      ),
    );
  const { curves, relations, resampled } = estimate(found);
  const seeds = found.map((one) =>
    estimate([one]).curves.map(({ points }) => points.map(({ share }) => share?.ratio ?? NaN)),
  );
  return {
    cell,
    ...{ parameters: found[0].record.parameters, hiddenUnits: found[0].record.config.hiddenUnits },
    losses: found.map(({ record }) => record.bestValidationLoss ?? NaN),
    curves: curves.map(({ order, points }, c) => ({
      order,
      points: points.map((point, k) => ({
        ...point,
        n: point.n / found.length,
        seeds: seeds.map((curvesOfSeed) => curvesOfSeed[c][k]),
        drawings: {
          value: [...resampled[c][k].value],
          share: [...resampled[c][k].share],
          ratio: [...resampled[c][k].ratio],
        },
      })),
    })),
    relations: relations.map((relation) => ({ ...relation, n: relation.n / found.length })),
  };
}

const engine = () => {
  const dist = path.join(root, 'dist');
  return { modules: readKernelModules(dist), threads: nodeThreads(dist) };
};

const say = (sentence: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
  else if (sentence !== '') process.stderr.write(`${sentence}\n`);
};
const terminal = { print: say, note: say, progress: () => undefined };

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
