// Watches gradient norms and keeps the last good weights, so that a run whose loss explodes can say what happened.
import { outputWidth } from '../engine/network/networkConfig';
import type { StepResult } from '../engine/training/trainingSession';
import type { Divergence } from '../protocol/run';
import { LIMITS } from '../protocol/runConfig';
import type { Snapshot, TrainedModel } from './trainedModel';

const SNAPSHOT_STEPS = 20;
const REPORTED_NORMS = 40;
const REMEMBERED_NORMS = 400;
/** Norms needed before a median says anything. */
const LEAST_NORMS = 5;
/** A last norm this many times the median of those before it belongs to the explosion. */
const EXPLODING = 10;
/** Smaller thresholds stop training altogether. */
const LEAST_CLIP = 0.01;
/** Proposed where no median is known: the default of new runs. */
const USUAL_CLIP = 1;
/** Weights count as good while the loss is no worse than this much above that of a uniform guess, nats. */
const TOLERATED_EXCESS = 0.5;

interface ObservedNorm {
  norm: number;
  /** Of the weights the gradient was taken at, nats. */
  loss: number;
}

export class DivergenceWatch {
  private good: Snapshot;
  private readonly norms: ObservedNorm[] = [];
  private readonly worstGoodLoss: number;

  constructor(private readonly trained: TrainedModel) {
    this.good = trained.snapshot();
    this.worstGoodLoss = Math.log(outputWidth(trained.model.config)) + TOLERATED_EXCESS;
  }

  /** Takes note of a step that was made. `result.loss` is that of the weights before it. */
  observe(result: StepResult): void {
    const { step } = this.trained.position;
    this.norms.push({ norm: result.gradientNorm, loss: result.loss });
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
    const calm = this.norms.filter(({ loss }) => loss <= this.worstGoodLoss).map(({ norm }) => norm);
    const norms = [...this.norms.map(({ norm }) => norm), result.gradientNorm].slice(-REPORTED_NORMS);
    return {
      step,
      restoredStep,
      what: notFinite.what,
      parameter: notFinite.parameter,
      batchText,
      norms: norms.map((norm) => (Number.isFinite(norm) ? norm : null)),
      ...proposeClip(calm, this.trained.config.clipNorm),
    };
  }
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A threshold for the next attempt: exactly twice the median norm (itself in two digits) of the steps before the explosion.
 * Without such a median, or where it would not clip more than was clipped already, the usual threshold with medianNorm 0.
 * @param norms of the steps whose weights still predicted, oldest first
 * @param clipNorm threshold under which it exploded, 0 without
 */
export function proposeClip(norms: readonly number[], clipNorm = 0): Pick<Divergence, 'proposedClip' | 'medianNorm'> {
  const upper = clipNorm > 0 ? clipNorm : LIMITS.clipNorm[1];
  const calm = norms.filter((norm) => Number.isFinite(norm) && norm > 0);
  while (calm.length > 1 && calm[calm.length - 1] > EXPLODING * median(calm.slice(0, -1))) calm.pop();
  if (calm.length >= LEAST_NORMS) {
    const medianNorm = Number(median(calm).toPrecision(2));
    const proposedClip = Number((2 * medianNorm).toPrecision(3));
    if (proposedClip >= LEAST_CLIP && proposedClip < upper) return { proposedClip, medianNorm };
  }
  return { proposedClip: USUAL_CLIP < upper ? USUAL_CLIP : Number((clipNorm / 2).toPrecision(2)), medianNorm: 0 };
}
