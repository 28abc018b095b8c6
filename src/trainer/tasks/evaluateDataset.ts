// Reads held-out examples with a network and sets what it says against what is right.
import { classHeadOf, outputWidth, type NetworkConfig } from '../../engine/network/networkConfig';
import { NO_TAG } from '../../engine/network/tagHead';
import type { TrainedModel } from '../trainedModel';
import type { FilledBatch } from './datasetBatches';

export interface Prediction {
  /** The example and, where tokens are tagged, the place in it; else 0. */
  example: number;
  place: number;
  right: number;
  predicted: number;
  /** −ln p(right), nats. */
  loss: number;
}

export interface Evaluation {
  examples: number;
  n: number;
  hits: number;
  /** Mean, nats per prediction. */
  loss: number;
}

/** Predictions over batches of the trained shape. Calls `pause` between them. */
export async function evaluateDataset(
  { model, session }: TrainedModel,
  batches: Iterable<FilledBatch>,
  visit: (prediction: Prediction) => void,
  pause: () => Promise<void>,
): Promise<Evaluation> {
  const sums = { examples: 0, n: 0, hits: 0, loss: 0 };
  for (const batch of batches) {
    sums.examples += batch.members.length;
    for (const prediction of predictionsOf(model.config, batch, session.read(batch.inputs, batch.lengths))) {
      sums.n++;
      sums.loss += prediction.loss;
      if (prediction.predicted === prediction.right) sums.hits++;
      visit(prediction);
    }
    await pause();
  }
  return { ...sums, loss: sums.n > 0 ? sums.loss / sums.n : NaN };
}

function* predictionsOf(config: NetworkConfig, batch: FilledBatch, logits: Float32Array): Generator<Prediction> {
  const { members, targets, lengths } = batch;
  const lanes = lengths.length;
  const width = outputWidth(config);
  const perToken = classHeadOf(config) === null;
  for (const [lane, example] of members.entries())
    for (let place = 0; place < (perToken ? lengths[lane] : 1); place++) {
      const row = place * lanes + lane;
      const right = targets[row];
      if (right === NO_TAG) continue;
      const { predicted, loss } = judge(logits.subarray(row * width, (row + 1) * width), right);
      yield { example, place, right, predicted, loss };
    }
}

function judge(logits: Float32Array, right: number): { predicted: number; loss: number } {
  let predicted = 0;
  for (let at = 1; at < logits.length; at++) if (logits[at] > logits[predicted]) predicted = at;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - logits[predicted]);
  return { predicted, loss: logits[predicted] - logits[right] + Math.log(total) };
}
