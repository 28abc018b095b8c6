// When probes are asked anew: they take seconds.
import type { RunRecord } from '../src/protocol/run';

/** While it trains a run is asked anew whenever so great a part of it is done. */
const PARTS_OF_TRAINING = 10;

/** A text that changes whenever they are asked anew. */
export function probedMoment(run: RunRecord, snapshot: number | null): string {
  const part = Math.max(1, Math.ceil(run.plannedSteps / PARTS_OF_TRAINING));
  const at = run.phase === 'training' ? `part ${Math.floor(run.step / part)}` : run.step;
  return `${run.id} ${snapshot === null ? at : `snapshot ${snapshot}`}`;
}
