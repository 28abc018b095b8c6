// Which process trains a run: a file in the run's folder, so that no other window or command writes there meanwhile.
import * as v from 'valibot';

/** Present while a process trains the run; one that crashed leaves it behind, with the number of a process that is gone. */
export const OWNER_FILE = 'owner.json';

export const runOwnerSchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** When the machine was started, ms since the epoch: numbers of processes begin anew then. */
  bootedAt: v.number(),
});
export type RunOwner = v.InferOutput<typeof runOwnerSchema>;

/** Two measurements of one start differ by corrections of the clock. */
const SAME_BOOT_MILLISECONDS = 60_000;

/** The process that the file's text names, if it lives; null for a text that names none. */
export function liveOwner(text: string, bootedAt: number, isAlive: (pid: number) => boolean): number | null {
  const owner = v.safeParse(v.pipe(v.string(), v.parseJson(), runOwnerSchema), text);
  if (!owner.success) return null;
  const { pid } = owner.output;
  const sameBoot = Math.abs(owner.output.bootedAt - bootedAt) < SAME_BOOT_MILLISECONDS;
  return sameBoot && isAlive(pid) ? pid : null;
}
