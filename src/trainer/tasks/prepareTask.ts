// Makes the dataset of a new run on a task: reads and encodes its examples and stores them in the run's folder.
import type { CorpusInfo } from '../../protocol/run';
import type { DatasetInfo } from '../../protocol/taskRun';
import type { TrainerRequestOf } from '../../protocol/trainerMessages';
import { counted } from '../../text/counted';
import { SequenceCutter } from '../../text/datasets/clozeSequences';
import { encodeLabelled, encodeTagged, type EncodedDataset } from '../../text/datasets/encodedDataset';
import { DatasetError } from '../../text/datasets/examples';
import { MINIMUM_EXAMPLES, splitInOrder, TEST, TRAINING, VALIDATION } from '../../text/datasets/splitExamples';
import { unigramEntropy } from '../../text/unigramEntropy';
import { withHidden, type Vocabulary } from '../../text/vocabulary';
import { readCorpus } from '../corpus';
import type { RunReporter } from '../runReporter';
import { openTokenFile } from '../tokenFile';
import { readsSmallLetters } from './examplePicture';
import { writeDataset, writeIds, type StoredDataset } from './datasetStore';
import {
  datasetSource,
  naming,
  readLabelled,
  readTaggedFiles,
  type DatasetRequest,
  type ReadFiles,
} from './readDataset';

export interface PreparedTask {
  vocabulary: Vocabulary;
  corpus: CorpusInfo;
  info: DatasetInfo;
  sample: string;
  /** Tokens of the longest sequence. */
  longest: number;
}

/** Null when cancelled. @throws GatescopeError as readLabelled, readCorpus, datasetOneClass, datasetTooFew. */
export async function prepareTask(
  reporter: RunReporter,
  request: TrainerRequestOf<'train'>,
  isCancelled: () => boolean,
): Promise<PreparedTask | null> {
  const { config, source, text, dataset } = request;
  const { task } = config;
  if (task === 'cloze' || task === 'language') return prepareCloze(reporter, request, isCancelled);
  const report = (fraction: number) => reporter.activity('reading', fraction);
  const reading: DatasetRequest = { source, text, dataset, isCancelled, report };
  const { unit, sequenceLength: longest, seed } = config;
  const options = { unit, longest, seed, lowerCase: readsSmallLetters(task) };
  let files: ReadFiles;
  let encoded: EncodedDataset;
  if (task === 'classification') {
    const read = await readLabelled(reading);
    if (read === null) return null;
    files = read;
    encoded = naming(source.name, () => encodeLabelled(read.examples, options));
  } else {
    const read = await readTaggedFiles(reading);
    if (read === null) return null;
    files = read;
    encoded = naming(source.name, () => encodeTagged(read.examples, options));
  }
  const { folder } = reporter;
  writeIds(folder, 'tokens', encoded.ids);
  if (encoded.tags) writeIds(folder, 'tags', encoded.tags);
  const { emptyLines, incomplete, columns, replaced, encoding } = files;
  tellReplaced(reporter, replaced, encoding);
  const { truncated, singletons, unknownShare } = encoded;
  const info = infoOf(
    encoded,
    { ...{ emptyLines, incomplete, truncated, singletons, unknownShare }, columns },
    reading,
  );
  tell(reporter, info, longest);
  return { ...store(reporter, encoded, encoded.vocabulary, info, files), sample: files.sample };
}

