// Brings a run to where it can be trained and inspected: from its text, or from its stored checkpoint.
import type { ThreadChoice } from '../engine/kernels/chooseThreads';
import type { ThreadPlatform } from '../engine/kernels/kernelThread';
import { sameBits, type KernelModules } from '../engine/kernels/kernelVariants';
import { GatescopeError } from '../protocol/failures';
import type { CorpusInfo, RunRecord } from '../protocol/run';
import { configProblem } from '../protocol/runConfig';
import { DEFAULT_SNAPSHOT_MEGABYTES, type TrainerRequestOf } from '../protocol/trainerMessages';
import { counted } from '../text/counted';
import { splitTokens } from '../text/split';
import type { Vocabulary } from '../text/vocabulary';
import { failureOf } from './failureOf';
import { readImported, takeImported } from './importedNetwork';
import { Pictures } from './pictures';
import { QuestionDesk } from './questionDesk';
import { readText } from './readText';
import type { RunReporter } from './runReporter';
import { SnapshotSeries } from './snapshotSeries';
import { readingOf, type TaskReading } from './tasks/examplePicture';
import type { OpenTokens } from './tokenFile';
import { TrainedModel } from './trainedModel';
import { VALIDATION_TOKENS } from './trainingPlan';

export interface ReadyRun {
  trained: TrainedModel;
  vocabulary: Vocabulary;
  corpus: CorpusInfo;
  sample: string;
  /** Opened when training begins. */
  tokens: OpenTokens | null;
  /** How examples are read; null for a language model. */
  reading: TaskReading | null;
  snapshots: SnapshotSeries;
  pictures: Pictures;
  questions: QuestionDesk;
}

/** What this process can offer an engine. */
export interface EngineOptions {
  /** The kernels' WebAssembly modules; null where there are none. */
  kernelsWasm: KernelModules | null;
  /** Starts the kernels' threads; without it there is one. */
  threadPlatform?: ThreadPlatform | null;
  memoryMegabytes: number;
  /** The folder of the files that come with Gatescope, where the parsers are. */
  mediaFolder?: string;
}

/** As many threads as a request asks for, 0 for as many as pay; one where it says nothing. */
export function threadChoice({ threadPlatform }: EngineOptions, wanted = 1): ThreadChoice {
  return { wanted, platform: threadPlatform ?? null };
}

/** Reads the text and makes the network of a new run; null when cancelled. Throws bidirectionalLanguage and what readText throws. */
export async function prepareModel(
  reporter: RunReporter,
  request: TrainerRequestOf<'train'>,
  options: EngineOptions,
  isCancelled: () => boolean,
): Promise<ReadyRun | null> {
  const { kernelsWasm, memoryMegabytes } = options;
  const { folder } = reporter;
  const imported = request.weights ? readImported(request.weights, request.config) : null;
  const config = imported?.config ?? request.config;
  const problem = configProblem(config);
  if (problem) throw new GatescopeError(problem);
  if (imported) reporter.update({ config, imported: { name: imported.name, configured: imported.configured } });
  const read = await readText(reporter, request, config, imported, memoryMegabytes, isCancelled);
  if (read === null) return null;
  const { vocabulary, corpus, sample, shape, labels } = read;
  folder.writeVocabulary(vocabulary);
  folder.writeSample(sample);
  reporter.update({ corpus });
  reporter.activity('building', null);
  const threads = threadChoice(options, request.threads);
  const trained = await TrainedModel.create(config, vocabulary.size, shape, kernelsWasm, threads, null, labels);
  if (imported) takeImported(imported, trained);
  reporter.update({ parameters: trained.parameters, batch: shape, engine: noteEngine(reporter, trained) });
  const run = { trained, vocabulary, corpus, sample, tokens: null };
  return withDesks(run, reporter, options, request.snapshotMegabytes);
}

