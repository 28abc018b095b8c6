// Watches gradient norms and keeps the last good weights, so that a run whose loss explodes can say what happened.
import type { StepResult } from '../engine/training/trainingSession';
import type { Divergence } from '../protocol/run';
import { LIMITS } from '../protocol/runConfig';
import type { Snapshot, TrainedModel } from './trainedModel';

const SNAPSHOT_STEPS = 20;
const REPORTED_NORMS = 40;
const REMEMBERED_NORMS = 400;
/** Weights count as good while the loss is no worse than this much above that of a uniform guess, nats. */
const TOLERATED_EXCESS = 0.5;

export class DivergenceWatch {
  private good: Snapshot;
  private readonly norms: { step: number; norm: number }[] = [];
  private readonly worstGoodLoss: number;

  constructor(private readonly trained: TrainedModel) {
    this.good = trained.snapshot();
    this.worstGoodLoss = Math.log(trained.model.config.vocabulary) + TOLERATED_EXCESS;
  }

  /** Takes note of a step that was made. `result.loss` is that of the weights before it. */
  observe(result: StepResult): void {
    const { step } = this.trained.position;
    this.norms.push({ step, norm: result.gradientNorm });
    if (this.norms.length > REMEMBERED_NORMS) this.norms.shift();
    if (step - this.good.position.step >= SNAPSHOT_STEPS && result.loss <= this.worstGoodLoss)
      this.good = this.trained.snapshot();
  }

  /** Brings the last good weights back after a step that was not finite and describes what happened. */
  restore(result: StepResult, batchText: string): Divergence {
    const notFinite = result.notFinite ?? { what: 'loss', parameter: null };
    const step = this.trained.position.step + 1;
    this.trained.restore(this.good);
    const restoredStep = this.good.position.step;
    const medianNorm = median(this.goodNorms(restoredStep));
    const norms = [...this.norms.map(({ norm }) => norm), result.gradientNorm].slice(-REPORTED_NORMS);
    return {
      step,
      restoredStep,
      what: notFinite.what,
      parameter: notFinite.parameter,
      batchText,
      norms: norms.map((norm) => (Number.isFinite(norm) ? norm : null)),
      proposedClip: proposeClip(medianNorm),
      medianNorm,
    };
  }

  /** Norms from while the weights were good, or, when it went wrong at once, the smaller half of all. */
  private goodNorms(restoredStep: number): number[] {
    const good = this.norms.filter(({ step }) => step <= restoredStep).map(({ norm }) => norm);
    if (good.length >= 5) return good;
    const all = this.norms.map(({ norm }) => norm).sort((a, b) => a - b);
    return all.slice(0, Math.ceil(all.length / 2));
  }
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Twice the median norm in two digits, within the limits of the setting; 1 where no norm is known. */
export function proposeClip(medianNorm: number): number {
  if (!(medianNorm > 0)) return 1;
  const rounded = Number((2 * medianNorm).toPrecision(2));
  return Math.min(LIMITS.clipNorm[1], Math.max(0.01, rounded));
}
