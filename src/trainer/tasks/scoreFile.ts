// Scores a stored network on a file that it was not trained on.
import type { RunRecord } from '../../protocol/run';
import type { DatasetSource, Scores } from '../../protocol/taskRun';
import { SequenceCutter } from '../../text/datasets/clozeSequences';
import {
  encodeKnownSentences,
  encodeKnownSequences,
  encodeKnownTexts,
  type FurtherExamples,
  type KnownDataset,
} from '../../text/datasets/encodeKnown';
import { readAsTokens } from '../../text/datasets/encodedDataset';
import { TEST } from '../../text/datasets/splitExamples';
import { outputWidth } from '../../engine/network/networkConfig';
import type { Vocabulary } from '../../text/vocabulary';
import { openSource } from '../sourceReader';
import type { TrainedModel } from '../trainedModel';
import { nextTurn } from '../trainingLoop';
import { DatasetBatches } from './datasetBatches';
import type { OpenDataset } from './datasetStore';
import { readLabelled, readTaggedFiles, type DatasetRequest } from './readDataset';
import { majorityOf, scorePart } from './scoreDataset';

export interface ScoredFile {
  /** Null where the file has nothing to predict. */
  scores: Scores | null;
  truncated: number;
  unknownLabels: number;
}

export interface StoredTask {
  record: RunRecord;
  trained: TrainedModel;
  vocabulary: Vocabulary;
  /** What it was trained on. */
  dataset: OpenDataset;
}

/** Scores on the part that was held out for it. */
export function scoreHeldOut(task: StoredTask): Promise<Scores | null> {
  return scoreOn(task, task.dataset, 'test');
}

/** @throws GatescopeError as readLabelled */
export async function scoreFile(task: StoredTask, source: DatasetSource): Promise<ScoredFile> {
  const { dataset, vocabulary, trained } = task;
  const { labels, lowerCase } = dataset;
  const known: KnownDataset = { task: dataset.task, vocabulary, lowerCase, labels, longest: trained.shape.timesteps };
  const further = await readFurther(known, source);
  const { truncated, unknownLabels } = further;
  const close = (): void => undefined;
  const opened: OpenDataset = {
    ...{ task: dataset.task, lowerCase, labels, close },
    ...{ lengths: further.lengths, starts: further.starts, parts: further.parts, classes: further.classes },
    tokens: Object.assign(further.tokens, { close }),
    tags: further.tags && Object.assign(further.tags, { close }),
  };
  return { scores: await scoreOn(task, opened, 'file'), truncated, unknownLabels };
}

async function scoreOn(
  { record, trained, vocabulary, dataset }: StoredTask,
  on: OpenDataset,
  part: Scores['part'],
): Promise<Scores | null> {
  const { seed } = trained.config;
  const batches = new DatasetBatches(on, { shape: trained.shape, seed, dropout: 0, vocabulary });
  const majority = majorityOf(dataset, outputWidth(trained.model.config));
  const scores = await scorePart({ trained, dataset: on, batches, vocabulary, majority }, TEST, part, nextTurn);
  return scores && { ...scores, step: record.scores?.step ?? trained.position.step };
}

async function readFurther(known: KnownDataset, dataset: DatasetSource): Promise<FurtherExamples> {
  const [{ path: file }] = dataset.files;
  const source = { uri: '', name: file, path: file, part: { kind: 'whole' } } as const;
  const request: DatasetRequest = {
    ...{ source, text: null, dataset },
    isCancelled: () => false,
    report: () => undefined,
  };
  // Nothing cancels it, so there are examples.
  if (known.task === 'classification') return encodeKnownTexts(known, (await readLabelled(request))?.examples ?? []);
  if (known.task === 'tagging') return encodeKnownSentences(known, (await readTaggedFiles(request))?.examples ?? []);
  const reader = await openSource(source, null);
  let text = '';
  try {
    for await (const piece of reader.pieces()) text += piece.text;
  } finally {
    await reader.close();
  }
  const cutter = new SequenceCutter(known.longest);
  const tokens = readAsTokens(text, known.vocabulary.unit, known.lowerCase).map((token) => token.text);
  for (const token of tokens) cutter.add(token);
  cutter.end();
  return encodeKnownSequences(
    known,
    tokens.map((token) => known.vocabulary.idOf(token)),
    cutter.lengths,
  );
}
