// What a unit's pre-activations are made of, over a window of text: what came from the past, from the input and from the bias.
// z(t) = W h(t−1) + U x(t) + b per gate, W and U the gate's blocks of W_h and W_x; sums in float64.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { inputPieces } from '../network/layerInputs';
import { stateRows } from '../network/layerTrace';
import { layerSuffix, type LayerPlace } from '../network/networkConfig';
import { initialState, readTokens, traceFrom } from './windowForward';

export interface CellTerms {
  /** W h(t−1) [T,G], gates in the order of their blocks; of a GRU's candidate W_h (r∘h(t−1)), or W_h h(t−1) with the reset after it. */
  recurrent: Float32Array;
  /** U x(t) [T,G]. */
  input: Float32Array;
  /** b [G]. */
  bias: Float32Array;
  /** b_hh, which the reset gate scales together with W_h h(t−1); 0 where the cell has none. */
  recurrentBias: number;
  /** The unit's h and c (0 without one) before the first token that it reads of the window: what reads backward begins from zero. */
  initialHidden: number;
  initialCell: number;
}

const FIRST: LayerPlace = { layer: 0, reverse: false };

/**
 * Reads `warmUp` from a zero state, then `window`, and takes apart what reaches `unit` of a layer's direction. The arena is left as it was. Throws RangeError for an empty window, a token outside the vocabulary or a unit that is not there.
 */
export function cellTerms(
  model: LanguageModel,
  warmUp: Int32Array,
  window: Int32Array,
  unit: number,
  place: LayerPlace = FIRST,
): CellTerms {
  const { hiddenUnits: H, cell, resetGate } = model.config;
  if (window.length === 0) throw new RangeError('a window needs at least one token');
  if (!(unit >= 0 && unit < H)) throw new RangeError(`unit ${unit} of ${H}`);
  const before = readTokens(model, warmUp, initialState(model));
  const mark = model.kernels.mark();
  try {
    const trace = traceFrom(model, window, before);
    const suffix = layerSuffix(place);
    const blocks = CELL_DESCRIPTIONS[cell].blocks;
    const bias = model.parameters.get(`b${suffix}`).values;
    const second = model.parameters.has(`b_hh${suffix}`) ? model.parameters.get(`b_hh${suffix}`).values[unit] : 0;
    const candidate = CELL_DESCRIPTIONS[cell].gates.find(({ key }) => key === 'g')?.block;
    const readsReset = cell === 'gru' && resetGate === 'before' ? candidate : null;
    const terms: CellTerms = {
      recurrent: new Float32Array(window.length * blocks),
      input: new Float32Array(window.length * blocks),
      bias: Float32Array.from({ length: blocks }, (_, block) => bias[block * H + unit]),
      recurrentBias: second,
      initialHidden: place.reverse ? 0 : before.h[place.layer][unit],
      initialCell: place.reverse ? 0 : (before.c?.[place.layer][unit] ?? 0),
    };
    for (let t = 0; t < window.length; t++)
      for (let block = 0; block < blocks; block++) {
        const column = block * H + unit;
        terms.recurrent[t * blocks + block] = recurrentTerm(model, trace, place, t, column, block === readsReset);
        terms.input[t * blocks + block] = inputTerm(model, trace, place, t, column);
      }
    return terms;
  } finally {
    model.kernels.release(mark);
  }
}

/** Column of W_h times h(t−1), h(t+1) where it reads backward, or times r∘h. */
function recurrentTerm(
  { config, parameters, gateColumns }: LanguageModel,
  { layers }: ForwardTrace,
  place: LayerPlace,
  t: number,
  column: number,
  reset: boolean,
): number {
  const H = config.hiddenUnits;
  const { h, recurrentCandidate } = layers[place.layer][place.reverse ? 1 : 0];
  const past = reset && recurrentCandidate ? recurrentCandidate : h;
  const row = past === h ? stateRows(place, t).before : t;
  const weights = parameters.get(`W_h${layerSuffix(place)}`).values;
  return product(past.subarray(row * H, (row + 1) * H), weights, gateColumns, column);
}

/** Column of W_x times what the layer reads: the token's embedding, or what the layers below give. */
function inputTerm(model: LanguageModel, trace: ForwardTrace, place: LayerPlace, t: number, column: number): number {
  const { config, parameters, gateColumns } = model;
  const weights = parameters.get(`W_x${layerSuffix(place)}`).values;
  if (place.layer === 0) {
    const E = config.embeddingSize;
    const embedding = parameters.get('embedding').values;
    return product(embedding.subarray(trace.ids[t] * E, (trace.ids[t] + 1) * E), weights, gateColumns, column);
  }
  let sum = 0;
  for (const { rows, width, at } of inputPieces(config, trace, place.layer)) {
    const from = rows.offset + t * rows.rowStride;
    sum += product(rows.values.subarray(from, from + width), weights.subarray(at * gateColumns), gateColumns, column);
  }
  return sum;
}

function product(values: Float32Array, matrix: Float32Array, columns: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] * matrix[k * columns + column];
  return sum;
}
