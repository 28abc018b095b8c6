// What a unit's pre-activations are made of, over a window of text: what came from the past, from the input and from the bias.
// z(t) = W h(t−1) + U x(t) + b per gate, W and U the gate's blocks of W_h and W_x; sums in float64.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
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
  /** The unit's h and c (0 without one) before the window's first token. */
  initialHidden: number;
  initialCell: number;
}

/**
 * Reads `warmUp` from a zero state, then `window`, and takes apart what reaches `unit` of the first layer's forward direction. The
 * arena is left as it was. Throws RangeError for an empty window, a token outside the vocabulary or a unit that is not there.
 */
export function cellTerms(model: LanguageModel, warmUp: Int32Array, window: Int32Array, unit: number): CellTerms {
  const { hiddenUnits: H, cell, resetGate } = model.config;
  if (window.length === 0) throw new RangeError('a window needs at least one token');
  if (!(unit >= 0 && unit < H)) throw new RangeError(`unit ${unit} of ${H}`);
  const before = readTokens(model, warmUp, initialState(model));
  const mark = model.kernels.mark();
  try {
    const trace = traceFrom(model, window, before);
    const blocks = CELL_DESCRIPTIONS[cell].blocks;
    const bias = model.parameters.get('b').values;
    const second = model.parameters.has('b_hh') ? model.parameters.get('b_hh').values[unit] : 0;
    const candidate = CELL_DESCRIPTIONS[cell].gates.find(({ key }) => key === 'g')?.block;
    const readsReset = cell === 'gru' && resetGate === 'before' ? candidate : null;
    const terms: CellTerms = {
      recurrent: new Float32Array(window.length * blocks),
      input: new Float32Array(window.length * blocks),
      bias: Float32Array.from({ length: blocks }, (_, block) => bias[block * H + unit]),
      recurrentBias: second,
      initialHidden: before.h[0][unit],
      initialCell: before.c?.[0][unit] ?? 0,
    };
    for (let t = 0; t < window.length; t++)
      for (let block = 0; block < blocks; block++) {
        const column = block * H + unit;
        terms.recurrent[t * blocks + block] = recurrentTerm(model, trace, t, column, block === readsReset);
        terms.input[t * blocks + block] = inputTerm(model, window[t], column);
      }
    return terms;
  } finally {
    model.kernels.release(mark);
  }
}

/** Column of W_h times h(t−1), or times r∘h(t−1). */
function recurrentTerm(model: LanguageModel, { layers }: ForwardTrace, t: number, column: number, reset: boolean) {
  const H = model.config.hiddenUnits;
  const [[{ h, recurrentCandidate }]] = layers;
  const past = reset && recurrentCandidate ? recurrentCandidate : h;
  return product(past.subarray(t * H, (t + 1) * H), model.parameters.get('W_h').values, model.gateColumns, column);
}

/** Column of W_x times the token's embedding. */
function inputTerm(model: LanguageModel, id: number, column: number): number {
  const E = model.config.embeddingSize;
  const embedding = model.parameters.get('embedding').values.subarray(id * E, (id + 1) * E);
  return product(embedding, model.parameters.get('W_x').values, model.gateColumns, column);
}

function product(values: Float32Array, matrix: Float32Array, columns: number, column: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] * matrix[k * columns + column];
  return sum;
}
