// Fills batches from stored examples: what the network reads, what it should say, and where each lane ends.
import { NO_TAG } from '../../engine/network/tagHead';
import { bucketedBatches, bucketSteps, type SequenceBatch } from '../../text/datasets/bucketedBatches';
import { hiddenPlaces } from '../../text/datasets/hiddenTokens';
import { seededUniform } from '../../text/datasets/seededOrder';
import { TRAINING, type Part } from '../../text/datasets/splitExamples';
import type { BatchShape } from '../../text/batches';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';
import type { OpenDataset } from './datasetStore';

/** A token that occurs n times is read as unknown with probability RARE / (RARE + n) in training, so that the unknown one is learnt. */
const RARE = 0.25;
/** Cloze: which tokens are hidden does not change from one evaluation to the next. */
const EVALUATED = -1;

export interface FilledBatch {
  /** Examples in the first lanes; further lanes repeat some or are empty, and count for nothing in an evaluation. */
  members: number[];
  timesteps: number;
  /** [T,B], [B] classes or [T,B] tags, [B]. */
  inputs: Int32Array;
  targets: Int32Array;
  lengths: Int32Array;
}

export interface BatchOptions {
  shape: BatchShape;
  seed: number;
  /** Share of the training tokens that are read as unknown, besides the rare ones. */
  dropout: number;
  vocabulary: Vocabulary;
}

export class DatasetBatches {
  readonly stepsPerEpoch: number;
  private readonly training: number[];
  private readonly buckets: number[];
  private epoch: { number: number; batches: SequenceBatch[] } | null = null;

  constructor(
    private readonly dataset: OpenDataset,
    private readonly options: BatchOptions,
  ) {
    this.training = this.examplesOf(TRAINING);
    this.buckets = bucketSteps(options.shape.timesteps);
    this.stepsPerEpoch = this.batchesOf(0).length;
  }

  /** Batch of the step after `step` steps; the same for the same seed. */
  trainingBatch(step: number): FilledBatch {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    return this.fill(this.batchesOf(epoch)[step % this.stepsPerEpoch], epoch);
  }

  /** Every example of a part once, or at most so many, evenly spread over it. */
  *evaluation(part: Part, most = Infinity): Generator<FilledBatch> {
    const { shape } = this.options;
    const all = this.examplesOf(part);
    const every = Math.max(1, Math.ceil(all.length / most));
    const examples = all.filter((_, at) => at % every === 0);
    for (const batch of bucketedBatches(examples, this.dataset.lengths, shape.lanes, this.buckets, null))
      yield this.fill(batch, EVALUATED);
  }

  private examplesOf(part: Part): number[] {
    const { parts, lengths } = this.dataset;
    return Array.from(parts.keys()).filter((at) => parts[at] === part && lengths[at] > 0);
  }

  private batchesOf(epoch: number): SequenceBatch[] {
    if (this.epoch?.number === epoch) return this.epoch.batches;
    const { shape, seed } = this.options;
    const batches = bucketedBatches(this.training, this.dataset.lengths, shape.lanes, this.buckets, seed, epoch);
    this.epoch = { number: epoch, batches };
    return batches;
  }

  private fill({ members, timesteps }: SequenceBatch, epoch: number): FilledBatch {
    const { task, classes, starts, lengths: all, tokens, tags } = this.dataset;
    const lanes = this.options.shape.lanes;
    const inputs = new Int32Array(timesteps * lanes);
    const lengths = new Int32Array(lanes).fill(1);
    const targets = task === 'classification' ? new Int32Array(lanes) : new Int32Array(timesteps * lanes).fill(NO_TAG);
    for (let lane = 0; lane < lanes; lane++) {
      // A class must stand in every lane; where tokens are tagged, lanes without an example have none.
      if (lane >= members.length && task !== 'classification') break;
      const example = members[lane % members.length];
      const length = Math.min(all[example], timesteps);
      lengths[lane] = length;
      const ids = new Uint16Array(length);
      tokens.read(starts[example], ids);
      if (classes) targets[lane] = classes[example];
      if (tags) {
        const own = new Uint16Array(length);
        tags.read(starts[example], own);
        own.forEach((tag, t) => (targets[t * lanes + lane] = tag));
      }
      if (task === 'cloze') this.hide(ids, example, epoch, (t, id) => (targets[t * lanes + lane] = id));
      else if (epoch !== EVALUATED) this.forget(ids, example, epoch);
      ids.forEach((id, t) => (inputs[t * lanes + lane] = id));
    }
    return { members, timesteps, inputs, targets, lengths };
  }

  private hide(ids: Uint16Array, example: number, epoch: number, target: (t: number, id: number) => void): void {
    const hidden = this.options.vocabulary.size - 1;
    for (const t of hiddenPlaces(ids.length, this.options.seed, example, epoch)) {
      target(t, ids[t]);
      ids[t] = hidden;
    }
  }

  private forget(ids: Uint16Array, example: number, epoch: number): void {
    const { seed, dropout, vocabulary } = this.options;
    const uniform = seededUniform(seed ^ Math.imul(epoch + 1, 0x632be5ab), example);
    ids.forEach((id, t) => {
      const rare = RARE / (RARE + vocabulary.entries[id].count);
      if (uniform() < dropout + (1 - dropout) * rare) ids[t] = UNKNOWN_ID;
    });
  }
}
