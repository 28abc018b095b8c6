// `gatescope compare`: trains several cells on the same file with the same seeds and as many parameters, and tells how far each remembers.
import path from 'node:path';
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import { stateGradient } from '../../engine/inspection/stateGradient';
import { unitsForParameters } from '../../engine/network/unitsForParameters';
import { GatescopeError, type FailureCode } from '../../protocol/failures';
import { lagRowsOf, medianByLag, memoryLength, relativeToStart, type LagRows } from '../../protocol/lagStatistics';
import type { RunRecord } from '../../protocol/run';
import { LIMITS, type RunConfig } from '../../protocol/runConfig';
import { splitTokens } from '../../text/split';
import { RunFolder } from '../runFolder';
import { RunSession } from '../runSession';
import { openSource } from '../sourceReader';
import { openTokenFile } from '../tokenFile';
import { TrainedModel } from '../trainedModel';
import { networkConfig } from '../trainingPlan';
import { compareHelp, compareOptions, type CompareOptions } from './compareOptions';
import { comparisonAsText, type ComparedCell, type CellRun } from './compareReport';
import { EXIT, type CommandContext, type Subcommand } from './subcommand';
import { MEMORY_MEGABYTES } from './trainCommand';

/** Tokens read before the window to warm the state up, as in the inspector. */
const WARM_UP = 256;

export const compareCommand: Subcommand = {
  name: 'compare',
  summary: 'train several cells on equal terms and measure how far each remembers',
  help: compareHelp,
  prepare: (argv, context) => {
    const options = compareOptions(argv);
    return () => compare(options, context);
  },
};

async function compare(options: CompareOptions, context: CommandContext): Promise<number> {
  const { train, cells, seeds, budget, out } = options;
  const { terminal } = context;
  const [file] = train.files;
  const createdAt = new Date().toISOString();
  const folder = path.resolve(out ?? `gatescope-compare-${createdAt.replace(/\D/g, '').slice(0, 14)}`);
  await (await openSource({ uri: '', name: file, path: path.resolve(file), part: { kind: 'whole' } }, null)).close();
  const compared: ComparedCell[] = [];
  let base: RunRecord | null = null;
  for (const cell of cells) {
    const config = sizedConfig({ ...train.config, cell }, base, budget);
    const runs: CellRun[] = [];
    const rows: LagRows[] = [];
    for (let k = 0; k < seeds; k++) {
      const seed = config.seed + k;
      terminal.note(`${cell} ${config.hiddenUnits}, seed ${seed}`);
      const runFolder = path.join(folder, `${cell}-seed-${seed}`);
      const record = await trainOne({ ...config, seed }, runFolder, options, context);
      base ??= record;
      rows.push(await measure(runFolder, record, options, context));
      const { step, bestValidationLoss, parameters, divergence } = record;
      runs.push({ seed, folder: runFolder, step, bestValidationLoss, parameters, diverged: divergence !== null });
    }
    const shares = rows.map(relativeToStart);
    compared.push({
      ...{ cell, hiddenUnits: config.hiddenUnits, parameters: runs[0].parameters, runs },
      deviation: runs[0].parameters / (base?.parameters ?? runs[0].parameters) - 1,
      memory: memoryLength(shares),
      medians: medianByLag(shares),
    });
  }
  terminal.progress(null);
  const data = { file: path.basename(file), budget, seeds, window: options.count, models: compared };
  terminal.print(train.json ? `${JSON.stringify(data, null, 2)}\n` : comparisonAsText(data));
  return compared.some(({ runs }) => runs.some(({ diverged }) => diverged)) ? EXIT.diverged : EXIT.done;
}

/** The first cell has the units asked for; the others as many parameters, or as many units. */
function sizedConfig(config: RunConfig, base: RunRecord | null, budget: CompareOptions['budget']): RunConfig {
  if (base === null || base.corpus === null || budget === 'units') return config;
  const network = networkConfig(config, base.corpus.vocabulary);
  return { ...config, hiddenUnits: unitsForParameters(network, base.parameters, LIMITS.hiddenUnits).hiddenUnits };
}

/** @throws GatescopeError where the run failed */
async function trainOne(
  config: RunConfig,
  runFolder: string,
  { train: { files, bytes, threads } }: CompareOptions,
  { terminal, engine }: CommandContext,
): Promise<RunRecord> {
  const { modules, threads: threadPlatform } = engine();
  const session = new RunSession({
    emit: (event) => {
      if (event.kind === 'progress')
        terminal.progress(`step ${event.record.step} of ${event.record.plannedSteps || '…'}`);
    },
    ...{ kernelsWasm: modules, threadPlatform, memoryMegabytes: MEMORY_MEGABYTES },
  });
  const part = bytes === null ? ({ kind: 'whole' } as const) : ({ kind: 'head', bytes } as const);
  const source = { uri: '', name: path.basename(files[0]), path: path.resolve(files[0]), part };
  const createdAt = new Date().toISOString();
  session.train({ runFolder, runId: path.basename(runFolder), createdAt, config, source, text: null, threads });
  await session.settled();
  const { record } = session;
  await session.close();
  if (record.failure) throw new GatescopeError(record.failure.code as FailureCode, record.failure.args);
  return record;
}

/** The window is the beginning of the text held out, which no run was trained on. */
async function measure(
  runFolder: string,
  record: RunRecord,
  { count }: CompareOptions,
  { engine }: CommandContext,
): Promise<LagRows> {
  const folder = new RunFolder(runFolder);
  const length = record.corpus?.tokens ?? 0;
  const tokens = openTokenFile(folder.tokenPath, length);
  const from = splitTokens(length).validation.start;
  const first = Math.max(0, from - WARM_UP);
  const read = new Uint16Array(Math.min(length, from + count + 1) - first);
  tokens.read(first, read);
  tokens.close();
  const ids = Int32Array.from(read);
  const { model } = await TrainedModel.fromCheckpoint(record.config, folder.readCheckpoint(), engine().modules);
  try {
    const window = ids.subarray(from - first, ids.length - 1);
    const { arrays } = inspectWindow(model, ids.subarray(0, from - first), window, ids[ids.length - 1]);
    return lagRowsOf(stateGradient(arrays), window.length);
  } finally {
    model.dispose();
  }
}
