// A copy of the parameters and the optimizer's state from before an update, to undo one that is not finite.
import type { LanguageModel } from '../network/languageModel';
import type { InPlaceOptimizer } from './optimizer';

export class RollbackCopy {
  private readonly pairs: { live: Float32Array; kept: Float32Array }[];
  private steps = 0;

  constructor(
    model: LanguageModel,
    private readonly optimizer: InPlaceOptimizer,
  ) {
    this.pairs = model.parameters.all
      .flatMap(({ name, values }) => [values, ...Object.values(optimizer.stateOf(name))])
      .map((live) => ({ live, kept: model.kernels.allocate(live.length) }));
  }

  take(): void {
    for (const { live, kept } of this.pairs) kept.set(live);
    this.steps = this.optimizer.steps;
  }

  restore(): void {
    for (const { live, kept } of this.pairs) live.set(kept);
    this.optimizer.steps = this.steps;
  }
}
