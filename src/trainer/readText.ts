// Reads what a new run is trained on, a running text or the examples of a task, and plans its batches.
import type { CorpusInfo } from '../protocol/run';
import type { RunConfig } from '../protocol/runConfig';
import type { TrainerRequestOf } from '../protocol/trainerMessages';
import type { BatchShape } from '../text/batches';
import { counted } from '../text/counted';
import type { Vocabulary } from '../text/vocabulary';
import { readCorpus } from './corpus';
import { importedVocabulary, type ImportedNetwork } from './importedNetwork';
import type { RunReporter } from './runReporter';
import { prepareTask } from './tasks/prepareTask';
import { networkConfig, planShape, shapeForMemory } from './trainingPlan';

export interface ReadText {
  vocabulary: Vocabulary;
  corpus: CorpusInfo;
  /** The beginning of the text. */
  sample: string;
  shape: BatchShape;
  /** Classes or tags; 0 for a language model. */
  labels: number;
}

/** Batches that a small dataset is still cut into. */
const BATCHES_WANTED = 4;

/** Null when cancelled. @throws GatescopeError as readCorpus, planShape, prepareTask */
export async function readText(
  reporter: RunReporter,
  request: TrainerRequestOf<'train'>,
  config: RunConfig,
  imported: ImportedNetwork | null,
  memoryMegabytes: number,
  isCancelled: () => boolean,
): Promise<ReadText | null> {
  const read =
    config.task === 'language'
      ? await readLanguage(reporter, request, config, imported, memoryMegabytes, isCancelled)
      : await readTask(reporter, request, memoryMegabytes, isCancelled);
  if (read === null) return null;
  const { shape, corpus } = read;
  // Of bytes in several encodings some are misread: whoever knows the file sees it here.
  if (!/^utf-/.test(corpus.encoding)) reporter.log('info', `read as ${corpus.encoding}, told from its bytes`);
  if (shape.lanes !== config.batchSize || (config.task === 'language' && shape.timesteps !== config.sequenceLength))
    reporter.log(
      'info',
      `slices of ${shape.timesteps} timesteps × ${shape.lanes} lanes: more do not fit this text or memory`,
    );
  return read;
}

async function readLanguage(
  reporter: RunReporter,
  { source, text }: TrainerRequestOf<'train'>,
  config: RunConfig,
  imported: ImportedNetwork | null,
  memoryMegabytes: number,
  isCancelled: () => boolean,
): Promise<ReadText | null> {
  const read = await readCorpus({
    ...{ source, text, unit: config.unit, tokenPath: reporter.folder.tokenPath, isCancelled },
    ...(imported && { vocabularyOf: (counter) => importedVocabulary(imported, counter, source.name) }),
    report: (activity, fraction) => reporter.activity(activity, fraction),
  });
  if (read === null) return null;
  const { vocabulary, info: corpus, sample, replaced, countedBytes } = read;
  if (replaced > 0)
    reporter.log(
      'warning',
      `${counted(replaced, 'place')} ${replaced === 1 ? 'is' : 'are'} not valid ${corpus.encoding}; read as U+FFFD`,
    );
  if (countedBytes !== null) reporter.log('info', `vocabulary counted on the first ${counted(countedBytes, 'byte')}`);
  const network = networkConfig(config, vocabulary.size);
  const shape = planShape(config, network, corpus.trainingTokens, memoryMegabytes);
  return { vocabulary, corpus, sample, shape, labels: 0 };
}

async function readTask(
  reporter: RunReporter,
  request: TrainerRequestOf<'train'>,
  memoryMegabytes: number,
  isCancelled: () => boolean,
): Promise<ReadText | null> {
  const { config } = request;
  const task = await prepareTask(reporter, request, isCancelled);
  if (task === null) return null;
  const { vocabulary, corpus, info, sample, longest } = task;
  reporter.update({ dataset: info });
  const labels = info.labels.length;
  const lanes = Math.max(1, Math.min(config.batchSize, Math.ceil(info.training / BATCHES_WANTED)));
  const network = networkConfig(config, vocabulary.size, labels);
  const wanted = { timesteps: Math.min(config.sequenceLength, longest), lanes };
  return { vocabulary, corpus, sample, labels, shape: shapeForMemory(wanted, network, memoryMegabytes) };
}
