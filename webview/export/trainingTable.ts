// The points of the training chart as a table; losses in nats per token as they were measured, whatever unit is drawn.
import type { Metric } from '../../src/protocol/run';
import type { Table } from './table';

export function trainingTable(metrics: readonly Metric[]): Table {
  return {
    columns: [
      'step',
      'training_loss_nats',
      'validation_loss_nats',
      'gradient_norm',
      'clipped_norm',
      'update_ratio',
      'clipped_steps',
    ],
    rows: metrics.map((point) => [
      point.step,
      point.trainingLoss,
      point.validationLoss,
      point.gradientNorm,
      point.clippedNorm,
      point.updateRatio,
      point.clippedSteps,
    ]),
  };
}

/** Several tables of the same columns, one after the other. */
export function oneAfterTheOther(tables: readonly Table[]): Table {
  return { columns: tables[0]?.columns ?? [], rows: tables.flatMap(({ rows }) => [...rows]) };
}
