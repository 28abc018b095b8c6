// How many hidden units give a network as many parameters as another one has, so that cells can be compared on equal terms.
import { parameterCount, type NetworkConfig } from './networkConfig';

export interface MatchedUnits {
  hiddenUnits: number;
  parameters: number;
}

/** The number of hidden units from `least` to `most` whose network comes nearest to `wanted` parameters; fewer of two as near. */
export function unitsForParameters(
  config: Omit<NetworkConfig, 'hiddenUnits'>,
  wanted: number,
  [least, most]: readonly [number, number],
): MatchedUnits {
  const count = (hiddenUnits: number): number => parameterCount({ ...config, hiddenUnits });
  // Parameters grow with the units: the first number of units that has at least as many as wanted.
  let [low, high] = [least, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (count(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  const below = Math.max(least, low - 1);
  const hiddenUnits = wanted - count(below) <= Math.abs(count(low) - wanted) ? below : low;
  return { hiddenUnits, parameters: count(hiddenUnits) };
}
