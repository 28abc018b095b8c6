// Stacks of what every loss asks the weights to change at a step, grouped by how far off the loss is; one loss apart from the others.
import type { ItemisedWeightGradient } from '../../src/protocol/spectra';

/** Smallest distance |i − t| of each group. */
export const LAG_GROUPS = [0, 1, 4, 16] as const;

export interface WeightStack {
  /** ‖∂J(i)/∂W_h at t‖ of the loss apart; 0 where it asks nothing. */
  apart: number;
  /** Sums over all other losses, by group. */
  groups: number[];
  /** All of it. */
  total: number;
}

/** Per step of the window; `apart` is the row of the loss that stands apart. */
export function weightStacks({ steps, norms }: ItemisedWeightGradient, apart: number): WeightStack[] {
  return Array.from({ length: steps }, (_, t) => {
    const stack: WeightStack = { apart: 0, groups: LAG_GROUPS.map(() => 0), total: 0 };
    for (let i = 0; i < steps; i++) {
      const norm = norms[i * steps + t];
      if (Number.isNaN(norm) || norm === 0) continue;
      stack.total += norm;
      if (i === apart) stack.apart = norm;
      else stack.groups[LAG_GROUPS.findLastIndex((lag) => Math.abs(i - t) >= lag)] += norm;
    }
    return stack;
  });
}

export interface Asked {
  /** Step that the loss asks most of, and the share of everything it asks that falls there. */
  step: number;
  share: number;
  /** Share that falls on steps at least `back` from the loss. */
  earlier: number;
}

/** What loss i asks of all steps; null where it is not known or asks nothing. */
export function askedBy({ steps, norms }: ItemisedWeightGradient, i: number, back: number): Asked | null {
  const row = norms.subarray(i * steps, (i + 1) * steps);
  let [sum, earlier, step] = [0, 0, i];
  row.forEach((norm, t) => {
    sum += norm;
    if (Math.abs(i - t) >= back) earlier += norm;
    if (norm > row[step]) step = t;
  });
  return sum > 0 ? { step, share: row[step] / sum, earlier: earlier / sum } : null;
}
