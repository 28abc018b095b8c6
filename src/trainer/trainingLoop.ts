// The training loop: steps in short slices, with room between them for whoever else needs the process.
import type { StepResult } from '../engine/training/trainingSession';
import type { Divergence, Metric } from '../protocol/run';
import type { Batches } from '../text/batches';
import { joinTokens } from '../text/spacing';
import type { Vocabulary } from '../text/vocabulary';
import { attention } from './attention';
import { DivergenceWatch } from './divergence';
import { metricOf } from './metricsLog';
import { outbox } from './outbox';
import type { TrainedModel } from './trainedModel';
import { evaluationInterval, isEvaluated, recordInterval, VALIDATION_TOKENS } from './trainingPlan';

/** Steps follow each other without a pause for about this long: whoever moves the cursor waits for the end of it. */
const SLICE_MILLISECONDS = 5;
/** Training ends early when this many epochs, and at least this many steps, brought no better validation loss. */
const PATIENCE_EPOCHS = 3;
const PATIENCE_STEPS = 100;
const BATCH_TEXT_TOKENS = 160;

export interface TrainingLoop {
  trained: TrainedModel;
  batches: Batches;
  /** Ids of the validation part. */
  validation: Int32Array;
  vocabulary: Vocabulary;
  plannedSteps: number;
  onMetric(metric: Metric): void;
  /** Called before the first step and after every one. */
  onStep(): void;
  /** Called after every slice of steps; false ends the loop. */
  goOn(): boolean;
}

export type LoopEnd = { kind: 'finished' | 'earlyStop' | 'interrupted' } | { kind: 'diverged'; divergence: Divergence };

/** Trains until the plan is fulfilled, the validation loss no longer falls, the loss explodes, or `goOn` says no. */
export async function runTrainingLoop(loop: TrainingLoop): Promise<LoopEnd> {
  const { trained, batches, plannedSteps } = loop;
  const { timesteps, lanes } = batches.shape;
  const inputs = new Int32Array(timesteps * lanes);
  const targets = new Int32Array(timesteps * lanes);
  const watch = new DivergenceWatch(trained);
  await nextTurn();
  if (trained.position.step === 0 && trained.position.bestValidationLoss === null)
    loop.onMetric(metricOf(trained.position, 0, null, evaluate(loop)));
  loop.onStep();
  let sliceBegan = performance.now();
  while (trained.position.step < plannedSteps) {
    const slice = trained.position.step % batches.slicesPerEpoch;
    if (slice === 0) trained.session.resetState();
    batches.fill(slice, inputs, targets);
    const result = trained.advance(inputs, targets);
    if (result.notFinite !== null) {
      loop.onMetric(metricOf(trained.position, trained.position.step + 1, result, null));
      return { kind: 'diverged', divergence: watch.restore(result, laneText(loop.vocabulary, inputs, lanes)) };
    }
    watch.observe(result);
    loop.onStep();
    if (recordStep(loop, result)) return { kind: 'earlyStop' };
    if (performance.now() - sliceBegan < SLICE_MILLISECONDS) continue;
    if (trained.position.step >= plannedSteps) break;
    if (!loop.goOn()) return { kind: 'interrupted' };
    await trainingTurn();
    if (!loop.goOn()) return { kind: 'interrupted' };
    sliceBegan = performance.now();
  }
  return { kind: 'finished' };
}

/** Evaluates where due and records the step; true when training should end early. */
function recordStep(loop: TrainingLoop, result: StepResult): boolean {
  const { position } = loop.trained;
  const { step } = position;
  const { batches, plannedSteps, validation } = loop;
  const endsEpoch = step % batches.slicesPerEpoch === 0;
  const { timesteps, lanes } = batches.shape;
  const interval = evaluationInterval(plannedSteps, timesteps * lanes, validation.length);
  const validationLoss = endsEpoch || isEvaluated(step, plannedSteps, interval) ? evaluate(loop) : null;
  if (validationLoss !== null || step % recordInterval(plannedSteps) === 0)
    loop.onMetric(metricOf(position, step, result, validationLoss));
  if (!endsEpoch || validationLoss === null) return false;
  if (position.bestEpochLoss === null || validationLoss < position.bestEpochLoss) {
    position.bestEpochLoss = validationLoss;
    position.bestEpochStep = step;
    position.epochsWithoutGain = 0;
    return false;
  }
  position.epochsWithoutGain++;
  return position.epochsWithoutGain >= PATIENCE_EPOCHS && step - position.bestEpochStep >= PATIENCE_STEPS;
}

function evaluate({ trained, validation }: TrainingLoop): number {
  const { position, session } = trained;
  const loss = session.evaluate(validation, VALIDATION_TOKENS);
  const best = position.bestValidationLoss;
  if (Number.isFinite(loss) && (best === null || loss < best)) position.bestValidationLoss = loss;
  return loss;
}

/** The first lane of a batch [T, B] as text. */
function laneText(vocabulary: Vocabulary, inputs: Int32Array, lanes: number): string {
  const ids = inputs.filter((_, at) => at % lanes === 0).slice(0, BATCH_TEXT_TOKENS);
  return joinTokens(vocabulary, ids, null);
}

/** A turn between slices of steps: longer while somebody waits for a picture. */
export async function trainingTurn(): Promise<void> {
  await nextTurn();
  await attention.rest();
}

/** A macrotask: messages that arrived in the meantime are handled first, and what was said in answer leaves the process. */
export async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await outbox.empty();
}
