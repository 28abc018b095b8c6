// Trains on a dataset: epochs over shuffled batches, the validation part judged after each, the best weights kept aside.
import type { StepResult } from '../../engine/training/trainingSession';
import type { Metric } from '../../protocol/run';
import { VALIDATION } from '../../text/datasets/splitExamples';
import { joinTokens } from '../../text/spacing';
import type { Vocabulary } from '../../text/vocabulary';
import { DivergenceWatch } from '../divergence';
import { metricOf } from '../metricsLog';
import type { TrainedModel } from '../trainedModel';
import { nextTurn, trainingTurn, type LoopEnd } from '../trainingLoop';
import { recordInterval } from '../trainingPlan';
import type { DatasetBatches, FilledBatch } from './datasetBatches';
import { evaluateDataset } from './evaluateDataset';

const SLICE_MILLISECONDS = 5;
/** Training ends early when so many epochs brought nothing better. */
const PATIENCE_EPOCHS = 3;
const BATCH_TEXT_TOKENS = 160;
/** Examples that an epoch is judged by, at most. */
const JUDGED_EXAMPLES = 4000;

export interface DatasetLoop {
  trained: TrainedModel;
  batches: DatasetBatches;
  vocabulary: Vocabulary;
  /** What the best epoch is the best by: the share of right predictions, or for cloze the loss. */
  criterion: 'accuracy' | 'loss';
  plannedSteps: number;
  onMetric(metric: Metric): void;
  onStep(): void;
  /** The weights are the best on the validation part so far. */
  onBest(): void;
  goOn(): boolean;
}

/** As runTrainingLoop. */
export async function runDatasetLoop(loop: DatasetLoop): Promise<LoopEnd> {
  const { trained, batches, plannedSteps } = loop;
  const { position } = trained;
  const watch = new DivergenceWatch(trained);
  await nextTurn();
  if (position.step === 0 && position.bestValidationLoss === null) await judge(loop, null);
  loop.onStep();
  let sliceBegan = performance.now();
  while (trained.position.step < plannedSteps) {
    const batch = batches.trainingBatch(trained.position.step);
    const result = trained.advance(batch.inputs, batch.targets, batch.lengths);
    if (result.notFinite !== null) {
      loop.onMetric(metricOf(trained.position, trained.position.step + 1, result, null));
      return { kind: 'diverged', divergence: watch.restore(result, firstText(loop.vocabulary, batch)) };
    }
    watch.observe(result);
    loop.onStep();
    const { step } = trained.position;
    if (step % batches.stepsPerEpoch === 0) {
      if (await judge(loop, result)) return { kind: 'earlyStop' };
    } else if (step % recordInterval(plannedSteps) === 0) loop.onMetric(metricOf(trained.position, step, result, null));
    if (performance.now() - sliceBegan < SLICE_MILLISECONDS) continue;
    if (step >= plannedSteps) break;
    if (!loop.goOn()) return { kind: 'interrupted' };
    await trainingTurn();
    if (!loop.goOn()) return { kind: 'interrupted' };
    sliceBegan = performance.now();
  }
  return { kind: 'finished' };
}

/** Judges the weights after an epoch (or before the first) and records it; true when training should end early. */
async function judge(loop: DatasetLoop, result: StepResult | null): Promise<boolean> {
  const { trained, batches } = loop;
  const { position } = trained;
  const { loss, hits, n } = await evaluateDataset(
    trained,
    batches.evaluation(VALIDATION, JUDGED_EXAMPLES),
    () => undefined,
    nextTurn,
  );
  const accuracy = hits / n;
  const best = position.bestValidationLoss;
  if (Number.isFinite(loss) && (best === null || loss < best)) position.bestValidationLoss = loss;
  loop.onMetric({ ...metricOf(position, position.step, result, loss), validationAccuracy: n > 0 ? accuracy : null });
  if (result === null) return false;
  if (isBetter(loop, accuracy, loss)) {
    position.bestAccuracy = accuracy;
    position.bestEpochLoss = loss;
    position.bestEpochStep = position.step;
    position.epochsWithoutGain = 0;
    loop.onBest();
    return false;
  }
  position.epochsWithoutGain++;
  return position.epochsWithoutGain >= PATIENCE_EPOCHS;
}

/** Equal accuracies are told apart by the loss. Where nothing can be judged the last weights are the best. */
function isBetter({ trained, criterion }: DatasetLoop, accuracy: number, loss: number): boolean {
  const { bestAccuracy, bestEpochLoss } = trained.position;
  if (bestEpochLoss === null || !Number.isFinite(loss)) return true;
  const known = bestAccuracy ?? -1;
  if (criterion === 'accuracy' && accuracy !== known) return accuracy > known;
  return loss < bestEpochLoss;
}

/** The first lane as text. */
function firstText(vocabulary: Vocabulary, { inputs, lengths, timesteps }: FilledBatch): string {
  const lanes = inputs.length / timesteps;
  const ids = Array.from({ length: Math.min(lengths[0], BATCH_TEXT_TOKENS) }, (_, t) => inputs[t * lanes]);
  return joinTokens(vocabulary, Int32Array.from(ids), null);
}
