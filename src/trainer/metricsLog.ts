// The training chart's points: kept until they are sent and stored, a few times a second.
import type { StepResult } from '../engine/training/trainingSession';
import type { Metric } from '../protocol/run';
import type { TrainingPosition } from './trainedModel';

/** Points of a stored history that are sent when a run is opened. */
const SENT_HISTORY = 2000;

const finite = (value: number) => (Number.isFinite(value) ? value : null);

/** The point after a step (or before the first, with `result` null). `step` counts from 1. */
export function metricOf(
  position: TrainingPosition,
  step: number,
  result: StepResult | null,
  validationLoss: number | null,
): Metric {
  return {
    step,
    trainingLoss: result && finite(result.loss),
    validationLoss: validationLoss === null ? null : finite(validationLoss),
    gradientNorm: result && finite(result.gradientNorm),
    clippedNorm: result && finite(result.clippedNorm),
    updateRatio: result && finite(result.updateRatio),
    clippedSteps: position.clippedSteps,
  };
}

/** Tenths of milliseconds tell enough of what the steps so far took. */
export function withSeconds(metric: Metric, seconds: number | null): Metric {
  return seconds === null ? metric : { ...metric, seconds: Math.round(seconds * 1e4) / 1e4 };
}

/** Every k-th point of a history, and every one with a validation loss, so that it stays a few thousand. */
export function thinned(metrics: readonly Metric[]): Metric[] {
  const every = Math.ceil(metrics.length / SENT_HISTORY);
  return metrics.filter((metric, k) => k % every === 0 || k === metrics.length - 1 || metric.validationLoss !== null);
}
