// The tfjs peer on its plain JavaScript backend: the network from stock tf.layers, trained as its users would.
import * as tf from '@tensorflow/tfjs';
import { randomIds } from '../../oracle/smallNetworks';
import type { TrainingWorkload } from '../workloads';
import { serve, Unsupported, type Step } from './serve';
import { clipByGlobalNorm } from './tfjsClipping';

function recurrentLayer({ cell, hidden, classes }: TrainingWorkload): tf.RNN {
  // The default, an orthogonal matrix, takes longer to make than a step takes.
  const initialiser = { recurrentInitializer: 'glorotUniform' } as const;
  const common = { ...initialiser, units: hidden, returnSequences: true, stateful: classes === 0 } as const;
  if (cell === 'vanilla') return tf.layers.simpleRNN({ ...common, activation: 'tanh' }) as tf.RNN;
  if (cell === 'lstm') return tf.layers.lstm({ ...common, recurrentActivation: 'sigmoid' }) as tf.RNN;
  return tf.layers.gru({ ...common, recurrentActivation: 'sigmoid' }) as tf.RNN;
}

function network(workload: TrainingWorkload): tf.Sequential {
  const { vocabulary, embedding, batch, timesteps, layers, bidirectional, classes } = workload;
  const model = tf.sequential();
  const batchInputShape = [batch, timesteps];
  model.add(tf.layers.embedding({ inputDim: vocabulary, outputDim: embedding, batchInputShape }));
  for (let layer = 0; layer < layers; layer++) {
    const recurrent = recurrentLayer(workload);
    model.add(bidirectional ? tf.layers.bidirectional({ layer: recurrent, mergeMode: 'concat' }) : recurrent);
  }
  if (classes > 0) model.add(tf.layers.globalAveragePooling1d({}));
  model.add(tf.layers.dense({ units: classes || vocabulary }));
  return model;
}

/** model.fit cannot clip by global norm, so the step takes gradients itself. */
function prepare(workload: TrainingWorkload): Step {
  const { vocabulary, timesteps, batch, classes, learningRate, clipNorm } = workload;
  const model = network(workload);
  const optimizer = tf.train.adam(learningRate);
  const tokens = randomIds(vocabulary, batch * (timesteps + 1), 1);
  const inputs = tf.tensor2d(tokens.subarray(0, batch * timesteps), [batch, timesteps], 'int32');
  const labels = classes > 0 ? randomIds(classes, batch, 2) : tokens.subarray(batch);
  const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), classes || vocabulary);
  const loss = (): tf.Scalar => {
    const logits = model.apply(inputs, { training: true }) as tf.Tensor;
    return tf.losses.softmaxCrossEntropy(targets, logits.reshape(targets.shape)).asScalar();
  };
  return () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(loss);
      optimizer.applyGradients(clipByGlobalNorm(grads, clipNorm));
      value.dataSync();
    });
}

async function main(): Promise<void> {
  await tf.setBackend('cpu');
  await serve({ name: 'tfjs', version: tf.version.tfjs }, (workload) => {
    if (workload.task !== 'train') throw new Unsupported('measured for training only');
    return prepare(workload);
  });
}

void main();
