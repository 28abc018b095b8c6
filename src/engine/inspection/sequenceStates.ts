// What a network knows after every token of one sequence: the states of every layer and direction on the true time axis, and what it
// predicts from them.
import { allocateTrace, forward } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { firstOutputRow } from '../network/layerTrace';
import { outputWidth } from '../network/networkConfig';

export interface SequenceStates {
  /** [layer][direction][T,H]: row t is the state after token t has been read, from the front or from behind. */
  states: Float32Array[][];
  /** [1,classes] where the network classifies sequences; else [T,·]: tags, hidden tokens or next tokens by position. */
  probabilities: Float32Array;
}

/** Reads one sequence from zero states, with nothing dropped; copies. Throws RangeError for none or unknown ids, or without memory. */
export function sequenceStates(model: LanguageModel, ids: Int32Array): SequenceStates {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const T = ids.length;
  if (T === 0) throw new RangeError('a sequence has at least one token');
  const mark = kernels.mark();
  try {
    const trace = allocateTrace(model, T, 1);
    forward(model, ids, trace);
    const states = trace.layers.map((both) =>
      both.map(({ h, place }) => h.slice(firstOutputRow(place) * H, (firstOutputRow(place) + T) * H)),
    );
    return { states, probabilities: softmaxOfRows(trace.output.logits, outputWidth(config)) };
  } finally {
    kernels.release(mark);
  }
}

function softmaxOfRows(logits: Float32Array, width: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += width) {
    const own = logits.subarray(row, row + width);
    const most = own.reduce((a, b) => Math.max(a, b), -Infinity);
    const weights = Float64Array.from(own, (logit) => Math.exp(logit - most));
    const total = weights.reduce((a, b) => a + b, 0);
    weights.forEach((weight, at) => (probabilities[row + at] = weight / total));
  }
  return probabilities;
}
