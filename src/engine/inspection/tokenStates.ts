// The states that a network has after single tokens of sequences it reads as a whole, and how those of two sequences differ.
import type { LanguageModel } from '../network/languageModel';
import { stateRows } from '../network/layerTrace';
import type { LayerPlace } from '../network/networkConfig';
import { initialState, traceFrom } from './windowForward';

export interface PlaceState {
  place: LayerPlace;
  /** h [H] of one direction of one layer. */
  h: Float32Array;
}

/** States after the tokens at `steps`, each by layer from below, forward before backward. Read from zero; the arena is left as it was. */
export function tokenStates(model: LanguageModel, ids: Int32Array, steps: readonly number[]): PlaceState[][] {
  const mark = model.kernels.mark();
  try {
    const { layers } = traceFrom(model, ids, initialState(model));
    const H = model.config.hiddenUnits;
    return steps.map((step) =>
      layers.flat().map(({ place, h }) => {
        const first = stateRows(place, step).after * H;
        return { place, h: h.slice(first, first + H) };
      }),
    );
  } finally {
    model.kernels.release(mark);
  }
}

export interface StateDifference {
  place: LayerPlace;
  /** To the last bit. */
  identical: boolean;
  /** ‖a − b‖ and ‖a‖. */
  distance: number;
  norm: number;
  cosine: number;
}

/** Place by place. */
export function stateDifferences(a: readonly PlaceState[], b: readonly PlaceState[]): StateDifference[] {
  return a.map(({ place, h }, k) => ({
    place,
    identical: h.every((value, unit) => Object.is(value, b[k].h[unit])),
    distance: Math.hypot(...h.map((value, unit) => value - b[k].h[unit])),
    norm: Math.hypot(...h),
    cosine: cosine([h], [b[k].h]),
  }));
}

/** Of two states put together from parts, in float64; 0 where one of them is zero. */
export function cosine(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let [product, ofA, ofB] = [0, 0, 0];
  a.forEach((part, p) =>
    part.forEach((value, unit) => {
      product += value * b[p][unit];
      ofA += value * value;
      ofB += b[p][unit] * b[p][unit];
    }),
  );
  return ofA > 0 && ofB > 0 ? product / Math.sqrt(ofA * ofB) : 0;
}
