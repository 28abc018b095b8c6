// One direction of one recurrent layer: what a picture or a question is about where a network has several.
import * as v from 'valibot';

export const layerPlaceSchema = v.object({
  /** 0 is the one that reads the embedding. */
  layer: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7)),
  reverse: v.boolean(),
});
export type LayerPlace = v.InferOutput<typeof layerPlaceSchema>;

export const FIRST_PLACE: LayerPlace = { layer: 0, reverse: false };

/** What stands behind the names of a place's arrays and parameters: nothing for the first layer's forward direction, `_l1`, `_l0_reverse` … */
export function placeSuffix({ layer, reverse }: LayerPlace): string {
  return layer === 0 && !reverse ? '' : `_l${layer}${reverse ? '_reverse' : ''}`;
}

/** Every place of a network, layers from below, in each the forward direction first. */
export function networkPlaces({ layers = 1, bidirectional = false }: NetworkShape): LayerPlace[] {
  const directions = bidirectional ? [false, true] : [false];
  return Array.from({ length: layers }, (_, layer) => directions.map((reverse) => ({ layer, reverse }))).flat();
}

export interface NetworkShape {
  /** 1 where it is left out. */
  layers?: number;
  /** Every layer reads both ways; not where it is left out. */
  bidirectional?: boolean;
}
