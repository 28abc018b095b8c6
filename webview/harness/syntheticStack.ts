// A synthetic picture of several layers and both directions: each place behaves as a network of its own, backward ones from right to left.
import { networkPlaces, placeSuffix, type LayerPlace, type NetworkShape } from '../../src/protocol/layerPlace';
import type { FrameArrays } from '../../src/protocol/traceFrame';

/** Norms of what goes through and around every layer above the first. */
export function syntheticShares(layers: number, steps: number, random: () => number): FrameArrays {
  const arrays: FrameArrays = {};
  const series = (least: number): FrameArrays[string] => ({
    shape: [steps],
    values: Float32Array.from({ length: steps }, () => least + random()),
  });
  for (let layer = 1; layer < layers; layer++) {
    arrays[`gradient.through_l${layer}`] = series(0.2 * layer);
    arrays[`gradient.around_l${layer}`] = series(0.6);
  }
  return arrays;
}

/** How much of a gradient reaches states of lower layers on the far side, by way of the other direction. */
const ACROSS = 0.05;

/** The arrays of every place under their names in a frame; `arraysOf` makes those of a network of one place that reads forward. */
export function syntheticPlaces(
  shape: NetworkShape,
  steps: number,
  arraysOf: (index: number, place: LayerPlace) => FrameArrays,
): FrameArrays {
  const all: FrameArrays = {};
  networkPlaces(shape).forEach((place, index) => {
    const isTop = place.layer === (shape.layers ?? 1) - 1;
    for (const [name, array] of Object.entries(arraysOf(index, place))) {
      const isPair = array.shape.length === 2 && name.startsWith('gradient.');
      const both = isPair && shape.bidirectional && (!isTop || name === 'gradient.input');
      const own = place.reverse ? mirrored(array.values, steps, isPair) : array.values;
      const values = both ? withOther(own, mirrored(own, steps, true)) : own;
      if (name !== 'gradient.input') all[`${name}${placeSuffix(place)}`] = { ...array, values };
      else all[name] ??= { ...array, values };
    }
  });
  return all;
}

/** Rows of `steps` in the other order, in matrices of pairs columns too. */
function mirrored(values: Float32Array, steps: number, isPair: boolean): Float32Array {
  const width = values.length / steps;
  return Float32Array.from(values, (_, k) => {
    const [row, column] = [Math.floor(k / width), k % width];
    return values[(steps - 1 - row) * width + (isPair ? width - 1 - column : column)];
  });
}

function withOther(values: Float32Array, other: Float32Array): Float32Array {
  return values.map((value, k) => (value > 0 || Number.isNaN(value) ? value : ACROSS * other[k]));
}
