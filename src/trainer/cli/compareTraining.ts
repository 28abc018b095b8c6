// One run of a comparison on the command line: sized beside the first, trained, and looked at on text held out.
import path from 'node:path';
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import { stateGradient } from '../../engine/inspection/stateGradient';
import { unitsForParameters } from '../../engine/network/unitsForParameters';
import { GatescopeError, type FailureCode } from '../../protocol/failures';
import { lagRowsOf, type LagRows } from '../../protocol/lagStatistics';
import type { RunRecord, TextSource } from '../../protocol/run';
import { LIMITS, type RunConfig } from '../../protocol/runConfig';
import { splitTokens } from '../../text/split';
import { RunFolder } from '../runFolder';
import { RunSession } from '../runSession';
import { openTokenFile } from '../tokenFile';
import { TrainedModel } from '../trainedModel';
import { networkConfig } from '../trainingPlan';
import type { CompareOptions } from './compareOptions';
import type { CommandContext } from './subcommand';
import { MEMORY_MEGABYTES } from './trainCommand';

/** Tokens read before the window to warm the state up, as in the inspector. */
const WARM_UP = 256;

/** The first run has the units asked for; the others as many parameters, or as many units. */
export function sizedConfig(config: RunConfig, base: RunRecord | null, budget: CompareOptions['budget']): RunConfig {
  if (base === null || base.corpus === null || budget === 'units' || config.cell === base.config.cell) return config;
  const network = networkConfig(config, base.corpus.vocabulary);
  return { ...config, hiddenUnits: unitsForParameters(network, base.parameters, LIMITS.hiddenUnits).hiddenUnits };
}

/** @throws GatescopeError where the run failed */
export async function trainOne(
  config: RunConfig,
  runFolder: string,
  source: TextSource,
  threads: number,
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
  const createdAt = new Date().toISOString();
  session.train({ runFolder, runId: path.basename(runFolder), createdAt, config, source, text: null, threads });
  await session.settled();
  const { record } = session;
  await session.close();
  if (record.failure) throw new GatescopeError(record.failure.code as FailureCode, record.failure.args);
  return record;
}

/** Gradients by lag in a window of `count` tokens: the beginning of the text held out, which no run was trained on. */
export async function measureLags(
  runFolder: string,
  record: RunRecord,
  count: number,
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
