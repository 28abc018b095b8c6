// One direction of one layer as it read a window: what the Jacobians of its steps are made of.
import { layerSuffix, type NetworkConfig } from '../network/networkConfig';
import type { LanguageModel } from '../network/languageModel';
import type { LayerTrace } from '../network/layerTrace';

export interface TracedLayer {
  config: NetworkConfig;
  /** W_h [H,G·H]. */
  recurrentWeights: Float32Array;
  /** Of one lane. */
  trace: LayerTrace;
}

/** A layer with its weights. Throws RangeError for a trace of several lanes. */
export function tracedLayer(model: LanguageModel, trace: LayerTrace): TracedLayer {
  if (trace.B !== 1) throw new RangeError(`a trace of ${trace.B} lanes is no window`);
  const weights = model.parameters.get(`W_h${layerSuffix(trace.place)}`).values;
  return { config: model.config, recurrentWeights: weights, trace };
}
