// ln P of tokens after what was read, from a network's own softmax, in float64.
import { initialState, stateAfter, traceFrom, type LaneState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';
import type { ReadContinuation } from './continuation';

/** Tokens of one piece: what an inspection has room for. */
const PIECE = 256;

export interface ContinuationScore {
  /** ln p(token | all before it), nats. */
  tokens: Float64Array;
  /** ln P(the next token does not go on with the word); null where it may. */
  ending: number | null;
  /** Their sum. */
  total: number;
}

/** Reads ids [T] from a state, a zero one at first. The arena is left as it was. */
export function readOn(model: LanguageModel, ids: Int32Array, before: LaneState = initialState(model)): LaneState {
  return through(model, ids, before, () => undefined);
}

/**
 * Scores a continuation after a state. `ends` [V] says which tokens end a word. Throws RangeError where nothing was read yet: then
 * nothing is predicted.
 */
export function scoreContinuation(
  model: LanguageModel,
  before: LaneState,
  { ids, endsWord }: Pick<ReadContinuation, 'ids' | 'endsWord'>,
  ends: Uint8Array,
): ContinuationScore {
  if (before.logits === null) throw new RangeError('nothing was read before the continuation');
  const tokens = new Float64Array(ids.length);
  if (ids.length > 0) tokens[0] = logShare(before.logits, ids[0]);
  const read = endsWord ? ids : ids.subarray(0, -1);
  const after = through(model, read, before, (at, logits) => {
    if (at + 1 < ids.length) tokens[at + 1] = logShare(logits, ids[at + 1]);
  });
  const ending = endsWord && after.logits ? logShareOf(after.logits, ends) : null;
  return { tokens, ending, total: tokens.reduce((sum, value) => sum + value, 0) + (ending ?? 0) };
}

/** Reads ids piece by piece; `visit` sees the logits [V] after each, a view. */
function through(
  model: LanguageModel,
  ids: Int32Array,
  before: LaneState,
  visit: (at: number, logits: Float32Array) => void,
): LaneState {
  const V = model.config.vocabulary;
  let state = before;
  for (let start = 0; start < ids.length; start += PIECE) {
    const mark = model.kernels.mark();
    try {
      const trace = traceFrom(model, ids.subarray(start, start + PIECE), state);
      for (let t = 0; t < trace.T; t++) visit(start + t, trace.output.logits.subarray(t * V, (t + 1) * V));
      state = stateAfter(model, trace);
    } finally {
      model.kernels.release(mark);
    }
  }
  return state;
}

/** ln p of one token. */
export function logShare(logits: Float32Array, token: number): number {
  return logits[token] - logSum(logits, null);
}

/** ln of what some tokens have together. */
function logShareOf(logits: Float32Array, chosen: Uint8Array): number {
  return logSum(logits, chosen) - logSum(logits, null);
}

/** ln Σ e^logit, of all or of the chosen. */
export function logSum(logits: Float32Array, chosen: Uint8Array | null): number {
  let largest = -Infinity;
  for (let v = 0; v < logits.length; v++) if (!chosen || chosen[v] === 1) largest = Math.max(largest, logits[v]);
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let v = 0; v < logits.length; v++) if (!chosen || chosen[v] === 1) sum += Math.exp(logits[v] - largest);
  return largest + Math.log(sum);
}
