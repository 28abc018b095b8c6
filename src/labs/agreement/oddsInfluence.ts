// What the log-odds of two continuations rest on: gradient × input of ln P(first) − ln P(second) for every token of the prefix.
import { EmbeddedLanes } from '../../engine/inspection/embeddedLanes';
import { initialState, type LaneState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';
import type { ReadContinuation } from './continuation';
import { logSum } from './continuationScore';

/**
 * [T] of the prefix's tokens `ids`, read from the state `before`; positive speaks for the first continuation. Each token of a continuation
 * is a pass of its own over what stands before it; `pause` is called between them. `ends` [V] says which tokens end a word. The arena
 * is left as it was.
 */
export async function oddsInfluence(
  model: LanguageModel,
  ids: Int32Array,
  before: LaneState | null,
  continuations: readonly [ReadContinuation, ReadContinuation],
  ends: Uint8Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const values = new Float64Array(ids.length);
  for (const [which, continuation] of continuations.entries()) {
    const sign = which === 0 ? 1 : -1;
    const predicted = continuation.ids.length + (continuation.endsWord ? 1 : 0);
    for (let k = 0; k < predicted; k++) {
      const read = Int32Array.from([...ids, ...continuation.ids.subarray(0, k)]);
      const target = k < continuation.ids.length ? continuation.ids[k] : null;
      const own = slopesTimesInputs(model, read, before ?? initialState(model), target, ends);
      values.forEach((_, t) => (values[t] += sign * own[t]));
      await pause();
    }
  }
  return values;
}

/** Σ over the embedding of x(t) · ∂F/∂x(t) [T]; F is ln p(target) after the last token, or of the tokens that end a word. */
function slopesTimesInputs(
  model: LanguageModel,
  ids: Int32Array,
  before: LaneState,
  target: number | null,
  ends: Uint8Array,
): Float64Array {
  const { kernels, config } = model;
  const E = config.embeddingSize;
  const mark = kernels.mark();
  try {
    const lanes = new EmbeddedLanes(model, { ids, before, step: ids.length - 1, target: target ?? 0 }, 1);
    lanes.read([lanes.inputs]);
    const dx = lanes.gradients(logSlopes(lanes.logits(0), target, ends));
    return Float64Array.from(ids, (_, t) => {
      let sum = 0;
      for (let e = 0; e < E; e++) sum += dx[t * E + e] * lanes.inputs[t * E + e];
      return sum;
    });
  } finally {
    kernels.release(mark);
  }
}

/** ∂F/∂logits [V] = (share of the token in what F is of) − p. */
function logSlopes(logits: Float32Array, target: number | null, ends: Uint8Array): Float64Array {
  const all = logSum(logits, null);
  const ending = target === null ? logSum(logits, ends) : 0;
  return Float64Array.from(logits, (logit, v) => {
    const wanted = target === null ? (ends[v] === 1 ? Math.exp(logit - ending) : 0) : v === target ? 1 : 0;
    return wanted - Math.exp(logit - all);
  });
}
