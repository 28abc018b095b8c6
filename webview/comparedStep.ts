// Which weights of a compared run stand beside those that the scrubber shows of the run shown.
import type { RunRecord } from '../src/protocol/run';
import type { FrameHeader } from '../src/protocol/traceFrame';

/**
 * Training step of the snapshot of a compared run that is nearest to the step shown and not after it; null: its newest weights, which are
 * meant where no snapshot is looked at, where the run has not trained any further, and where nothing else is kept. Of the run shown
 * itself (`isOwn`) the step is that of the picture.
 */
export function stepBeside(
  { step, snapshots = [] }: Pick<RunRecord, 'step' | 'snapshots'>,
  shown: Pick<FrameHeader, 'step' | 'snapshot'>,
  isOwn: boolean,
): number | null {
  if (shown.snapshot !== true) return null;
  if (isOwn) return shown.step;
  if (step <= shown.step) return null;
  return snapshots.findLast((kept) => kept <= shown.step) ?? null;
}
