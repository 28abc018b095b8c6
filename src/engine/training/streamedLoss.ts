// The mean loss over a text much longer than one slice, streamed slice by slice with the state carried along.
import { softmaxCrossEntropy } from '../network/crossEntropy';
import { forward, narrowTrace, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';

/**
 * Nats per token of predicting ids[1…] over at most `maxTokens` predictions. `room` is scratch memory; its T and B
 * bound the slices and the lanes. Every lane begins from a zero state and has at least `room.T` predictions where the
 * text allows; the fewer than B predictions that do not fill all lanes are left out. NaN for fewer than two ids.
 */
export function streamedLoss(model: LanguageModel, room: ForwardTrace, ids: Int32Array, maxTokens: number): number {
  const available = Math.min(ids.length - 1, maxTokens);
  if (available < 1) return NaN;
  const lanes = Math.max(1, Math.min(room.B, Math.floor(available / room.T)));
  const perLane = Math.floor(available / lanes);
  const width = lanes * model.config.hiddenUnits;
  let state: { h: Float32Array; c: Float32Array } = { h: new Float32Array(width), c: new Float32Array(width) };
  let sum = 0;
  for (let start = 0; start < perLane; start += room.T) {
    const T = Math.min(room.T, perLane - start);
    const trace = narrowTrace(model, room, T, lanes);
    const inputs = new Int32Array(T * lanes);
    const targets = new Int32Array(T * lanes);
    for (let t = 0; t < T; t++)
      for (let lane = 0; lane < lanes; lane++) {
        const at = lane * perLane + start + t;
        inputs[t * lanes + lane] = ids[at];
        targets[t * lanes + lane] = ids[at + 1];
      }
    trace.h.set(state.h);
    trace.c?.set(state.c);
    forward(model, inputs, trace);
    sum += softmaxCrossEntropy(model.kernels, trace.logits, targets, model.config.vocabulary);
    const last = (values: Float32Array) => values.slice(T * width, (T + 1) * width);
    state = { h: last(trace.h), c: trace.c ? last(trace.c) : state.c };
  }
  return sum / (lanes * perLane);
}
