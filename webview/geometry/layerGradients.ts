// ‖∂J/∂h(j)‖ of one loss, of the focus step or of a task's one prediction, over all layers and directions: what the rows of layer × time are made of.
import { placeSuffix, type LayerPlace } from '../../src/protocol/layerPlace';
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';
import { placesFromTop } from '../networkPlace';
import { reachableRow } from './gradientScale';

export interface PlaceGradient {
  place: LayerPlace;
  /** By column, as far as a gradient could reach. */
  norms: Float32Array;
  /** √Σ_j norms²: of the gradient on all states of the place together; NaN where the loss is not known. */
  together: number;
}

/** From the top layer down; `arrays` are a frame's own, with the suffixes of all places. */
export function gradientsByPlace(header: FrameHeader, arrays: FrameArrays, i: number): PlaceGradient[] {
  return placesFromTop(header).map((place) => {
    const suffix = placeSuffix(place);
    const norms = header.prediction
      ? arrays[`flow.hidden${suffix}`].values
      : reachableRow(header, arrays[`gradient.hidden${suffix}`].values, i);
    return { place, norms, together: Math.hypot(...norms) };
  });
}
