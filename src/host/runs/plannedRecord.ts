// What is known of a run before its trainer has read the text.
import { RUN_FORMAT, type RunRecord } from '../../protocol/run';
import type { TrainingOrder } from './openRuns';

export function plannedRecord(id: string, now: Date, { config, source }: TrainingOrder): RunRecord {
  return {
    format: RUN_FORMAT,
    id,
    createdAt: now.toISOString(),
    config,
    source,
    corpus: null,
    phase: 'preparing',
    step: 0,
    plannedSteps: 0,
    parameters: 0,
    lastMetric: null,
    bestValidationLoss: null,
    engine: { kernels: '', reason: '', threads: 1 },
    divergence: null,
    failure: null,
  };
}
