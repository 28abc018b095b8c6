// The optimizers a run can be trained with.
import type { LanguageModel } from '../network/languageModel';
import { Adam } from './adam';
import { Momentum } from './momentum';
import type { InPlaceOptimizer } from './optimizer';
import { RMSProp } from './rmsprop';

export type OptimizerKind = 'adam' | 'sgd' | 'rmsprop';

/** Allocates the optimizer's state in the model's arena; rates besides the learning rate are the usual ones of each class. */
export function createOptimizer(model: LanguageModel, kind: OptimizerKind, learningRate: number): InPlaceOptimizer {
  switch (kind) {
    case 'adam':
      return new Adam(model, { learningRate });
    case 'sgd':
      return new Momentum(model, { learningRate });
    case 'rmsprop':
      return new RMSProp(model, { learningRate });
  }
}
