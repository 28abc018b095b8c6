// Which tokens of a cloze text are hidden.
import { seededUniform } from './seededOrder';

export const HIDDEN_SHARE = 0.15;

/**
 * Places 0 … length − 1 of an example that are hidden, in order: each with probability HIDDEN_SHARE, at least one. The same for the
 * same seed, example and epoch.
 */
export function hiddenPlaces(length: number, seed: number, example: number, epoch: number): number[] {
  const uniform = seededUniform(seed ^ Math.imul(epoch + 1, 0x27d4eb2f), example);
  const one = Math.floor(uniform() * length);
  const places: number[] = [];
  for (let at = 0; at < length; at++) if (uniform() < HIDDEN_SHARE) places.push(at);
  return places.length > 0 || length === 0 ? places : [one];
}
