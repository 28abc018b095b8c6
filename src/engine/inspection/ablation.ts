// The causal check of an attribution: one token at a time is replaced by another, and the change of the prediction is measured.
import type { LanguageModel } from '../network/languageModel';
import { EmbeddedLanes, lanesAtATime, type LookedAt } from './embeddedLanes';
import { lossOfLogits } from './nextTokenLoss';

export interface Ablation {
  /** What the token adds to the target's logit: F − F with it replaced, by column asked for. */
  logit: Float64Array;
  /** What its loss does to the prediction: J with it replaced − J, nats. */
  loss: Float64Array;
}

/** Replaces the token of every column by `replacement`, one at a time. The arena is left as it was; `pause` is called between pieces. */
export async function ablate(
  model: LanguageModel,
  lookedAt: LookedAt,
  columns: readonly number[],
  replacement: number,
  pause: () => Promise<void>,
): Promise<Ablation> {
  const { kernels, config, parameters } = model;
  const E = config.embeddingSize;
  const other = parameters.get('embedding').values.subarray(replacement * E, (replacement + 1) * E);
  const lanes = Math.min(columns.length + 1, lanesAtATime(model, lookedAt.ids.length));
  const [logits, losses] = [[], []] as [number[], number[]];
  // Column −1 is none: the window as it is.
  const all = [-1, ...columns];
  for (let from = 0; from < all.length; from += lanes) {
    const mark = kernels.mark();
    try {
      const some = all.slice(from, from + lanes);
      const read = new EmbeddedLanes(model, lookedAt, lanes);
      read.read(
        some.map((column) => {
          const inputs = read.inputs.slice();
          if (column >= 0) inputs.set(other, column * E);
          return inputs;
        }),
      );
      some.forEach((_, lane) => {
        logits.push(read.logit(lane));
        losses.push(lossOfLogits(read.logits(lane), lookedAt.target));
      });
    } finally {
      kernels.release(mark);
    }
    await pause();
  }
  return {
    logit: Float64Array.from(columns, (_, k) => logits[0] - logits[k + 1]),
    loss: Float64Array.from(columns, (_, k) => losses[k + 1] - losses[0]),
  };
}
