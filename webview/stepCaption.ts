// The training step in a caption: of the newest weights, or of a snapshot.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../src/protocol/run';
import type { FrameHeader } from '../src/protocol/traceFrame';
import type { NumberFormats } from './numberFormats';

/** "step 2,400 of 4,000", "step 24 of 4,000 (snapshot)". */
export function stepCaption(
  { step, snapshot }: Pick<FrameHeader, 'step' | 'snapshot'>,
  { plannedSteps }: Pick<RunRecord, 'plannedSteps'>,
  formats: NumberFormats,
): string {
  const [at, planned] = [formats.integer(step), formats.integer(plannedSteps)];
  return snapshot ? l10n.t('step {0} of {1} (snapshot)', at, planned) : l10n.t('step {0} of {1}', at, planned);
}
