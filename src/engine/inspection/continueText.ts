// Samples what the model would write after a text.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { LanguageModel } from '../network/languageModel';
import { UNKNOWN_ID } from '../../text/vocabulary';
import { initialState, readTokens } from './windowForward';

/**
 * `tokens` ids sampled one by one after `prefix` (read from a zero state; may be empty) from softmax(logits / temperature).
 * Temperature 0 takes the likeliest token, the smaller id among equals. The same seed gives the same text.
 * The unknown token is left out of the distribution unless the vocabulary has no other.
 */
export function sampleContinuation(
  model: LanguageModel,
  prefix: Int32Array,
  tokens: number,
  temperature: number,
  seed: number,
): Int32Array {
  const generator = xoroshiro128plus(seed);
  const written = new Int32Array(tokens);
  let state = readTokens(model, prefix, initialState(model));
  for (let t = 0; t < tokens; t++) {
    // Before anything is read h = 0, so the logits are the output bias alone.
    const logits = state.logits ?? model.parameters.get('b_o').values;
    written[t] = chooseToken(logits, temperature, uniformFloat64(generator));
    state = readTokens(model, written.subarray(t, t + 1), state);
  }
  return written;
}

/** One id from logits [V]; `chance` uniform in [0, 1). */
function chooseToken(logits: Float32Array, temperature: number, chance: number): number {
  const first = logits.length > 1 ? UNKNOWN_ID + 1 : UNKNOWN_ID;
  let likeliest = first;
  for (let id = first + 1; id < logits.length; id++) if (logits[id] > logits[likeliest]) likeliest = id;
  if (temperature === 0) return likeliest;
  const weights = Float64Array.from(logits, (logit, id) =>
    id < first ? 0 : Math.exp((logit - logits[likeliest]) / temperature),
  );
  let left = chance * weights.reduce((sum, weight) => sum + weight, 0);
  for (let id = first; id < weights.length; id++) {
    left -= weights[id];
    if (left < 0) return id;
  }
  return likeliest;
}
