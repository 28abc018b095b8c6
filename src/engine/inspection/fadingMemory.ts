// How fast a network forgets where it began: two states started apart read the same tokens, and come together or do not. A reservoir can
// be used only where they do (the echo state property); how long it takes is how long it remembers.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { SOLO } from '../kernels/programs';
import { allocateTrace, runLayers, setInputs, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { finalRow, initialRow, stateRows, type LayerTrace } from '../network/layerTrace';
import { readingCost } from './readLanes';

/** Tokens read at a time at most, and pairs of states at once: together an inspection of 512 columns. */
const CHUNK = 32;
/** Multiplications that a piece of work should take: about 20 ms. */
const PIECE = 3e8;
export const FADING_PAIRS = 7;

/**
 * ‖s(t) − s′(t)‖ / ‖s(0) − s′(0)‖ of every pair [T+1], s the h and c of every layer's forward direction, both states drawn within the
 * reach of the cell. Needs the room of an inspection of 512 columns; the arena is left as it was, `pause` is awaited between pieces.
 */
export async function fading(
  model: LanguageModel,
  ids: Int32Array,
  seed: number,
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const distances = Array.from({ length: FADING_PAIRS }, () => new Float64Array(ids.length + 1));
  let states = startStates(model, seed);
  distances.forEach((pair, p) => (pair[0] = distanceOf(states, p)));
  const affordable = Math.floor(PIECE / (2 * FADING_PAIRS * readingCost(model)));
  const chunk = Math.max(1, Math.min(CHUNK, affordable));
  for (let start = 0; start < ids.length; start += chunk) {
    await pause();
    states = readPiece(model, ids.subarray(start, start + chunk), states, (t, now) =>
      distances.forEach((pair, p) => (pair[start + t + 1] = distanceOf(now, p))),
    );
  }
  return distances.map((pair) => pair.map((distance) => distance / pair[0]));
}

/** h, then c where there is one, of every layer: [2·pairs,H] each; pair p is in lanes 2p and 2p + 1. */
type States = Float32Array[];

function startStates({ config }: LanguageModel, seed: number): States {
  const generator = xoroshiro128plus(seed);
  // What comes out of σ and ReLU is not negative.
  const least = config.cell === 'vanilla' && config.activation !== 'tanh' ? 0 : -1;
  const draw = () => least + (1 - least) * uniformFloat64(generator);
  const perLayer = config.cell === 'lstm' ? 2 : 1;
  return Array.from({ length: perLayer * config.layers }, () =>
    Float32Array.from({ length: 2 * FADING_PAIRS * config.hiddenUnits }, draw),
  );
}

function distanceOf(states: States, pair: number): number {
  let squares = 0;
  for (const values of states) {
    const H = values.length / (2 * FADING_PAIRS);
    for (let k = 2 * pair * H; k < (2 * pair + 1) * H; k++) squares += (values[k] - values[k + H]) ** 2;
  }
  return Math.sqrt(squares);
}

/** Reads some tokens in every lane; `visit` sees the states after each. */
function readPiece(
  model: LanguageModel,
  ids: Int32Array,
  before: States,
  visit: (t: number, states: States) => void,
): States {
  const { kernels, config } = model;
  const lanes = 2 * FADING_PAIRS;
  const size = lanes * config.hiddenUnits;
  const mark = kernels.mark();
  try {
    const trace = allocateTrace(model, ids.length, lanes);
    const arrays = statesOf(trace);
    setInputs(
      model,
      trace,
      Int32Array.from({ length: ids.length * lanes }, (_, k) => ids[Math.floor(k / lanes)]),
    );
    arrays.forEach(({ layer, values }, k) => values.set(before[k], initialRow(layer) * size));
    runLayers(model, trace, SOLO);
    const at = (rowOf: (layer: LayerTrace) => number): States =>
      arrays.map(({ layer, values }) => values.slice(rowOf(layer) * size, (rowOf(layer) + 1) * size));
    for (let t = 0; t < ids.length; t++)
      visit(
        t,
        at(({ place }) => stateRows(place, t).after),
      );
    return at(finalRow);
  } finally {
    kernels.release(mark);
  }
}

function statesOf({ layers }: ForwardTrace): { layer: LayerTrace; values: Float32Array }[] {
  return layers.flatMap(([layer]) =>
    [layer.h, layer.c].flatMap((values) => (values === null ? [] : [{ layer, values }])),
  );
}
