// Training by truncated backpropagation through time: one slice of text per step, its final state carried to the next.
import * as tf from '@tensorflow/tfjs';
import { allocateBackwardTrace } from '../network/backward';
import { allocateTrace } from '../network/forward';
import type { MatrixKernels } from '../kernels/matrixKernels';
import type { LanguageModel } from '../network/languageModel';
import type { ParameterName } from '../network/networkConfig';
import { Adam } from './adam';
import { clipByGlobalNorm, globalNorm } from './globalNorm';
import { batchLoss, type BatchPass } from './lossOperation';
import { RollbackCopy } from './rollbackCopy';
import { streamedLoss } from './streamedLoss';

export interface TrainingOptions {
  /** T: timesteps per slice. */
  timesteps: number;
  /** B: lanes trained side by side. */
  batch: number;
  learningRate: number;
  /** Global-norm threshold; 0 switches clipping off. */
  clipNorm: number;
}

export interface StepResult {
  /** Mean cross-entropy of the slice before the update, nats per token. */
  loss: number;
  /** ‖g‖ over all parameters, before and after clipping. */
  gradientNorm: number;
  clippedNorm: number;
  clipped: boolean;
  /** ‖Δθ‖ / ‖θ‖ of the update; 0 when there was none. */
  updateRatio: number;
  /** Set when the step was undone: the parameters are those from before it. */
  notFinite: null | { what: 'loss' | 'gradient' | 'weights'; parameter: string | null };
}

export interface StateTensor {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Above this the square of a gradient overflows Adam's float32 second moment. */
const LARGEST_GRADIENT = 1e19;

export class TrainingSession {
  readonly adam: Adam;
  private readonly gradients = new Map<string, Float32Array>();
  private readonly pass: Omit<BatchPass, 'inputs' | 'targets'>;
  private readonly carriedH: Float32Array;
  private readonly carriedC: Float32Array | null;
  private readonly rollback: RollbackCopy;

  /** Allocates everything a step needs in the model's arena, sized by `arenaBytes`. */
  constructor(
    private readonly model: LanguageModel,
    private readonly options: TrainingOptions,
  ) {
    const { kernels, parameters, config } = model;
    const { timesteps, batch, learningRate } = options;
    this.adam = new Adam(model, { learningRate });
    for (const { name, values } of parameters.all) this.gradients.set(name, kernels.allocate(values.length));
    this.carriedH = kernels.allocate(batch * config.hiddenUnits);
    this.carriedC = config.cell === 'lstm' ? kernels.allocate(batch * config.hiddenUnits) : null;
    this.rollback = new RollbackCopy(model, this.adam);
    this.pass = {
      model,
      trace: allocateTrace(model, timesteps, batch),
      back: allocateBackwardTrace(model, timesteps, batch),
      gradient: (name) => this.gradientOf(name),
    };
  }

  /** Gradient of the last step, after clipping: a view on the arena. */
  gradientOf(name: ParameterName): Float32Array {
    const gradient = this.gradients.get(name);
    if (!gradient) throw new Error(`the network has no parameter ${name}`);
    return gradient;
  }

  /** Begins the next slice from h = c = 0, as at the start of an epoch. */
  resetState(): void {
    this.carriedH.fill(0);
    this.carriedC?.fill(0);
  }

  /** The slice's mean loss from the carried state, as a tfjs operation that tf.variableGrads can differentiate. */
  loss(inputs: Int32Array, targets: Int32Array): tf.Scalar {
    const { trace } = this.pass;
    trace.h.set(this.carriedH);
    if (this.carriedC) trace.c?.set(this.carriedC);
    return batchLoss({ ...this.pass, inputs, targets });
  }

  /**
   * One truncated-BPTT step on inputs and targets [T,B] (time-major): the carried state enters as a constant, the
   * slice's final state is carried on. When anything is not finite the parameters, the optimizer and the carried
   * state stay as they were.
   */
  step(inputs: Int32Array, targets: Int32Array): StepResult {
    const variables = this.model.parameters.all.map(({ variable }) => variable);
    const { value, grads } = tf.variableGrads(() => this.loss(inputs, targets), variables);
    try {
      return this.update(value.dataSync()[0], grads);
    } finally {
      value.dispose();
      tf.dispose(grads);
    }
  }

