// Adam (Kingma & Ba 2015), in place.
import type * as tf from '@tensorflow/tfjs';
import type { UpdateRates } from '../kernels/optimizerKernels';
import type { LanguageModel } from '../network/languageModel';
import { InPlaceOptimizer, type Piece } from './optimizer';

export interface AdamOptions {
  learningRate: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

export class Adam extends InPlaceOptimizer {
  static readonly className = 'InPlaceAdam';
  readonly kind = 'adam';
  learningRate: number;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;

  /** Allocates two moments, `first` and `second`, per parameter of `model`. */
  constructor(model: LanguageModel, { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions) {
    super(model, ['first', 'second']);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  protected ratesAt(step: number): UpdateRates {
    return {
      stepSize: this.learningRate / (1 - Math.pow(this.beta1, step)),
      secondMomentScale: 1 / Math.sqrt(1 - Math.pow(this.beta2, step)),
      epsilon: this.epsilon,
      decay1: this.beta1,
      decay2: this.beta2,
    };
  }

  protected updatePiece({ values, gradient, state: { first, second }, squares }: Piece, rates: Float32Array): void {
    this.model.kernels.optimizers.adam(values, gradient, { first, second }, rates, squares);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, beta1, beta2, epsilon } = this;
    return { learningRate, beta1, beta2, epsilon };
  }
}
