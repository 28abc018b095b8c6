// Which runs a comparison is made of: every cell with the same seeds, the cells taking turns so that a first answer comes early.
import { LIMITS, type RunConfig } from '../../protocol/runConfig';

/** Runs beside the one shown; with it, as many as line styles can tell apart. */
export const MOST_OTHERS = 3;

/** How a run is sized beside the one it is compared with. */
export type Budget = 'parameters' | 'units';

/**
 * Configurations to train beside `base`, in the order they are trained in. Replicate k of every cell has the seed of the run shown plus k:
 * its weights are drawn with it, and the order of the data is that of the text whatever the seed.
 */
export function plannedRuns(base: RunConfig, others: readonly RunConfig[], seeds: number): RunConfig[] {
  const [, largest] = LIMITS.seed;
  const seedOf = (k: number): number => (base.seed + k) % (largest + 1);
  const replicates = Array.from({ length: seeds }, (_, k) => k);
  return replicates.flatMap((k) => {
    const cells = k === 0 ? others : [base, ...others];
    return cells.map((config) => ({ ...config, seed: seedOf(k) }));
  });
}

/** The same but for the seed: replicates of one model. */
export function isReplicate(one: RunConfig, other: RunConfig): boolean {
  return JSON.stringify({ ...one, seed: 0 }) === JSON.stringify({ ...other, seed: 0 });
}
