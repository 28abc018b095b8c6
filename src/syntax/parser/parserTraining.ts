// Trains a parser on gold trees: batches of sentences of about the same length in a seeded order, a learning rate that rises over the first
// steps and falls to nothing by the last.
import { mix } from '../../engine/kernels/javascriptConnections';
import { shuffled } from '../../text/datasets/seededOrder';
import type { Language } from '../words/language';
import type { ParserDropout } from './parserConfig';
import type { ParserModel } from './parserModel';
import { ParserOptimizer } from './parserOptimizer';
import { trainBatch, type ParserLosses } from './parserPass';
import { batchesByLength, batchOf, type GoldSentence } from './sentenceBatch';

export interface ParserPlan {
  epochs: number;
  /** Positions of a batch, padding included. */
  batchWords: number;
  learningRate: number;
  seed: number;
  dropout: ParserDropout;
}

const ENGLISH: ParserPlan = {
  epochs: 22,
  batchWords: 600,
  learningRate: 2e-3,
  seed: 1,
  dropout: { words: 0.25, slots: 0.15, layers: 0.33, top: 0.33, perceptrons: 0.33 },
};

/** What did well on the dev parts. Korean has many more forms of a word, most of them seen once or never: it needs to do without more often. */
export const DEFAULT_PLAN: Readonly<Record<Language, ParserPlan>> = {
  en: ENGLISH,
  ko: { ...ENGLISH, epochs: 18, dropout: { ...ENGLISH.dropout, words: 1, slots: 0.33 } },
};

/** Steps in which the learning rate rises; a tenth of all where that is less. */
const WARM_UP_STEPS = 100;
const OPTIMIZER = { decay1: 0.9, decay2: 0.95, clip: 5, averaging: 0.998 };

export class ParserTraining {
  readonly optimizer: ParserOptimizer;
  private epoch = 0;

  /** `frequencies` [rows of the first slot] how often each was seen. */
  constructor(
    private readonly model: ParserModel,
    private readonly examples: readonly GoldSentence[],
    private readonly frequencies: ArrayLike<number>,
    private readonly plan: ParserPlan,
  ) {
    this.optimizer = new ParserOptimizer(model, { ...OPTIMIZER, learningRate: plan.learningRate });
  }

  /** Goes once through all sentences; `visit` comes after every batch. Returns the mean losses per batch. */
  runEpoch(visit: (batch: number, batches: number, words: number) => void = () => undefined): ParserLosses {
    const { seed, epochs, dropout } = this.plan;
    const batches = this.batches();
    const sums: ParserLosses = { heads: 0, relations: 0, tags: 0 };
    batches.forEach((batch, at) => {
      this.optimizer.clear();
      const key = mix(mix(seed) ^ this.optimizer.steps);
      const pass = { dropout, frequencies: this.frequencies, key };
      const losses = trainBatch(this.model, batch, pass, this.optimizer.gradient);
      const done = (this.epoch + at / batches.length) / epochs;
      const rising = (this.optimizer.steps + 1) / Math.min(WARM_UP_STEPS, 1 + (epochs * batches.length) / 10);
      this.optimizer.step(Math.min(1, rising) * Math.max(0, 1 - done));
      for (const name of ['heads', 'relations', 'tags'] as const) sums[name] += losses[name] / batches.length;
      visit(at + 1, batches.length, batch.words);
    });
    this.epoch++;
    return sums;
  }

  private batches() {
    const all = this.examples.map((_, at) => at);
    const order = shuffled(all, this.plan.seed, 2 * this.epoch).map((at) => this.examples[at]);
    const batches = batchesByLength(order, this.plan.batchWords);
    const turns = shuffled(
      batches.map((_, at) => at),
      this.plan.seed,
      2 * this.epoch + 1,
    );
    return turns.map((turn) => batchOf(batches[turn].map((at) => order[at])));
  }
}
