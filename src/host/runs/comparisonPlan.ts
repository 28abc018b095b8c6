// Which runs a comparison is made of: every cell with the same seeds, the cells taking turns so that a first answer comes early, on all
// of the text or also on parts of it.
import * as v from 'valibot';
import type { TextSource } from '../../protocol/run';
import { LIMITS, runConfigSchema, type RunConfig } from '../../protocol/runConfig';

/** Runs beside the one shown; with it, as many as line styles can tell apart. */
export const MOST_OTHERS = 3;

/** How a run is sized beside the one it is compared with. */
export type Budget = 'parameters' | 'units';

const memberSchema = v.object({
  config: runConfigSchema,
  /** null: it waits for its turn, or could not be trained. */
  runId: v.nullable(v.string()),
  problem: v.nullable(v.string()),
  /** Per cent of the text; left out for all of it. */
  share: v.optional(v.number()),
});
/** Runs compared with one, as they are remembered. */
export const groupSchema = v.object({
  budget: v.nullable(v.picklist(['parameters', 'units'])),
  members: v.array(memberSchema),
});
export type Member = v.InferOutput<typeof memberSchema>;
export type Group = v.InferOutput<typeof groupSchema>;

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

/** What is trained on a part of the text too: every cell with the same seeds, the run shown's as well. */
export function plannedShares(
  base: RunConfig,
  others: readonly RunConfig[],
  seeds: number,
  shares: readonly number[],
): { config: RunConfig; share: number }[] {
  const configs = [base, ...plannedRuns(base, others, seeds)];
  return shares.filter((share) => share < 100).flatMap((share) => configs.map((config) => ({ config, share })));
}

/** The beginning of a text, so many per cent of it. */
export function beginningOf<T extends { source: TextSource; text: string | null; bytes: number }>(
  whole: T,
  share: number,
): T {
  const { source, text } = whole;
  const { part } = source;
  if (text === null) {
    const all = part.kind === 'head' ? Math.min(part.bytes, whole.bytes) : whole.bytes;
    const bytes = Math.max(1, Math.round((all * share) / 100));
    return { ...whole, source: { ...source, part: { kind: 'head', bytes } }, bytes };
  }
  let length = Math.max(1, Math.round((text.length * share) / 100));
  // Not between the two halves of a character.
  if (/[\ud800-\udbff]/.test(text[length - 1])) length++;
  const start = part.kind === 'selection' ? part.start : 0;
  const cut = text.slice(0, length);
  const selection = { kind: 'selection', start, end: start + cut.length } as const;
  return { ...whole, source: { ...source, part: selection }, text: cut, bytes: cut.length };
}

/** The same but for the seed: replicates of one model. */
export function isReplicate(one: RunConfig, other: RunConfig): boolean {
  return JSON.stringify({ ...one, seed: 0 }) === JSON.stringify({ ...other, seed: 0 });
}
