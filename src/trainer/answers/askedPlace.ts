// The layer and direction that a question is about.
import { layerSuffix } from '../../engine/network/networkConfig';
import type { LanguageModel } from '../../engine/network/languageModel';
import { GatescopeError } from '../../protocol/failures';
import { FIRST_PLACE, type LayerPlace } from '../../protocol/layerPlace';

export interface AskedPlace extends LayerPlace {
  /** Index in a trace's layers[layer]. */
  direction: number;
  /** Behind the names of its parameters. */
  suffix: string;
}

/** @throws GatescopeError nothingToInspect for one that the network does not have. */
export function askedPlace({ config }: LanguageModel, place: LayerPlace = FIRST_PLACE): AskedPlace {
  if (place.layer >= config.layers || (place.reverse && !config.bidirectional))
    throw new GatescopeError('nothingToInspect');
  return { ...place, direction: place.reverse ? 1 : 0, suffix: layerSuffix(place) };
}
