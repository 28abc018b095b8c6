// `gatescope compare`: trains several cells on the same file with the same seeds and as many parameters, on parts of it too, and tells
// their losses at equal steps and equal times, and how far each remembers.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fairComparison, fairVerdicts } from '../../protocol/fairComparison';
import { medianByLag, memoryLength, relativeToStart, type LagRows } from '../../protocol/lagStatistics';
import type { Metric, RunRecord, TextSource } from '../../protocol/run';
import type { RunConfig } from '../../protocol/runConfig';
import { counted } from '../../text/counted';
import { RunFolder } from '../runFolder';
import { openSource } from '../sourceReader';
import { compareHelp, compareOptions, type CompareOptions } from './compareOptions';
import { comparisonAsText, type ComparedCell, type ComparedShare } from './compareReport';
import { measureLags, sizedConfig, trainOne } from './compareTraining';
import { EXIT, type CommandContext, type Subcommand } from './subcommand';

export const compareCommand: Subcommand = {
  name: 'compare',
  summary: 'train several cells on equal terms: loss, time, memory',
  help: compareHelp,
  prepare: (argv, context) => {
    const options = compareOptions(argv);
    return () => compare(options, context);
  },
};

/** A run of one cell and seed. */
interface DoneRun {
  folder: string;
  record: RunRecord;
  metrics: Metric[];
}

async function compare(options: CompareOptions, context: CommandContext): Promise<number> {
  const { train, cells, seeds, budget, shares, out, count } = options;
  const { terminal } = context;
  const [file] = train.files;
  const createdAt = new Date().toISOString();
  const folder = path.resolve(out ?? `gatescope-compare-${createdAt.replace(/\D/g, '').slice(0, 14)}`);
  const source: TextSource = { uri: '', name: path.basename(file), path: path.resolve(file), part: { kind: 'whole' } };
  await (await openSource(source, null)).close();
  const size = Math.min(train.bytes ?? Infinity, (await stat(file)).size);
  const compared: ComparedShare[] = [];
  let models: ComparedCell[] = [];
  for (const share of shares) {
    const bytes = Math.max(1, Math.round((size * share) / 100));
    const part = share === 100 && train.bytes === null ? source.part : ({ kind: 'head', bytes } as const);
    const place = shares.length === 1 ? folder : path.join(folder, `${share}-percent`);
    const done = await trainAll(options, { ...source, part }, place, context);
    compared.push(toldOf(share, bytes, done));
    if (share === shares[shares.length - 1]) models = await rememberedBy(done, count, context);
  }
  terminal.progress(null);
  const data = { file: source.name, budget, seeds, window: count, cells, shares: compared, models };
  terminal.print(train.json ? `${JSON.stringify(data, null, 2)}\n` : comparisonAsText(data));
  const diverged = compared.some((share) => share.models.some((model) => model.diverged > 0));
  return diverged ? EXIT.diverged : EXIT.done;
}

/** Runs of every cell, the cells taking turns, so that a machine that is slower for a while is so for all of them. */
async function trainAll(
  { train, cells, seeds, budget }: CompareOptions,
  source: TextSource,
  folder: string,
  context: CommandContext,
): Promise<Map<RunConfig['cell'], DoneRun[]>> {
  const done = new Map<RunConfig['cell'], DoneRun[]>(cells.map((cell) => [cell, []]));
  let base: RunRecord | null = null;
  for (let k = 0; k < seeds; k++) {
    for (const [cell, runs] of done) {
      const config = sizedConfig({ ...train.config, cell, seed: train.config.seed + k }, base, budget);
      const runFolder = path.join(folder, `${cell}-seed-${config.seed}`);
      const part = source.part.kind === 'head' ? `, the first ${counted(source.part.bytes, 'byte')}` : '';
      context.terminal.note(`${cell} ${config.hiddenUnits}, seed ${config.seed}${part}`);
      const record = await trainOne(config, runFolder, source, train.threads, context);
      base ??= record;
      runs.push({ folder: runFolder, record, metrics: new RunFolder(runFolder).readMetrics() });
    }
  }
  return done;
}

function toldOf(share: number, bytes: number, done: ReadonlyMap<RunConfig['cell'], DoneRun[]>): ComparedShare {
  const fair = fairComparison(
    [...done].map(([cell, runs]) => ({
      name: `${cell} ${runs[0].record.config.hiddenUnits}`,
      seeds: runs.map(({ record, metrics }) => ({ metrics, diverged: record.divergence !== null })),
    })),
  );
  const sizes = [...done].map(([cell, runs]) => {
    const { config, parameters } = runs[0].record;
    return { cell, hiddenUnits: config.hiddenUnits, parameters };
  });
  const [corpus] = [...done.values()].map(([first]) => first.record.corpus);
  const models = fair.models.map((model, k) => ({ ...sizes[k], ...model }));
  return {
    ...{ share, bytes, tokens: corpus?.tokens ?? 0 },
    ...fair,
    models,
    verdicts: fairVerdicts({ ...fair, models }),
  };
}

async function rememberedBy(
  done: ReadonlyMap<RunConfig['cell'], DoneRun[]>,
  count: number,
  context: CommandContext,
): Promise<ComparedCell[]> {
  const told: ComparedCell[] = [];
  for (const [cell, runs] of done) {
    const rows: LagRows[] = [];
    for (const { folder, record } of runs) rows.push(await measureLags(folder, record, count, context));
    const { parameters, config } = runs[0].record;
    const shares = rows.map(relativeToStart);
    told.push({
      ...{ cell, hiddenUnits: config.hiddenUnits, parameters },
      deviation: parameters / (told[0]?.parameters ?? parameters) - 1,
      runs: runs.map(({ folder, record }) => {
        const { step, bestValidationLoss, divergence } = record;
        const { seed } = record.config;
        return { seed, folder, step, bestValidationLoss, parameters: record.parameters, diverged: divergence !== null };
      }),
      memory: memoryLength(shares),
      medians: medianByLag(shares),
    });
  }
  return told;
}
