// Clipping by global norm from tfjs operations, which tfjs's optimizers do not have.
import * as tf from '@tensorflow/tfjs';

/** The gradients scaled so that ‖g‖ over all is at most `threshold`; inside tf.tidy. */
export function clipByGlobalNorm(
  gradients: tf.NamedTensorMap,
  threshold: number,
): { name: string; tensor: tf.Tensor }[] {
  const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
  const factor = tf.minimum(1, tf.div(threshold, tf.sqrt(tf.addN(squares))));
  return Object.entries(gradients).map(([name, gradient]) => ({ name, tensor: tf.mul(gradient, factor) }));
}