  private update(loss: number, grads: tf.NamedTensorMap): StepResult {
    const all = [...this.gradients.values()];
    const { kernels } = this.model;
    const gradientNorm = globalNorm(kernels, all);
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
    const { clipNorm } = this.options;
    const clipped = clipByGlobalNorm(kernels, all, gradientNorm, clipNorm);
    const clippedNorm = clipped ? globalNorm(kernels, all) : gradientNorm;
    if (clippedNorm > LARGEST_GRADIENT) return undone('gradient', largest(kernels, this.gradients));

    this.rollback.take();
    this.adam.applyGradients(grads);
    const weights = new Map(this.model.parameters.all.map(({ name, values }) => [name as string, values]));
    const weightNorm = globalNorm(kernels, [...weights.values()]);
    if (!Number.isFinite(weightNorm)) {
      const parameter = firstNotFinite(weights);
      this.rollback.restore();
      return undone('weights', parameter);
    }
    this.carryState();
    const updateRatio = weightNorm > 0 ? this.adam.updateNorm / weightNorm : 0;
    return { loss, gradientNorm, clippedNorm, clipped, updateRatio, notFinite: null };
  }

  private carryState(): void {
    const { h, c, T } = this.pass.trace;
    const last = T * this.carriedH.length;
    this.carriedH.set(h.subarray(last, last + this.carriedH.length));
    if (this.carriedC && c) this.carriedC.set(c.subarray(last, last + this.carriedC.length));
  }

  /**
   * Mean loss, nats per token, of predicting ids[1…] from what comes before, over at most `maxTokens` predictions:
   * the text is cut into up to B contiguous lanes, each streamed from a zero state. NaN for fewer than two ids.
   * Leaves the carried training state alone.
   */
  evaluate(ids: Int32Array, maxTokens: number): number {
    return streamedLoss(this.model, this.pass.trace, ids, maxTokens);
  }

  /** Everything but the parameters that a bit-exact resume needs; copies. */
  exportState(): StateTensor[] {
    const { hiddenUnits } = this.model.config;
    const state = this.stateViews().map(({ name, shape, values }) => ({ name, shape, values: values.slice() }));
    state.push({ name: 'adam.steps', shape: [1], values: Float32Array.of(this.adam.steps) });
    return state.concat(
      this.carried().map(({ name, values }) => ({
        name,
        shape: [this.options.batch, hiddenUnits],
        values: values.slice(),
      })),
    );
  }

  /** Takes up what `exportState` gave. Throws when a tensor is missing or of another size. */
  importState(tensors: StateTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.values]));
    const take = (name: string, length: number): Float32Array => {
      const values = byName.get(name);
      if (!values || values.length !== length) throw new Error(`training state ${name}: expected ${length} values`);
      return values;
    };
    const targets = [...this.stateViews(), ...this.carried()];
    const sources = targets.map(({ name, values }) => take(name, values.length));
    const [steps] = take('adam.steps', 1);
    targets.forEach(({ values }, at) => values.set(sources[at]));
    this.adam.steps = steps;
  }

  private stateViews(): StateTensor[] {
    return this.model.parameters.all.flatMap(({ name, shape }) => {
      const { first, second } = this.adam.momentsOf(name);
      return [
        { name: `adam.first.${name}`, shape, values: first },
        { name: `adam.second.${name}`, shape, values: second },
      ];
    });
  }

  private carried(): { name: string; values: Float32Array }[] {
    const states = [{ name: 'carried.h', values: this.carriedH }];
    if (this.carriedC) states.push({ name: 'carried.c', values: this.carriedC });
    return states;
  }
}

function firstNotFinite(arrays: Map<string, Float32Array>): string | null {
  for (const [name, values] of arrays) if (!values.every(Number.isFinite)) return name;
  return null;
}

function largest(kernels: MatrixKernels, arrays: Map<string, Float32Array>): string | null {
  let found: string | null = null;
  let most = -1;
  for (const [name, values] of arrays) {
    const norm = globalNorm(kernels, [values]);
    if (norm > most) [found, most] = [name, norm];
  }
  return found;
}
