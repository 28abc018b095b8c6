// The record of a run that has just been asked for, before its text is read.
import { RUN_FORMAT, type RunRecord } from '../protocol/run';
import type { TrainerRequestOf } from '../protocol/trainerMessages';

export function newRecord({ runId: id, createdAt, config, source }: TrainerRequestOf<'train'>): RunRecord {
  return {
    ...{ format: RUN_FORMAT, id, createdAt, config, source },
    ...{ corpus: null, phase: 'preparing', step: 0, plannedSteps: 0, parameters: 0 },
    ...{ lastMetric: null, bestValidationLoss: null, divergence: null, failure: null },
    engine: { kernels: '', reason: '', threads: 1 },
  };
}
