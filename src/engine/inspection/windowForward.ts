// The forward pass of an inspection: one lane, warmed up by the tokens before the window, kept step by step inside it.
import { allocateTrace, forward, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { finalRow, initialRow, type LayerTrace } from '../network/layerTrace';
import { WARM_UP_CHUNK } from './inspectionMemory';

/**
 * What a text leaves behind for the tokens after it, outside the arena: the states of every layer's forward direction, by layer
 * from below. The reverse direction knows nothing of what comes before it: it begins from zero at the end of what is read.
 */
export interface LaneState {
  h: Float32Array[];
  /** LSTM only. */
  c: Float32Array[] | null;
  /** Logits [V] of the last token read; null when none was. */
  logits: Float32Array | null;
}

export function initialState({ config: { hiddenUnits, layers, cell } }: LanguageModel): LaneState {
  const zeros = () => Array.from({ length: layers }, () => new Float32Array(hiddenUnits));
  return { h: zeros(), c: cell === 'lstm' ? zeros() : null, logits: null };
}

/** Reads ids [T] from `before` into a trace of one lane, allocated here: mark and release around it. */
export function traceFrom(model: LanguageModel, ids: Int32Array, before: LaneState): ForwardTrace {
  const trace = allocateTrace(model, ids.length, 1);
  trace.layers.forEach(([forwards], k) => {
    const at = initialRow(forwards) * model.config.hiddenUnits;
    forwards.h.set(before.h[k], at);
    if (before.c) forwards.c?.set(before.c[k], at);
  });
  forward(model, ids, trace);
  return trace;
}

/**
 * The state after reading ids [T] from `before`; the arena is left as it was. Where layers read both ways this happens slice by
 * slice, as in training: what reads backward begins anew at the end of every slice.
 */
export function readTokens(model: LanguageModel, ids: Int32Array, before: LaneState): LaneState {
  const { kernels } = model;
  let state = before;
  for (let start = 0; start < ids.length; start += WARM_UP_CHUNK) {
    const mark = kernels.mark();
    try {
      const chunk = ids.subarray(start, start + WARM_UP_CHUNK);
      state = stateAfter(model, traceFrom(model, chunk, state));
    } finally {
      kernels.release(mark);
    }
  }
  return state;
}

/** What a pass over at least one token leaves behind, with its last logits as they are. */
export function stateAfter({ config }: LanguageModel, { T, layers, output }: ForwardTrace): LaneState {
  const { hiddenUnits: H, vocabulary: V, cell } = config;
  const forwards = layers.map(([layer]) => layer);
  const last = (layer: LayerTrace, states: Float32Array) =>
    states.slice(finalRow(layer) * H, (finalRow(layer) + 1) * H);
  return {
    h: forwards.map((layer) => last(layer, layer.h)),
    c: cell === 'lstm' ? forwards.map((layer) => last(layer, layer.c ?? layer.h)) : null,
    logits: output.logits.slice((T - 1) * V, T * V),
  };
}
