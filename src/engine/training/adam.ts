// Adam (Kingma & Ba 2015) as a tf.Optimizer that updates the shared parameters in place; stock Adam allocates every step.
import * as tf from '@tensorflow/tfjs';
import type { LanguageModel } from '../network/languageModel';

export interface AdamOptions {
  learningRate: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

interface Moments {
  first: Float32Array;
  second: Float32Array;
}

export class Adam extends tf.Optimizer {
  static readonly className = 'InPlaceAdam';
  /** ‖Δθ‖ over all parameters of the last update. */
  updateNorm = 0;
  learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly moments: Map<string, Moments>;

  /** Allocates two moments per parameter of `model` in its kernels' arena. */
  constructor(
    private readonly model: LanguageModel,
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
  ) {
    super();
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.moments = new Map(
      model.parameters.all.map(({ name, values }) => [
        name,
        { first: model.kernels.allocate(values.length), second: model.kernels.allocate(values.length) },
      ]),
    );
  }

  /** Updates applied so far: the t of the bias corrections. */
  get steps(): number {
    return this.iterations;
  }

  set steps(count: number) {
    this.iterations_ = count;
  }

  /** Moments of one parameter, views on the arena. Throws when the network has no such parameter. */
  momentsOf(name: string): Moments {
    const moments = this.moments.get(name);
    if (!moments) throw new Error(`the network has no parameter ${name}`);
    return moments;
  }

  /** One step from gradients named as the variables are; parameters without a gradient stay. */
  override applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    const byName = new Map(
      Array.isArray(gradients)
        ? gradients.map(({ name, tensor }) => [name, tensor] as const)
        : Object.entries(gradients),
    );
    this.incrementIterations();
    const rates = {
      beta1: this.beta1,
      beta2: this.beta2,
      stepSize: this.learningRate / (1 - Math.pow(this.beta1, this.steps)),
      secondMomentScale: 1 / Math.sqrt(1 - Math.pow(this.beta2, this.steps)),
      epsilon: this.epsilon,
    };
    let squares = 0;
    for (const { name, values, variable } of this.model.parameters.all) {
      const tensor = byName.get(variable.name);
      if (!tensor) continue;
      const { first, second } = this.momentsOf(name);
      squares += this.inArena(tensor, values, (gradient) =>
        this.model.kernels.adamUpdate(values, gradient, first, second, rates),
      );
    }
    this.updateNorm = Math.sqrt(squares);
  }

  /** Gradients of ordinary tfjs ops live outside the arena, where the kernels cannot read. */
  private inArena(tensor: tf.Tensor, like: Float32Array, use: (gradient: Float32Array) => number): number {
    const gradient = tensor.dataSync<'float32'>();
    if (gradient.buffer === like.buffer) return use(gradient);
    const { kernels } = this.model;
    const mark = kernels.mark();
    const copy = kernels.allocate(gradient.length);
    copy.set(gradient);
    const result = use(copy);
    kernels.release(mark);
    return result;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }
}
