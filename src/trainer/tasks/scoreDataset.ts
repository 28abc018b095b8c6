// The scores of a network on held-out examples, as the record keeps them.
import type { Scores } from '../../protocol/taskRun';
import { TRAINING, type Part } from '../../text/datasets/splitExamples';
import type { Vocabulary } from '../../text/vocabulary';
import type { TrainedModel } from '../trainedModel';
import type { DatasetBatches } from './datasetBatches';
import type { OpenDataset } from './datasetStore';
import { evaluateDataset } from './evaluateDataset';
import { Confusion, wilsonInterval } from './scores';

/** A table of more classes cannot be looked through. */
const MOST_TABULATED = 200;

export interface Scored {
  trained: TrainedModel;
  dataset: OpenDataset;
  batches: DatasetBatches;
  vocabulary: Vocabulary;
  /** What was most frequent in training. */
  majority: number;
}

/** Null where the part has nothing to predict. */
export async function scorePart(
  { trained, dataset, batches, vocabulary, majority }: Scored,
  part: Part,
  named: Scores['part'],
  pause: () => Promise<void>,
): Promise<Scores | null> {
  const isCloze = dataset.task === 'cloze';
  const confusion = isCloze ? null : new Confusion(dataset.labels.length);
  let ofMajority = 0;
  const evaluation = await evaluateDataset(
    trained,
    batches.evaluation(part),
    ({ right, predicted }) => {
      confusion?.add(right, predicted);
      if (right === majority) ofMajority++;
    },
    pause,
  );
  const { examples, n, hits, loss } = evaluation;
  if (n === 0) return null;
  return {
    ...{ part: named, step: trained.position.step, examples, n, loss },
    accuracy: hits / n,
    interval: wilsonInterval(hits, n),
    macroF1: confusion && confusion.macroF1,
    perplexity: isCloze ? Math.exp(loss) : null,
    majority: {
      label: isCloze ? vocabulary.textOf(majority) : dataset.labels[majority],
      accuracy: ofMajority / n,
    },
    labels: dataset.labels,
    confusion: confusion && confusion.classes <= MOST_TABULATED ? confusion.counts : null,
  };
}

/** The class, tag or token that occurs most often in the training part. */
export function majorityOf(dataset: OpenDataset, outputs: number): number {
  const { task, classes, tags, tokens, lengths, starts, parts } = dataset;
  const counts = new Float64Array(outputs);
  parts.forEach((part, example) => {
    if (part !== TRAINING) return;
    if (classes) counts[classes[example]]++;
    else {
      const own = new Uint16Array(lengths[example]);
      (task === 'tagging' ? (tags ?? tokens) : tokens).read(starts[example], own);
      for (const each of own) counts[each]++;
    }
  });
  return counts.indexOf(Math.max(...counts));
}
