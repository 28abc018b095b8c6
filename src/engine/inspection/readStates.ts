// The states of every layer along a stretch of text, without what is predicted from them.
import { SOLO } from '../kernels/programs';
import { allocateTrace, runLayers, setInputs } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { firstOutputRow } from '../network/layerTrace';
import type { CarriedStates } from '../training/carriedStates';

/** h [T,H] of every layer's forward direction after reading ids [T] from the carried states, which move on; copies. */
export function readStates(model: LanguageModel, ids: Int32Array, carried: CarriedStates): Float32Array[] {
  return readAllStates(model, ids, carried).map(([forward]) => forward);
}

/** The same by [layer][direction]; what reads from behind begins at the last of the ids. */
export function readAllStates(model: LanguageModel, ids: Int32Array, carried: CarriedStates): Float32Array[][] {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const mark = kernels.mark();
  try {
    const trace = allocateTrace(model, ids.length, 1);
    setInputs(model, trace, ids);
    carried.enter(trace);
    runLayers(model, trace, SOLO);
    carried.leave(trace);
    return trace.layers.map((directions) =>
      directions.map(({ h, place }) => h.slice(firstOutputRow(place) * H, (firstOutputRow(place) + ids.length) * H)),
    );
  } finally {
    kernels.release(mark);
  }
}
