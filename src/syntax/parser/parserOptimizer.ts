// Adam over all parameters of a parser, with clipping by the global norm, and a running average of the parameters, which scores better
// than the parameters themselves as long as the learning rate is not small.
import { RATE_COUNT, writeRates } from '../../engine/kernels/optimizerKernels';
import { SOLO } from '../../engine/kernels/programs';
import { clippingFactor, GlobalNorm } from '../../engine/training/globalNorm';
import type { ParserModel } from './parserModel';

export interface ParserOptimizerOptions {
  learningRate: number;
  decay1: number;
  decay2: number;
  /** Largest norm of all gradients together. */
  clip: number;
  /** Share of the average that stays in a step; less in the first steps. */
  averaging: number;
}

const EPSILON = 1e-8;

interface Slot {
  name: string;
  values: Float32Array;
  gradient: Float32Array;
  first: Float32Array;
  second: Float32Array;
  average: Float32Array;
}

export class ParserOptimizer {
  steps = 0;
  private readonly slots: Slot[];
  private readonly byName: Map<string, Float32Array>;
  private readonly unread: Float32Array;
  private readonly norm: GlobalNorm;
  private readonly rates: Float32Array;
  private readonly factor: Float32Array;
  private readonly squares: Float64Array;

  /** Allocates gradients and moments in the arena. */
  constructor(
    private readonly model: ParserModel,
    private readonly options: ParserOptimizerOptions,
  ) {
    const { kernels } = model;
    this.slots = model.all.map(({ name, values }) => {
      const [gradient, first, second] = [0, 1, 2].map(() => kernels.allocate(values.length));
      return { name, values, gradient, first, second, average: values.slice() };
    });
    this.byName = new Map(this.slots.map(({ name, gradient }) => [name, gradient]));
    this.unread = kernels.allocate(model.network.parameters.get('embedding').values.length);
    this.norm = new GlobalNorm(
      kernels,
      this.slots.map(({ gradient }) => gradient),
    );
    this.rates = kernels.allocate(RATE_COUNT);
    this.factor = kernels.allocate(1);
    this.squares = kernels.allocateDoubles(1);
  }

  /** Where the gradient of a parameter goes. */
  readonly gradient = (name: string): Float32Array => this.byName.get(name) ?? this.unread;

  /** Before a batch: gradients of tables are added up. */
  clear(): void {
    for (const { name, gradient } of this.slots) if (name.startsWith('slot.')) this.model.kernels.zero(gradient);
  }

  /** One update at this share of the learning rate; returns the gradients' norm before clipping. Skipped where that is not finite. */
  step(share: number): number {
    const { kernels } = this.model;
    const { learningRate, decay1, decay2, clip, averaging } = this.options;
    this.norm.measure(SOLO);
    const norm = this.norm.value;
    if (!Number.isFinite(norm)) return norm;
    this.steps++;
    this.factor[0] = clippingFactor(norm, clip);
    if (this.factor[0] < 1) this.norm.scale(this.factor, SOLO);
    const stepSize = (share * learningRate) / (1 - decay1 ** this.steps);
    const secondMomentScale = 1 / Math.sqrt(1 - decay2 ** this.steps);
    writeRates({ stepSize, secondMomentScale, epsilon: EPSILON, decay1, decay2 }, this.rates);
    const stays = Math.min(averaging, (1 + this.steps) / (10 + this.steps));
    for (const { values, gradient, first, second, average } of this.slots) {
      kernels.optimizers.adam(values, gradient, { first, second }, this.rates, this.squares);
      for (let k = 0; k < values.length; k++) average[k] += (1 - stays) * (values[k] - average[k]);
    }
    return norm;
  }

  /** Does something with the averages in place of the parameters. */
  withAverages<R>(work: () => R): R {
    const kept = this.slots.map(({ values }) => values.slice());
    for (const { values, average } of this.slots) values.set(average);
    try {
      return work();
    } finally {
      this.slots.forEach(({ values }, at) => values.set(kept[at]));
    }
  }
}
