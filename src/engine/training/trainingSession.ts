// Training by truncated backpropagation through time: one slice of text per step, its final state carried to the next.
import * as tf from '@tensorflow/tfjs';
import type { Program } from '../kernels/programs';
import { drawDropout, withoutDropout } from '../network/dropout';
import { forward, setInputs } from '../network/forward';
import { setLengths } from '../network/laneEnds';
import type { LanguageModel } from '../network/languageModel';
import { readsSequences, type ParameterName } from '../network/networkConfig';
import { setTargets } from '../network/outputLayer';
import { CarriedStates } from './carriedStates';
import { createOptimizer, type OptimizerKind } from './createOptimizer';
import { clippingFactor, GlobalNorm } from './globalNorm';
import { batchLoss } from './lossOperation';
import { firstNotFinite, largest } from './notFinite';
import type { InPlaceOptimizer } from './optimizer';
import { RecordedPasses } from './recordedPasses';
import { RollbackCopy } from './rollbackCopy';
import { StreamedLoss } from './streamedLoss';

export interface TrainingOptions {
  /** T: timesteps per slice. */
  timesteps: number;
  /** B: lanes trained side by side. */
  batch: number;
  learningRate: number;
  /** Global-norm threshold; 0 switches clipping off. */
  clipNorm: number;
  /** Adam where none is named. */
  optimizer?: OptimizerKind;
}

export interface StepResult {
  /** Mean cross-entropy of the slice before the update, nats per token. */
  loss: number;
  /** ‖g‖ over all parameters that are trained, before and after clipping. */
  gradientNorm: number;
  clippedNorm: number;
  clipped: boolean;
  /** ‖Δθ‖ / ‖θ‖ of the update, of what is trained; 0 when there was none. */
  updateRatio: number;
  /** Set when the step was undone: the parameters are those from before it. */
  notFinite: null | { what: 'loss' | 'gradient' | 'weights'; parameter: string | null };
}

export interface StateTensor {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Above this the square of a gradient overflows the optimizers' float32 second moment. */
const LARGEST_GRADIENT = 1e19;
/** Smaller gradients, learning rates and weights make no update that overflows: no copy is kept to undo it. */
const HARMLESS = 1e6;

export class TrainingSession {
  readonly optimizer: InPlaceOptimizer;
  private readonly gradients = new Map<string, Float32Array>();
  private readonly passes: RecordedPasses;
  private readonly carried: CarriedStates;
  private readonly rollback: RollbackCopy;
  private readonly streamed: StreamedLoss | null;
  private readonly gradientNorm: GlobalNorm;
  private readonly weightNorm: GlobalNorm;
  private readonly measureWeights: Program;
  /** What clipping multiplies the gradients by, where the kernels read it. */
  private readonly factor: Float32Array;
  private readonly clip: Program;

  /** Allocates everything a step needs in the model's arena, sized by `arenaBytes`, and records its passes. */
  constructor(
    private readonly model: LanguageModel,
    private readonly options: TrainingOptions,
  ) {
    const { kernels, parameters } = model;
    const { timesteps, batch } = options;
    this.optimizer = createOptimizer(model, options.optimizer ?? 'adam', options.learningRate);
    for (const { name, values } of parameters.all) this.gradients.set(name, kernels.allocate(values.length));
    this.carried = new CarriedStates(model, batch);
    this.rollback = new RollbackCopy(model, this.optimizer);
    this.gradientNorm = new GlobalNorm(
      kernels,
      parameters.trained.map(({ name }) => this.gradientOf(name)),
    );
    this.weightNorm = new GlobalNorm(
      kernels,
      parameters.trained.map(({ values }) => values),
    );
    this.factor = kernels.allocate(1);
    const gradient = (name: string): Float32Array => this.gradientOf(name);
    this.passes = new RecordedPasses(model, timesteps, batch, gradient, (share) => this.gradientNorm.measure(share));
    this.clip = kernels.program((share) => {
      this.gradientNorm.scale(this.factor, share);
      this.gradientNorm.measure(share);
    });
    this.measureWeights = kernels.program((share) => this.weightNorm.measure(share));
    this.optimizer.prepare(this.gradients);
    this.streamed = readsSequences(model.config) ? null : new StreamedLoss(model, this.passes.whole.trace);
  }

  /** Gradient of the last step, after clipping: a view on the arena. */
  gradientOf(name: ParameterName): Float32Array {
    const gradient = this.gradients.get(name);
    if (!gradient) throw new Error(`the network has no parameter ${name}`);
    return gradient;
  }

  /** Begins the next slice from h = c = 0, as at the start of an epoch. */
  resetState(): void {
    this.carried.reset();
  }

  /** The slice's mean loss from the carried states, as a tfjs operation that tf.variableGrads can differentiate; see `step`. */
  loss(inputs: Int32Array, targets: Int32Array, lengths: Int32Array | null = null): tf.Scalar {
    const pass = this.passes.over(inputs.length, lengths);
    setLengths(pass.trace, lengths);
    setInputs(this.model, pass.trace, inputs);
    setTargets(this.model, pass.trace, targets);
    drawDropout(pass.trace, this.model.config.seed, this.optimizer.steps);
    this.carried.enter(pass.trace);
    return batchLoss(pass);
  }

