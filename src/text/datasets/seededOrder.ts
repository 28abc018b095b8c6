// Numbers in an order that only a seed decides, on every platform the same.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Uniform numbers in [0, 1) of a stream that belongs to a seed and a purpose. */
export function seededUniform(seed: number, purpose: number): () => number {
  const generator = xoroshiro128plus(mix(seed, purpose));
  return () => uniformFloat64(generator);
}

/** The given numbers shuffled (Fisher–Yates). */
export function shuffled(numbers: ArrayLike<number>, seed: number, purpose: number): number[] {
  const generator = xoroshiro128plus(mix(seed, purpose));
  const order = Array.from(numbers);
  for (let at = order.length - 1; at > 0; at--) {
    const other = uniformInt(generator, 0, at);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

/** Neighbouring seeds and purposes begin far from each other. */
function mix(seed: number, purpose: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(purpose + 1, 0xc2b2ae35)) | 0;
}
