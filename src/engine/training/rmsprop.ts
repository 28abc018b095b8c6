// RMSProp (Tieleman & Hinton 2012), in place.
import type * as tf from '@tensorflow/tfjs';
import type { UpdateRates } from '../kernels/optimizerKernels';
import type { LanguageModel } from '../network/languageModel';
import { InPlaceOptimizer, type Piece } from './optimizer';

export interface RMSPropOptions {
  learningRate: number;
  decay?: number;
  epsilon?: number;
}

export class RMSProp extends InPlaceOptimizer {
  static readonly className = 'InPlaceRMSProp';
  readonly kind = 'rmsprop';
  learningRate: number;
  private readonly decay: number;
  private readonly epsilon: number;

  /** Allocates a moment `second` per parameter of `model`: v ← decay·v + (1−decay)g², θ ← θ − learningRate·g / (√v + ε). */
  constructor(model: LanguageModel, { learningRate, decay = 0.99, epsilon = 1e-8 }: RMSPropOptions) {
    super(model, ['second']);
    this.learningRate = learningRate;
    this.decay = decay;
    this.epsilon = epsilon;
  }

  protected ratesAt(): UpdateRates {
    const { learningRate, decay, epsilon } = this;
    return { stepSize: learningRate, secondMomentScale: 1, epsilon, decay1: 0, decay2: decay };
  }

  protected updatePiece({ values, gradient, state: { second }, squares }: Piece, rates: Float32Array): void {
    this.model.kernels.optimizers.rmsprop(values, gradient, second, rates, squares);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, decay, epsilon } = this;
    return { learningRate, decay, epsilon };
  }
}
