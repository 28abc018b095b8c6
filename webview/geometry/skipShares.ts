// How much of the gradient goes around each layer of a network with connections, by step: ‖around‖ / (‖around‖ + ‖through‖).
import { placeSuffix } from '../../src/protocol/layerPlace';
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';

export interface SkipShares {
  layer: number;
  /** By step, 0…1; NaN where the loss is not known or nothing flows. */
  shares: Float64Array;
  /** Of the sums over all steps. */
  overall: number;
}

/** From the top layer down, those that something leads around; `arrays` are a frame's own. */
export function skipShares({ layers = 1 }: FrameHeader, arrays: FrameArrays): SkipShares[] {
  return Array.from({ length: layers }, (_, k) => layers - 1 - k).flatMap((layer) => {
    const suffix = placeSuffix({ layer, reverse: false });
    const around = arrays[`gradient.around${suffix}`] as FrameArrays[string] | undefined;
    const through = arrays[`gradient.through${suffix}`] as FrameArrays[string] | undefined;
    if (!around || !through) return [];
    let [goesAround, all] = [0, 0];
    const shares = Float64Array.from(around.values, (value, t) => {
      const sum = value + through.values[t];
      if (!(sum > 0)) return NaN;
      goesAround += value;
      all += sum;
      return value / sum;
    });
    return [{ layer, shares, overall: all > 0 ? goesAround / all : NaN }];
  });
}