  /**
   * One truncated-BPTT step on inputs and targets [T,B] (time-major): the carried states enter as constants, the
   * slice's final states are carried on. When anything is not finite the parameters, the optimizer and the carried
   * states stay as they were. Throws RangeError for ids that do not fit or are no tokens.
   * A network that classifies sequences takes one target class per lane [B], one that tags them a tag or NO_TAG per token [T,B].
   * Where lanes are shorter than T it takes their numbers of tokens [B]: inputs behind them are any tokens and count for nothing, and
   * T may be any number of `recordedSteps`. It carries no states.
   */
  step(inputs: Int32Array, targets: Int32Array, lengths: Int32Array | null = null): StepResult {
    const variables = this.model.parameters.trained.map(({ variable }) => variable);
    const { value, grads } = tf.variableGrads(() => this.loss(inputs, targets, lengths), variables);
    try {
      return this.update(value.dataSync()[0], grads);
    } finally {
      value.dispose();
      tf.dispose(grads);
    }
  }

  private update(loss: number, grads: tf.NamedTensorMap): StepResult {
    const gradientNorm = this.gradientNorm.value;
    const undone = (what: 'loss' | 'gradient' | 'weights', parameter: string | null): StepResult => ({
      loss,
      gradientNorm,
      clippedNorm: gradientNorm,
      clipped: false,
      updateRatio: 0,
      notFinite: { what, parameter },
    });
    if (!Number.isFinite(loss)) return undone('loss', null);
    if (!Number.isFinite(gradientNorm)) return undone('gradient', firstNotFinite(this.gradients));
    const factor = clippingFactor(gradientNorm, this.options.clipNorm);
    const clipped = factor !== 1;
    if (clipped) {
      this.factor[0] = factor;
      this.clip.run();
    }
    const clippedNorm = this.gradientNorm.value;
    if (clippedNorm > LARGEST_GRADIENT) return undone('gradient', largest(this.model, this.gradients));

    const reach = Math.max(1, this.optimizer.learningRate) * Math.max(1, clippedNorm);
    const risky = !(reach < HARMLESS && this.weightNorm.value < HARMLESS);
    if (risky) this.rollback.take();
    this.optimizer.applyGradients(grads);
    this.measureWeights.run();
    const weightNorm = this.weightNorm.value;
    if (!Number.isFinite(weightNorm)) {
      const parameter = firstNotFinite(new Map(this.model.parameters.all.map(({ name, values }) => [name, values])));
      if (!risky) throw new Error('an update of harmless size left the finite numbers');
      this.rollback.restore();
      return undone('weights', parameter);
    }
    this.carried.leave(this.passes.whole.trace);
    const updateRatio = weightNorm > 0 ? this.optimizer.updateNorm / weightNorm : 0;
    return { loss, gradientNorm, clippedNorm, clipped, updateRatio, notFinite: null };
  }

  /**
   * Mean loss, nats per token, of predicting ids[1…] from what comes before, over at most `maxTokens` predictions:
   * the text is cut into up to B contiguous lanes, each streamed from a zero state. NaN for fewer than two ids.
   * Leaves the carried training state alone. Throws TypeError where the network predicts no tokens.
   */
  evaluate(ids: Int32Array, maxTokens: number): number {
    if (!this.streamed)
      throw new TypeError('a network that reads sequences of their own has no loss per token of a text');
    return this.streamed.over(ids, maxTokens);
  }

  /**
   * Logits of sequences that are not trained on, by position [T,B] or lane [B]: a view, overwritten by the next batch. Arguments as in
   * `step`. Throws TypeError where the network reads a running text.
   */
  read(inputs: Int32Array, lengths: Int32Array): Float32Array {
    if (this.streamed) throw new TypeError('a network that reads a running text is evaluated on one');
    const { trace } = this.passes.over(inputs.length, lengths);
    forward(this.model, inputs, withoutDropout(trace), lengths);
    return trace.output.logits;
  }

  /** Everything but the parameters that a bit-exact resume needs; copies. */
  exportState(): StateTensor[] {
    const state = this.stateViews().map(({ name, shape, values }) => ({ name, shape, values: values.slice() }));
    state.push({ name: `${this.optimizer.kind}.steps`, shape: [1], values: Float32Array.of(this.optimizer.steps) });
    return state;
  }

  /** Takes up what `exportState` gave. Throws when a tensor is missing or of another size. */
  importState(tensors: StateTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.values]));
    const take = (name: string, length: number): Float32Array => {
      const values = byName.get(name);
      if (!values || values.length !== length) throw new Error(`training state ${name}: expected ${length} values`);
      return values;
    };
    const targets = this.stateViews();
    const sources = targets.map(({ name, values }) => take(name, values.length));
    const [steps] = take(`${this.optimizer.kind}.steps`, 1);
    targets.forEach(({ values }, at) => values.set(sources[at]));
    this.optimizer.steps = steps;
    this.measureWeights.run();
  }

  private stateViews(): StateTensor[] {
    const { batch } = this.options;
    const moments = this.model.parameters.all.flatMap(({ name, shape }) =>
      Object.entries(this.optimizer.stateOf(name)).map(([state, values]) => ({
        ...{ name: `${this.optimizer.kind}.${state}.${name}`, shape, values },
      })),
    );
    const carried = [...this.carried.values].map(([name, values]) => ({
      ...{ name, shape: [batch, values.length / batch], values },
    }));
    return [...moments, ...carried];
  }
}
