// The models that a section asks one and the same question: that of the run shown, and others that it is compared with.
import type { Comparison } from '../src/protocol/inspectorMessages';
import type { Metric, RunRecord } from '../src/protocol/run';
import { comparedModels } from './comparedModels';

/** More lines than these cannot be told apart. */
export const MOST_MODELS = 4;
/** While it trains a run is asked anew whenever so great a part of it is done. */
const PARTS_OF_TRAINING = 10;

export interface AskedModel {
  name: string;
  /** 0 for that of the run shown; chooses line style and marker. */
  index: number;
  /** The run that is asked: of a model's replicates the first that has a network. */
  record: RunRecord;
  /** What a question's moment begins with: run and weights. */
  moment: string;
  /** Where its answers are kept: no run's is shown for another's. */
  place: string;
  /** null: the run shown, as it is looked at. */
  runId: string | undefined;
  /** Its weights change by themselves: what is measured piece by piece would never come to an end. */
  isMoving: boolean;
}

export interface ShownRuns {
  run: RunRecord;
  metrics: readonly Metric[];
  comparison: Comparison | null;
  /** Training step of the snapshot that is looked at. */
  snapshot: number | null;
}

/** The run shown first. */
export function askedModels({ run, metrics, comparison, snapshot }: ShownRuns): AskedModel[] {
  return comparedModels(run, metrics, comparison)
    .slice(0, MOST_MODELS)
    .flatMap(({ name, index, seeds }): AskedModel[] => {
      const record = index === 0 ? run : (seeds.find(({ record: one }) => hasNetwork(one))?.record ?? null);
      if (record === null) return [];
      const looksBack = index === 0 && snapshot !== null;
      const isMoving = !looksBack && record.phase === 'training';
      const part = Math.max(1, Math.ceil(record.plannedSteps / PARTS_OF_TRAINING));
      const trained = isMoving ? `part-${Math.floor(record.step / part)}` : String(record.step);
      const at = looksBack ? `snapshot-${snapshot}` : trained;
      const runId = index === 0 ? undefined : record.id;
      return [{ name, index, record, moment: `${record.id} ${at}`, place: `of ${record.id}`, runId, isMoving }];
    });
}

const hasNetwork = (record: RunRecord | null): boolean =>
  record !== null && record.phase !== 'preparing' && record.phase !== 'failed';
