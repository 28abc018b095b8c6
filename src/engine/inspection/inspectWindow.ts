// Everything the inspector draws of one window of text, computed from the weights as they are now.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import type { LayerTrace } from '../network/layerTrace';
import { gateOffset } from '../network/gateOffset';
import type { LanguageModel } from '../network/languageModel';
import { allPairsGradients } from './allPairsGradients';
import { likeliestTokens, lossOfLogits, outputGradients, takeLosses } from './nextTokenLoss';
import { initialState, readTokens, traceFrom } from './windowForward';

/** Predictions shown per step. */
const PREDICTIONS = 5;

export interface WindowInspection {
  /**
   * By name, T the window's length, outside the arena: `gate.<key>` [T,H]; `loss` [T] nats; `surprisal` [T] bits;
   * `gradient.hidden`, `gradient.input`, `gradient.weightItemised` (‖∂J(i)/∂W_h contributed at j‖) and for the LSTM
   * `gradient.cell`, `gradient.direct`, `gradient.hiddenPath` [T,T], row i column j, 0 for j > i, NaN in rows whose loss is
   * not known; `gradient.weight` [T].
   */
  arrays: Record<string, { shape: number[]; values: Float32Array }>;
  /** The likeliest next tokens after every step, best first. */
  predictions: { id: number; probability: number }[][];
}

/**
 * Reads `warmUp` from a zero state, then `window`, step by step. `next` is the token after the window, null at the end of
 * the text: the last loss and everything that comes of it is then NaN. The arena is left as it was.
 * Throws RangeError for an empty window or a token outside the vocabulary.
 */
export function inspectWindow(
  model: LanguageModel,
  warmUp: Int32Array,
  window: Int32Array,
  next: number | null,
): WindowInspection {
  if (window.length === 0) throw new RangeError('a window needs at least one token');
  const before = readTokens(model, warmUp, initialState(model));
  const mark = model.kernels.mark();
  try {
    const trace = traceFrom(model, window, before);
    const targets = [...window.subarray(1), next];
    const { losses, others } = takeLosses(model, trace.output.logits, targets);
    const predictions = likeliestTokens(trace.output.logits, model.config.vocabulary, PREDICTIONS);
    const known = Int32Array.from(targets.filter((target) => target !== null));
    const { matrices, weight } = allPairsGradients(
      model,
      trace.layers[0][0],
      outputGradients(model, trace.output.logits, known, others),
    );
    const T = window.length;
    const firstLoss = before.logits ? lossOfLogits(before.logits, window[0]) : NaN;
    const arrays: WindowInspection['arrays'] = {
      ...gateArrays(model, trace.layers[0][0]),
      loss: { shape: [T], values: Float32Array.from(losses) },
      surprisal: { shape: [T], values: Float32Array.of(firstLoss, ...losses.subarray(0, T - 1)).map(bits) },
      'gradient.weight': { shape: [T], values: weight },
    };
    for (const [name, values] of Object.entries(matrices)) arrays[name] = { shape: [T, T], values };
    return { arrays, predictions };
  } finally {
    model.kernels.release(mark);
  }
}

const bits = (nats: number) => nats / Math.LN2;

/** `gate.<key>` [T,H] for every gate and state of the cell, in the order of its description. */
function gateArrays(model: LanguageModel, trace: LayerTrace): WindowInspection['arrays'] {
  const { hiddenUnits: H, cell } = model.config;
  const T = trace.T;
  const arrays: WindowInspection['arrays'] = {};
  for (const { key } of CELL_DESCRIPTIONS[cell].gates) {
    const states = key === 'h' ? trace.h : key === 'c' ? trace.c : null;
    const values = states
      ? states.slice(H, (T + 1) * H)
      : gateBlock(trace, model.gateColumns, gateOffset(cell, key, H), H);
    arrays[`gate.${key}`] = { shape: [T, H], values };
  }
  return arrays;
}

/** Columns [first, first + count) of the activated gates [T, columns]. */
function gateBlock({ gates, T }: LayerTrace, columns: number, first: number, count: number): Float32Array {
  const block = new Float32Array(T * count);
  for (let t = 0; t < T; t++) block.set(gates.subarray(t * columns + first, t * columns + first + count), t * count);
  return block;
}
