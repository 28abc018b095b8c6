// A training step of the engine as a run does it: TrainingSession.step over a slice of text.
import { TrainingSession } from '../../../src/engine/training/trainingSession';
import { randomIds } from '../../oracle/smallNetworks';
import type { Step } from '../peers/serve';
import type { TrainingWorkload } from '../workloads';
import { createModel, type Engine } from './engine';

export async function prepareTraining(workload: TrainingWorkload, engine: Engine): Promise<Step> {
  const { timesteps, batch, learningRate, clipNorm, vocabulary, classes } = workload;
  const model = await createModel(workload, engine);
  const session = new TrainingSession(model, { timesteps, batch, learningRate, clipNorm });
  const ids = randomIds(vocabulary, (timesteps + 1) * batch, 1);
  const inputs = ids.subarray(0, timesteps * batch);
  const targets = classes > 0 ? randomIds(classes, batch, 2) : ids.subarray(batch);
  return () => {
    const { notFinite } = session.step(inputs, targets);
    if (notFinite) throw new Error(`the step was undone: ${notFinite.what} is not finite`);
  };
}
