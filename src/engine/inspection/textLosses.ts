// How well the network foretells a long text, token by token, and what one of its losses rests on: the numbers behind shading in an editor.
import type { LanguageModel } from '../network/languageModel';
import { EmbeddedLanes, type LookedAt } from './embeddedLanes';
import { WARM_UP_CHUNK } from './inspectionMemory';
import { lossOfLogits, takeLosses } from './nextTokenLoss';
import { initialState, readTokens, stateAfter, traceFrom } from './windowForward';

/** Milliseconds that a piece of work should take, and the most tokens of one: what an inspection has room for. */
const PIECE = { least: 8, most: 20 };
const MOST_TOKENS = 512;

/**
 * −log₂ p(token | all before it) of ids [N], bits, after `warmUp` was read from a zero state: [N], NaN for the first token of all.
 * Needs the room of an inspection of 512 columns; the arena is left as it was. Throws RangeError for ids outside the vocabulary,
 * TypeError for a network whose states have read the very token that they should foretell.
 */
export async function surprisals(
  model: LanguageModel,
  warmUp: Int32Array,
  ids: Int32Array,
  pause: () => Promise<void>,
): Promise<Float32Array> {
  if (model.config.bidirectional) throw new TypeError('a network that reads both ways foretells no token');
  const bits = new Float32Array(ids.length).fill(NaN);
  let state = readTokens(model, warmUp, initialState(model));
  if (state.logits && ids.length > 0) bits[0] = lossOfLogits(state.logits, ids[0]) / Math.LN2;
  let tokens = WARM_UP_CHUNK;
  for (let start = 0; start < ids.length;) {
    await pause();
    const began = performance.now();
    const piece = ids.subarray(start, start + tokens);
    const targets = Array.from(piece, (_, t) => ids.at(start + t + 1) ?? null);
    const mark = model.kernels.mark();
    try {
      const trace = traceFrom(model, piece, state);
      state = stateAfter(model, trace);
      const { losses } = takeLosses(model, trace.output.logits, targets);
      losses.forEach((loss, t) => {
        if (targets[t] !== null) bits[start + t + 1] = loss / Math.LN2;
      });
    } finally {
      model.kernels.release(mark);
    }
    start += piece.length;
    const took = performance.now() - began;
    if (took < PIECE.least) tokens = Math.min(MOST_TOKENS, 2 * tokens);
    if (took > PIECE.most) tokens = Math.max(1, tokens >> 1);
  }
  return bits;
}

/** ‖∂J/∂x(j)‖ of every token read [T], J = −ln p(target) after the step looked at. The arena is left as it was. */
export function lossGradientNorms(model: LanguageModel, lookedAt: LookedAt): Float32Array {
  const { kernels, config } = model;
  const E = config.embeddingSize;
  const mark = kernels.mark();
  try {
    const read = new EmbeddedLanes(model, lookedAt, 1);
    read.read([read.inputs]);
    const dx = read.gradients(lossSlopes(read.logits(0), lookedAt.target));
    return Float32Array.from(lookedAt.ids, (_, t) => {
      let squares = 0;
      for (let e = 0; e < E; e++) squares += dx[t * E + e] ** 2;
      return Math.sqrt(squares);
    });
  } finally {
    kernels.release(mark);
  }
}

/** ∂J/∂logits = p − onehot(target) [V], in float64; the target's as minus the sum of all others. */
function lossSlopes(logits: Float32Array, target: number): Float64Array {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  const slopes = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = slopes.reduce((sum, value) => sum + value, 0);
  let others = 0;
  slopes.forEach((value, k) => {
    slopes[k] = value / total;
    if (k !== target) others += slopes[k];
  });
  slopes[target] = -others;
  return slopes;
}
