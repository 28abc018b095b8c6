// Stochastic gradient descent with momentum (Polyak 1964), in place.
import type * as tf from '@tensorflow/tfjs';
import type { UpdateRates } from '../kernels/optimizerKernels';
import type { LanguageModel } from '../network/languageModel';
import { InPlaceOptimizer, type Piece } from './optimizer';

export class Momentum extends InPlaceOptimizer {
  static readonly className = 'InPlaceMomentum';
  readonly kind = 'sgd';
  learningRate: number;
  private readonly momentum: number;

  /** Allocates a `velocity` per parameter of `model`: v ← momentum·v + g, θ ← θ − learningRate·v. */
  constructor(model: LanguageModel, { learningRate, momentum = 0.9 }: { learningRate: number; momentum?: number }) {
    super(model, ['velocity']);
    this.learningRate = learningRate;
    this.momentum = momentum;
  }

  protected ratesAt(): UpdateRates {
    return { stepSize: this.learningRate, secondMomentScale: 1, epsilon: 0, decay1: this.momentum, decay2: 0 };
  }

  protected updatePiece({ values, gradient, state: { velocity }, squares }: Piece, rates: Float32Array): void {
    this.model.kernels.optimizers.momentum(values, gradient, velocity, rates, squares);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, momentum } = this;
    return { learningRate, momentum };
  }
}
