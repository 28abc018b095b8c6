// Everything the inspector draws of one window of text, computed from the weights as they are now.
import { CELL_DESCRIPTIONS, type CellKind } from '../cells/cellDescription';
import type { ForwardTrace } from '../network/forward';
import { gateOffset } from '../network/gateOffset';
import type { LanguageModel } from '../network/languageModel';
import { firstOutputRow, type LayerTrace } from '../network/layerTrace';
import { readsSequences, layerSuffix } from '../network/networkConfig';
import { allPairsGradients } from './allPairsGradients';
import type { NormName } from './cellSweep';
import { likeliestTokens, lossOfLogits, outputGradients, takeLosses } from './nextTokenLoss';
import { skipShares, type SkipShare } from './skipShares';
import { emptyNorms, type AllPairs } from './sweepRequest';
import { initialState, readTokens, traceFrom } from './windowForward';

/** Predictions shown per step. */
const PREDICTIONS = 5;

export interface WindowInspection {
  /**
   * By name, T the window's length, outside the arena: `loss` [T] nats, `surprisal` [T] bits, `gradient.input` [T,T], and of every
   * direction of a layer, named with `layerSuffix` behind (nothing for the first layer's forward direction):
   * `gate.<key>` [T,H]; `gradient.hidden`, `gradient.weightItemised` (‖∂J(i)/∂W_h contributed at j‖) and for the LSTM
   * `gradient.cell`, `gradient.direct`, `gradient.hiddenPath` [T,T], row i column j, exactly 0 where no path leads, NaN in rows whose
   * loss is not known; `gradient.weight` [T], NaN at steps whose own loss is not known. Where something leads around layers, of each such
   * layer `gradient.through` and `gradient.around` [T], see SkipShare.
   */
  arrays: Record<string, { shape: number[]; values: Float32Array }>;
  /** The likeliest next tokens after every step, best first. */
  predictions: { id: number; probability: number }[][];
}

/**
 * Reads `warmUp` from a zero state, then `window`, step by step. `next` is the token after the window, null at the end of
 * the text: the last loss and everything that comes of it is then NaN. The arena is left as it was.
 * Where layers read both ways the forward states come from the text before the window; what reads backward begins at its end.
 * With `only`, gradients of that one loss alone: those of pairs are then its row [T], `weightItemised` is left out, `weight` NaN.
 * Throws RangeError for an empty window or a token outside the vocabulary, TypeError for a network that classifies sequences.
 */
export function inspectWindow(
  model: LanguageModel,
  warmUp: Int32Array,
  window: Int32Array,
  next: number | null,
  only?: number,
): WindowInspection {
  if (window.length === 0) throw new RangeError('a window needs at least one token');
  if (readsSequences(model.config)) throw new TypeError('a network that classifies sequences predicts no next token');
  const before = readTokens(model, warmUp, initialState(model));
  const mark = model.kernels.mark();
  try {
    const trace = traceFrom(model, window, before);
    const targets = [...window.subarray(1), next];
    const { logits } = trace.output;
    const { losses, others } = takeLosses(model, logits, targets);
    const predictions = likeliestTokens(logits, model.config.vocabulary, PREDICTIONS);
    const known = Int32Array.from(targets.filter((target) => target !== null));
    const outputGradient = outputGradients(model, logits, known, others);
    const shares = skipShares(model, trace, outputGradient);
    const norms = emptyNorms(trace, known.length, namesOf(model, only), true, (length) => new Float32Array(length));
    if (only !== undefined) for (const direction of norms.directions.flat()) direction.weight = null;
    allPairsGradients({ model, trace, lane: 0, outputGradient, only, norms });
    const T = window.length;
    const firstLoss = before.logits ? lossOfLogits(before.logits, window[0]) : NaN;
    const arrays: WindowInspection['arrays'] = {
      ...gateArrays(model, trace),
      loss: { shape: [T], values: Float32Array.from(losses) },
      surprisal: { shape: [T], values: Float32Array.of(firstLoss, ...losses.subarray(0, T - 1)).map(bits) },
      ...gradientArrays(trace, norms, only),
      ...shareArrays(shares),
    };
    return { arrays, predictions };
  } finally {
    model.kernels.release(mark);
  }
}

const bits = (nats: number) => nats / Math.LN2;

/** The pairs' norms of every cell. */
const NORMS: Record<CellKind, NormName[]> = {
  vanilla: ['hidden', 'weightItemised'],
  lstm: ['hidden', 'cell', 'direct', 'hiddenPath', 'weightItemised'],
  gru: ['hidden', 'weightItemised'],
};

/** What single losses ask of the weights is drawn beside what all do: a row alone needs none of it. */
function namesOf({ config: { cell } }: LanguageModel, only: number | undefined): NormName[] {
  return only === undefined ? NORMS[cell] : NORMS[cell].filter((name) => name !== 'weightItemised');
}

function shareArrays(shares: SkipShare[]): WindowInspection['arrays'] {
  const arrays: WindowInspection['arrays'] = {};
  for (const { layer, through, around } of shares) {
    const suffix = layerSuffix({ layer, reverse: false });
    arrays[`gradient.through${suffix}`] = { shape: [through.length], values: through };
    arrays[`gradient.around${suffix}`] = { shape: [around.length], values: around };
  }
  return arrays;
}

function gradientArrays(
  { T, layers }: ForwardTrace,
  { directions, input }: AllPairs<Float32Array>,
  only: number | undefined,
): WindowInspection['arrays'] {
  const arrays: WindowInspection['arrays'] = {};
  const pairsOf = (values: Float32Array) =>
    only === undefined ? { shape: [T, T], values } : { shape: [T], values: values.slice(only * T, (only + 1) * T) };
  if (input) arrays['gradient.input'] = pairsOf(input);
  layers.flat().forEach(({ place }, at) => {
    const { pairs, weight } = directions.flat()[at];
    const suffix = layerSuffix(place);
    for (const [name, values] of Object.entries(pairs)) arrays[`gradient.${name}${suffix}`] = pairsOf(values);
    arrays[`gradient.weight${suffix}`] = { shape: [T], values: weight ?? new Float32Array(T).fill(NaN) };
  });
  return arrays;
}

/** `gate.<key>` [T,H] for every gate and state of the cell, in the order of its description, direction after direction. */
export function gateArrays(model: LanguageModel, { layers }: Pick<ForwardTrace, 'layers'>): WindowInspection['arrays'] {
  const { hiddenUnits: H, cell } = model.config;
  const arrays: WindowInspection['arrays'] = {};
  for (const trace of layers.flat()) {
    const first = firstOutputRow(trace.place) * H;
    for (const { key } of CELL_DESCRIPTIONS[cell].gates) {
      const states = key === 'h' ? trace.h : key === 'c' ? trace.c : null;
      const values = states
        ? states.slice(first, first + trace.T * H)
        : gateBlock(trace, model.gateColumns, gateOffset(cell, key, H), H);
      arrays[`gate.${key}${layerSuffix(trace.place)}`] = { shape: [trace.T, H], values };
    }
  }
  return arrays;
}

/** Columns [first, first + count) of the activated gates [T, columns]. */
function gateBlock({ gates, T }: LayerTrace, columns: number, first: number, count: number): Float32Array {
  const block = new Float32Array(T * count);
  for (let t = 0; t < T; t++) block.set(gates.subarray(t * columns + first, t * columns + first + count), t * count);
  return block;
}