/** Cloze: any text, cut into sequences; its vocabulary is what can be predicted. */
async function prepareCloze(
  reporter: RunReporter,
  request: TrainerRequestOf<'train'>,
  isCancelled: () => boolean,
): Promise<PreparedTask | null> {
  const { config, source, text } = request;
  const { folder } = reporter;
  const corpus = await readCorpus({
    ...{ source, text, unit: config.unit, tokenPath: folder.tokenPath, isCancelled },
    vocabularyOf: (counter) => withHidden(counter.vocabulary(config.unit)),
    report: (activity, fraction) => reporter.activity(activity, fraction),
  });
  if (corpus === null) return null;
  const { vocabulary, info: whole, sample, replaced } = corpus;
  tellReplaced(reporter, replaced, whole.encoding);
  const cutter = new SequenceCutter(config.sequenceLength);
  const tokens = openTokenFile(folder.tokenPath, whole.tokens);
  const piece = new Uint16Array(Math.min(whole.tokens, 1 << 16));
  for (let at = 0; at < whole.tokens; at += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, whole.tokens - at));
    tokens.read(at, part);
    for (const id of part) cutter.add(vocabulary.textOf(id));
  }
  cutter.end();
  tokens.close();
  const examples = cutter.lengths.length;
  if (examples < MINIMUM_EXAMPLES)
    naming(source.name, () => {
      throw new DatasetError('tooFew', { examples, needed: MINIMUM_EXAMPLES });
    });
  const stored: StoredDataset = {
    ...{ task: 'cloze', lowerCase: false, labels: [], classes: null },
    lengths: Int32Array.from(cutter.lengths),
    parts: splitInOrder(examples),
  };
  const nothing = { emptyLines: 0, incomplete: 0, truncated: 0, singletons: 0 };
  const info = infoOf(stored, { ...nothing, unknownShare: vocabulary.entries[0].count / whole.tokens }, request);
  const files = { ...whole, columns: [], sample, replaced: 0, emptyLines: 0, incomplete: 0 };
  return { ...store(reporter, stored, vocabulary, info, files), sample };
}

function infoOf(
  { task, labels, parts }: StoredDataset,
  counts: Pick<DatasetInfo, 'emptyLines' | 'incomplete' | 'truncated' | 'singletons' | 'unknownShare' | 'columns'>,
  request: Pick<DatasetRequest, 'source' | 'dataset'>,
): DatasetInfo {
  const count = (part: number) => parts.filter((each) => each === part).length;
  return {
    ...{ task, source: datasetSource(request), labels },
    ...{ training: count(TRAINING), validation: count(VALIDATION), test: count(TEST) },
    ...counts,
  };
}

function store(
  { folder }: RunReporter,
  dataset: StoredDataset,
  vocabulary: Vocabulary,
  info: DatasetInfo,
  { encoding, bytes, characters, hash }: Pick<ReadFiles, 'encoding' | 'bytes' | 'characters' | 'hash'>,
): Omit<PreparedTask, 'sample'> {
  writeDataset(folder, dataset);
  const { lengths, parts } = dataset;
  const tokensOf = (part: number | null) =>
    lengths.reduce((sum, length, at) => sum + (part === null || parts[at] === part ? length : 0), 0);
  const counts = Float64Array.from(vocabulary.entries, ({ count }) => count);
  const corpus: CorpusInfo = {
    ...{ encoding, bytes, characters, hash },
    ...{ tokens: tokensOf(null), trainingTokens: tokensOf(TRAINING), validationTokens: tokensOf(VALIDATION) },
    ...{ vocabulary: vocabulary.size, unigramEntropy: unigramEntropy(counts) },
  };
  return { vocabulary, corpus, info, longest: lengths.reduce((most, length) => Math.max(most, length), 1) };
}

function tellReplaced(reporter: RunReporter, places: number, encoding: string): void {
  if (places > 0)
    reporter.log(
      'warning',
      `${counted(places, 'place')} ${places === 1 ? 'is' : 'are'} not valid ${encoding}; read as U+FFFD`,
    );
}

function tell(reporter: RunReporter, info: DatasetInfo, longest: number): void {
  const { emptyLines, incomplete, truncated, singletons, columns, task } = info;
  const say = (count: number, noun: string, what: string) =>
    count > 0 && reporter.log('info', `${counted(count, noun)} ${what}`);
  if (columns?.length)
    reporter.log(
      'info',
      `${task === 'tagging' ? 'tags from column' : 'label and text from columns'} ${columns.join(', ')}`,
    );
  say(emptyLines, 'empty line', 'skipped');
  say(incomplete, 'line', 'without a label or a text skipped');
  say(truncated, 'example', `longer than ${longest} tokens cut there (--sequence-length)`);
  say(singletons, 'label', `with a single ${task === 'tagging' ? 'token' : 'example'}`);
}
