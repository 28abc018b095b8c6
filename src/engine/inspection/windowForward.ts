// The forward pass of an inspection: one lane, warmed up by the tokens before the window, kept step by step inside it.
import { allocateTrace, forward, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { WARM_UP_CHUNK } from './inspectionMemory';

/** The state after a text, outside the arena. */
export interface LaneState {
  h: Float32Array;
  /** LSTM only. */
  c: Float32Array | null;
  /** Logits [V] of the last token read; null when none was. */
  logits: Float32Array | null;
}

export function initialState(model: LanguageModel): LaneState {
  const H = model.config.hiddenUnits;
  return { h: new Float32Array(H), c: model.config.cell === 'lstm' ? new Float32Array(H) : null, logits: null };
}

/** Reads ids [T] from `before` into a trace of one lane, allocated here: mark and release around it. */
export function traceFrom(model: LanguageModel, ids: Int32Array, before: LaneState): ForwardTrace {
  const trace = allocateTrace(model, ids.length, 1);
  const [[layer]] = trace.layers;
  layer.h.set(before.h);
  if (layer.c && before.c) layer.c.set(before.c);
  forward(model, ids, trace);
  return trace;
}

/** The state after reading ids [T] from `before`; the arena is left as it was. */
export function readTokens(model: LanguageModel, ids: Int32Array, before: LaneState): LaneState {
  const { kernels, config } = model;
  const { hiddenUnits: H, vocabulary: V } = config;
  let state = before;
  for (let start = 0; start < ids.length; start += WARM_UP_CHUNK) {
    const mark = kernels.mark();
    try {
      const chunk = ids.subarray(start, start + WARM_UP_CHUNK);
      const { layers, output } = traceFrom(model, chunk, state);
      const [[{ h, c }]] = layers;
      const last = chunk.length;
      state = {
        h: h.slice(last * H, (last + 1) * H),
        c: c && c.slice(last * H, (last + 1) * H),
        logits: output.logits.slice((last - 1) * V, last * V),
      };
    } finally {
      kernels.release(mark);
    }
  }
  return state;
}
