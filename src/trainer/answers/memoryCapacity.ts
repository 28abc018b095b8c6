// How much of a random input a linear read-out finds in the network's states, by lag: with its weights, and with W_h scaled to other
// spectral radii. The input is one number a step, so that its capacity has the bound that Jaeger gave it.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { memoryCapacity } from '../../engine/inspection/memoryCapacity';
import { inPieces } from '../../engine/inspection/pieces';
import { readStates } from '../../engine/inspection/readStates';
import type { LanguageModel } from '../../engine/network/languageModel';
import { CarriedStates } from '../../engine/training/carriedStates';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { atRadii } from './scaledRadii';

/** Of the inputs, and of the direction that they come from: the same for every radius. */
const SEED = 1;
const WASHED_OUT = 200;
const STATES_PER_UNIT = 9;
const LEAST_STATES = 2000;
const MOST_LAGS = 200;
/** Of all layers together: the read-out is one linear system of so many unknowns. */
const MOST_UNITS = 512;
const CHUNK = 32;

/** The copy's weights are others meanwhile; every question is answered with weights put into it anew. */
export async function answerMemoryCapacity(
  { model, pause }: Pick<AnswerContext, 'model' | 'pause'>,
  { radii }: QuestionOf<'memoryCapacity'>,
): Promise<Answers['memoryCapacity']> {
  const { hiddenUnits, layers } = model.config;
  const units = hiddenUnits * layers;
  const states = Math.max(LEAST_STATES, STATES_PER_UNIT * units);
  if (units > MOST_UNITS) return { units, states, curves: [] };
  const levels = makeInputsLevels(model);
  const generator = xoroshiro128plus(SEED);
  const ids = Int32Array.from({ length: WASHED_OUT + states }, () =>
    Math.floor(levels.length * uniformFloat64(generator)),
  );
  const inputs = Float64Array.from(ids.subarray(WASHED_OUT), (id) => levels[id]);
  const lags = Math.min(MOST_LAGS, 2 * units);
  const curves = await atRadii(model, radii, pause, async () => {
    const rows = await statesOf(model, ids, pause);
    return inPieces(memoryCapacity(rows, units, inputs, lags), pause);
  });
  return { units, states, curves };
}

/**
 * Makes every token one level of a single number, from −√3 to √3 in equal steps, along one random direction of the embeddings' size.
 * Returns the levels by token.
 */
function makeInputsLevels({ parameters, config }: LanguageModel): Float64Array {
  const { values } = parameters.get('embedding');
  const E = config.embeddingSize;
  const size = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const generator = xoroshiro128plus(SEED + 1);
  const direction = Float64Array.from({ length: E }, () => Math.sqrt(3) * (2 * uniformFloat64(generator) - 1) * size);
  const V = values.length / E;
  const levels = Float64Array.from({ length: V }, (_, v) => Math.sqrt(3) * ((2 * v) / Math.max(1, V - 1) - 1));
  values.forEach((_, at) => (values[at] = levels[Math.floor(at / E)] * direction[at % E]));
  return levels;
}

/** h of all layers after every token that counts [states, units]. */
async function statesOf(model: LanguageModel, ids: Int32Array, pause: () => Promise<void>): Promise<Float32Array> {
  const { hiddenUnits: H, layers } = model.config;
  const rows = new Float32Array((ids.length - WASHED_OUT) * H * layers);
  const carried = new CarriedStates(model, 1);
  for (let from = 0; from < ids.length; from += CHUNK) {
    await pause();
    readStates(model, ids.subarray(from, from + CHUNK), carried).forEach((read, layer) => {
      for (let t = 0; t < read.length / H; t++) {
        const row = from + t - WASHED_OUT;
        if (row >= 0) rows.set(read.subarray(t * H, (t + 1) * H), (row * layers + layer) * H);
      }
    });
  }
  return rows;
}
