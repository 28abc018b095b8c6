// Agreement as a task of its own: a network reads the words before the verb and says whether the verb will be singular or plural.
import { ONE_THREAD } from '../../engine/kernels/chooseThreads';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import type { CellKind } from '../../engine/cells/cellDescription';
import { arenaBytes } from '../../engine/network/arenaBytes';
import { LanguageModel } from '../../engine/network/languageModel';
import type { NetworkConfig } from '../../engine/network/networkConfig';
import { TrainingSession } from '../../engine/training/trainingSession';
import { bucketedBatches, bucketSteps, type SequenceBatch } from '../../text/datasets/bucketedBatches';
import type { AgreementItem } from './agreementItem';

export interface NumberTaskOptions {
  cell: CellKind;
  hiddenUnits: number;
  embeddingSize: number;
  epochs: number;
  learningRate: number;
  clipNorm: number;
  lanes: number;
  /**
   * Words that occur less often in the training part are read as their part of speech, as Linzen, Dupoux & Goldberg (2016) read what was
   * not in their vocabulary, or all as one unknown word, which is learnt thereby.
   */
  leastOccurrences: number;
  rareAs: 'tag' | 'unknown';
  seed: number;
}

/** Chosen with scores on UD English-EWT and GUM in sight, as the README says. */
export const NUMBER_TASK: Omit<NumberTaskOptions, 'cell' | 'seed'> = {
  hiddenUnits: 40,
  embeddingSize: 40,
  epochs: 9,
  learningRate: 5e-3,
  clipNorm: 1,
  lanes: 32,
  leastOccurrences: 5,
  rareAs: 'tag',
};

export const NUMBERS = ['singular', 'plural'] as const;
const UNKNOWN = 0;

export interface NumberedItem extends Pick<AgreementItem, 'words' | 'number'> {
  /** Part of speech of every word. */
  tags: string[];
}

/** After an epoch, of every item that is judged: whether its number was told. */
export type Judged = (epoch: number, hits: Uint8Array) => void;

export interface TrainedNumberTask {
  /** Whether the number of each judged item was told, after the last epoch. */
  hits: Uint8Array;
  parameters: number;
  /** Words of the training part that are known. */
  vocabulary: number;
  steps: number;
}

/**
 * Trains on some items and judges others. `judged` is called after every epoch where it is given. Stops between two batches where
 * `goOn` says so: null. Throws RangeError without training items.
 */
export async function trainNumberTask(
  modules: KernelModules,
  options: NumberTaskOptions,
  training: readonly NumberedItem[],
  held: readonly NumberedItem[],
  goOn: () => Promise<boolean>,
  judged: Judged | null = null,
): Promise<TrainedNumberTask | null> {
  if (training.length === 0) throw new RangeError('no items to train on');
  const reading = readingOf(training, options);
  const own = encode(training, reading);
  const others = encode(held, reading);
  const timesteps = Math.max(...own.lengths, ...others.lengths, 1);
  const { cell, hiddenUnits, embeddingSize, learningRate, clipNorm, lanes, seed } = options;
  const config = networkOf({ cell, hiddenUnits, embeddingSize, seed }, reading.ids.size + 1);
  const { kernels } = await selectKernels(modules, (n) => arenaBytes(config, timesteps, lanes, n), null, ONE_THREAD);
  const model = new LanguageModel(kernels, config);
  try {
    const session = new TrainingSession(model, { timesteps, batch: lanes, learningRate, clipNorm });
    const buckets = bucketSteps(timesteps);
    const judge = () => judgedBy(session, others, buckets, lanes);
    let steps = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      for (const batch of bucketedBatches(indices(own), own.lengths, lanes, buckets, seed, epoch)) {
        if (!(await goOn())) return null;
        const { inputs, targets, lengths } = fill(own, batch, lanes);
        session.step(inputs, targets, lengths);
        steps++;
      }
      judged?.(epoch + 1, judge());
    }
    const parameters = model.parameters.all.reduce((sum, { values }) => sum + values.length, 0);
    return { hits: judge(), parameters, vocabulary: reading.ids.size, steps };
  } finally {
    model.dispose();
  }
}

function networkOf(
  size: Pick<NumberTaskOptions, 'cell' | 'hiddenUnits' | 'embeddingSize' | 'seed'>,
  vocabulary: number,
): NetworkConfig {
  return {
    ...size,
    ...{ vocabulary, layers: 1, bidirectional: false, activation: 'tanh', resetGate: 'before' },
    ...{ recurrentInitialisation: 'orthogonal', normalScale: 1, forgetBias: 1, embeddingDeviation: 0.1 },
    head: { kind: 'classes', classes: NUMBERS.length, pooling: 'last' },
  };
}

/** How words become ids: a rare one is read as a tag in angle brackets, which no word is, or as nothing that is known. */
interface Reading {
  ids: ReadonlyMap<string, number>;
  textOf(word: string, tag: string): string;
}

function readingOf(
  items: readonly NumberedItem[],
  { leastOccurrences, rareAs }: Pick<NumberTaskOptions, 'leastOccurrences' | 'rareAs'>,
): Reading {
  const counts = new Map<string, number>();
  const count = (text: string): void => void counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const { words } of items) for (const word of words) count(word.toLowerCase());
  const frequent = new Set([...counts].filter(([, times]) => times >= leastOccurrences).map(([word]) => word));
  const textOf = (word: string, tag: string): string => {
    const lower = word.toLowerCase();
    return frequent.has(lower) ? lower : rareAs === 'tag' ? `<${tag}>` : '';
  };
  const ids = new Map<string, number>();
  for (const { words, tags } of items)
    for (const [at, word] of words.entries()) {
      const text = textOf(word, tags[at]);
      if (text !== '' && !ids.has(text)) ids.set(text, ids.size + 1);
    }
  return { ids, textOf };
}

interface EncodedItems {
  ids: Int32Array[];
  lengths: Int32Array;
  numbers: Int32Array;
}

function encode(items: readonly NumberedItem[], { ids: known, textOf }: Reading): EncodedItems {
  const ids = items.map(({ words, tags }) =>
    Int32Array.from(words, (word, at) => known.get(textOf(word, tags[at])) ?? UNKNOWN),
  );
  return {
    ids,
    lengths: Int32Array.from(ids, ({ length }) => length),
    numbers: Int32Array.from(items, ({ number }) => NUMBERS.indexOf(number)),
  };
}

function indices({ ids }: EncodedItems): number[] {
  return Array.from(ids.keys());
}

/** Padded on the right; lanes without an item repeat one, as a class must stand in every lane. */
function fill(items: EncodedItems, { members, timesteps }: SequenceBatch, lanes: number) {
  const inputs = new Int32Array(timesteps * lanes);
  const targets = new Int32Array(lanes);
  const lengths = new Int32Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const item = members[lane % members.length];
    targets[lane] = items.numbers[item];
    lengths[lane] = items.lengths[item];
    items.ids[item].forEach((id, t) => (inputs[t * lanes + lane] = id));
  }
  return { inputs, targets, lengths };
}

function judgedBy(session: TrainingSession, items: EncodedItems, buckets: number[], lanes: number): Uint8Array {
  const hits = new Uint8Array(items.ids.length);
  for (const batch of bucketedBatches(indices(items), items.lengths, lanes, buckets, null)) {
    const { inputs, lengths } = fill(items, batch, lanes);
    const logits = session.read(inputs, lengths);
    batch.members.forEach((item, lane) => {
      const said = logits[2 * lane + 1] > logits[2 * lane] ? 1 : 0;
      hits[item] = said === items.numbers[item] ? 1 : 0;
    });
  }
  return hits;
}
