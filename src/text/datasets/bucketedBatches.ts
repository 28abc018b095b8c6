// Batches of sequences of about the same length, right-padded, so that little is computed on padding.
import { shuffled } from './seededOrder';

/** Sequences [lanes] side by side; lanes beyond the members have no sequence. */
export interface SequenceBatch {
  /** Numbers of the examples. */
  members: number[];
  /** Timesteps: one of the lengths that passes are recorded for, at least that of the longest member. */
  timesteps: number;
}

/** Batches whose members are drawn from a stretch of so many batches, sorted by length within. */
const BATCHES_SORTED = 32;

/** Timesteps that passes are recorded for: the longest, and halves of it as long as they are worth it. */
export function bucketSteps(longest: number): number[] {
  const steps = [longest];
  while (steps[steps.length - 1] >= 16) steps.push(Math.ceil(steps[steps.length - 1] / 2));
  return steps.reverse();
}

/**
 * The batches of one epoch in the order in which they are trained on. Every example is in exactly one; the last one of a stretch may be
 * smaller. Examples that are longer than the longest bucket are cut there. Without a seed the order is that of the lengths.
 */
export function bucketedBatches(
  examples: ArrayLike<number>,
  lengths: ArrayLike<number>,
  lanes: number,
  buckets: readonly number[],
  seed: number | null,
  epoch = 0,
): SequenceBatch[] {
  const order = seed === null ? Array.from(examples) : shuffled(examples, seed, 1000 + 2 * epoch);
  const stretch = seed === null ? Math.max(1, order.length) : BATCHES_SORTED * lanes;
  const batches: SequenceBatch[] = [];
  for (let from = 0; from < order.length; from += stretch) {
    const sorted = order.slice(from, from + stretch).sort((a, b) => lengths[a] - lengths[b]);
    for (let at = 0; at < sorted.length; at += lanes) {
      const members = sorted.slice(at, at + lanes);
      const longest = lengths[members[members.length - 1]];
      batches.push({ members, timesteps: buckets.find((steps) => steps >= longest) ?? buckets[buckets.length - 1] });
    }
  }
  if (seed === null) return batches;
  return shuffled(
    batches.map((_, at) => at),
    seed,
    1001 + 2 * epoch,
  ).map((at) => batches[at]);
}
