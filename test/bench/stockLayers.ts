// The same network built from stock tf.layers on the cpu backend: what a training step costs without the project's kernels.
import * as tf from '@tensorflow/tfjs';
import type { CellKind } from '../../src/engine/cells/cellDescription';
import { BATCH, EMBEDDING_SIZE, HIDDEN_UNITS, LEARNING_RATE, TIMESTEPS, tokenIds, VOCABULARY } from './network';
import { medianMilliseconds } from './stopwatch';

function recurrentLayer(cell: CellKind): tf.layers.Layer {
  const common = { units: HIDDEN_UNITS, returnSequences: true } as const;
  if (cell === 'vanilla') return tf.layers.simpleRNN({ ...common, activation: 'tanh' });
  if (cell === 'lstm') return tf.layers.lstm({ ...common, recurrentActivation: 'sigmoid', unitForgetBias: true });
  return tf.layers.gru({ ...common, recurrentActivation: 'sigmoid' });
}

/** Median milliseconds of one forward, backward and Adam step over [BATCH, TIMESTEPS] tokens. */
export function stockStepMilliseconds(cell: CellKind, steps: number): number {
  const embedding = tf.layers.embedding({ inputDim: VOCABULARY, outputDim: EMBEDDING_SIZE });
  const recurrent = recurrentLayer(cell);
  const output = tf.layers.dense({ units: VOCABULARY });
  const model = tf.sequential({ layers: [embedding, recurrent, output] });
  const optimizer = tf.train.adam(LEARNING_RATE);
  const inputs = tf.tensor2d(Float32Array.from(tokenIds(BATCH * TIMESTEPS)), [BATCH, TIMESTEPS]);
  const targets = tf.oneHot(tf.tensor1d(tokenIds(BATCH * TIMESTEPS, 1), 'int32'), VOCABULARY);
  const loss = (): tf.Scalar => {
    const logits = (model.apply(inputs, { training: true }) as tf.Tensor).reshape([BATCH * TIMESTEPS, VOCABULARY]);
    return tf.losses.softmaxCrossEntropy(targets, logits).asScalar();
  };
  const step = (): void => tf.tidy(() => void optimizer.minimize(loss, false));
  const milliseconds = medianMilliseconds(step, steps, 1);
  tf.dispose([inputs, targets]);
  model.dispose();
  return milliseconds;
}
