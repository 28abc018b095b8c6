// A copy of the parameters and the optimizer's moments from before an update, to undo one that is not finite.
import type { LanguageModel } from '../network/languageModel';
import type { Adam } from './adam';

export class RollbackCopy {
  private readonly pairs: { live: Float32Array; kept: Float32Array }[];
  private steps = 0;

  constructor(
    model: LanguageModel,
    private readonly adam: Adam,
  ) {
    this.pairs = model.parameters.all
      .flatMap(({ name, values }) => {
        const { first, second } = adam.momentsOf(name);
        return [values, first, second];
      })
      .map((live) => ({ live, kept: model.kernels.allocate(live.length) }));
  }

  take(): void {
    for (const { live, kept } of this.pairs) kept.set(live);
    this.steps = this.adam.steps;
  }

  restore(): void {
    for (const { live, kept } of this.pairs) live.set(kept);
    this.adam.steps = this.steps;
  }
}