/** What the record says of the engine; the log hears it too. */
function noteEngine(reporter: RunReporter, { model, reason }: TrainedModel): RunRecord['engine'] {
  const kernels = model.kernels.name;
  const { threads } = model.kernels;
  reporter.log('info', `${kernels} kernels on ${counted(threads, 'thread')}: ${reason}`);
  const { electron, node } = process.versions;
  const runtime = electron === undefined ? `Node.js ${node}` : `Electron ${electron}, Node.js ${node}`;
  return { kernels, reason, threads, runtime };
}

/** Kernels of other bits than those now in use that a part of the training was done with; undefined where there are none. */
function otherKernels(now: string, recorded: string | null, before: string | undefined): string | undefined {
  return [recorded, before].find((kernels) => kernels && !sameBits(kernels, now)) ?? undefined;
}

/**
 * Loads the stored state of a run, on kernels that give the bits it was trained with; where there are none here, the log
 * warns. @throws GatescopeError runDamaged, networkTooLarge, outOfMemory.
 */
export async function openModel(
  reporter: RunReporter,
  { threads, snapshotMegabytes }: Pick<TrainerRequestOf<'open'>, 'threads' | 'snapshotMegabytes'>,
  options: EngineOptions,
): Promise<ReadyRun> {
  const { folder, record } = reporter;
  if (record.corpus === null) throw folder.damaged('record', new Error('it says nothing about the text'));
  const vocabulary = folder.readVocabulary();
  const sample = folder.readSample();
  const bytes = folder.readCheckpoint();
  try {
    const trained = await TrainedModel.fromCheckpoint(
      record.config,
      bytes,
      options.kernelsWasm,
      threadChoice(options, threads),
      options.memoryMegabytes,
    );
    if (trained.model.config.vocabulary !== vocabulary.size)
      throw new Error(`weights for ${trained.model.config.vocabulary} tokens, vocabulary of ${vocabulary.size}`);
    const { recordedKernels } = trained;
    const engine = noteEngine(reporter, trained);
    if (recordedKernels !== null && !sameBits(recordedKernels, engine.kernels))
      reporter.log('warning', `trained with ${recordedKernels} kernels, which do not run here: bits may differ`);
    const kernelsBefore = otherKernels(engine.kernels, recordedKernels, record.engine.kernelsBefore);
    if (kernelsBefore !== undefined) engine.kernelsBefore = kernelsBefore;
    reporter.record = { ...record, batch: trained.shape, engine };
    const ready = { trained, vocabulary, corpus: record.corpus, sample, tokens: null };
    return withDesks(ready, reporter, options, snapshotMegabytes);
  } catch (error) {
    const failure = failureOf(error, options.memoryMegabytes);
    if (failure.code === 'networkTooLarge' || failure.code === 'outOfMemory')
      throw new GatescopeError(failure.code, failure.args);
    throw folder.damaged('checkpoint', error);
  }
}

/** Ids of the validation part, as many as are evaluated; the tokens are open. */
export function readValidation({ tokens, corpus }: ReadyRun): Int32Array {
  const { start, length } = splitTokens(corpus.tokens).validation;
  const ids = new Uint16Array(Math.min(length, VALIDATION_TOKENS + 1));
  tokens?.read(start, ids);
  return Int32Array.from(ids);
}

/** The run with what answers inspections and questions about it, and with the snapshots that it has. */
function withDesks(
  run: Omit<ReadyRun, 'snapshots' | 'pictures' | 'questions' | 'reading'>,
  reporter: RunReporter,
  options: EngineOptions,
  megabytes = DEFAULT_SNAPSHOT_MEGABYTES,
): ReadyRun {
  const { folder, record } = reporter;
  const snapshots = new SnapshotSeries(folder.snapshotPath, run.trained, megabytes * 1e6, {
    changed: (steps) => reporter.listSnapshots(steps),
    warn: (text) => reporter.log('warning', text),
  });
  const known = { ...run, snapshots, reading: readingOf(run.trained.config, record.dataset) };
  const pictures = new Pictures(known, options, record.id);
  return { ...known, pictures, questions: new QuestionDesk(known, options, folder.tokenPath) };
}
