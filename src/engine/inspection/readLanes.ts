// One unit's hidden state along long stretches of text, read side by side: what it costs to scan a file for what drives a unit.
import { SOLO } from '../kernels/programs';
import { allocateTrace, runLayers, setInputs } from '../network/forward';
import { gateColumnsOf, type LanguageModel } from '../network/languageModel';
import { firstOutputRow } from '../network/layerTrace';
import { directionsOf, inputWidth, type LayerPlace } from '../network/networkConfig';
import type { CarriedStates } from '../training/carriedStates';

/**
 * h(t) of `unit` at `place`, [T,B] after reading ids [T,B] from the carried states, which move on; what reads backward begins at the
 * last of the T steps. Needs the room of an inspection of (T+1)·B columns; the arena is left as it was.
 */
export function readLanes(
  model: LanguageModel,
  ids: Int32Array,
  lanes: number,
  carried: CarriedStates,
  place: LayerPlace,
  unit: number,
): Float32Array {
  const H = model.config.hiddenUnits;
  const mark = model.kernels.mark();
  try {
    const trace = allocateTrace(model, ids.length / lanes, lanes);
    setInputs(model, trace, ids);
    carried.enter(trace);
    runLayers(model, trace, SOLO);
    carried.leave(trace);
    const { h } = trace.layers[place.layer][place.reverse ? 1 : 0];
    const first = firstOutputRow(place) * lanes;
    return Float32Array.from(ids, (_, k) => h[(first + k) * H + unit]);
  } finally {
    model.kernels.release(mark);
  }
}

/** Multiplications that reading one token takes, without the output layer. */
export function readingCost({ config }: LanguageModel): number {
  const width = gateColumnsOf(config) * directionsOf(config);
  let sum = 0;
  for (let layer = 0; layer < config.layers; layer++) sum += width * (inputWidth(config, layer) + config.hiddenUnits);
  return sum;
}
