// What layers give to each other at one timestep, in plain tfjs operations: directions joined, and what leads around a layer.
import * as tf from '@tensorflow/tfjs';
import { layerSuffix } from '../network/networkConfig';
import type { ReferenceCell } from './referenceCell';
import type { ReferenceParameters } from './referenceModel';

export interface ReferenceNetwork extends ReferenceCell {
  /** 1 when left out. */
  layers?: number;
  bidirectional?: boolean;
  /** Side by side when left out. */
  directionsJoined?: 'concatenation' | 'sum';
  /** Around the layers above the first; none when left out. */
  connections?: 'none' | 'residual' | 'dense' | 'highway';
}

/** What the layer above `below` reads: the embedding x [B,E] or the output below it; both, and all outputs, where connections are dense. */
export function layerInput({ connections }: ReferenceNetwork, x: tf.Tensor2D, below: tf.Tensor2D[]): tf.Tensor2D {
  if (connections === 'dense') return tf.concat2d([x, ...below], 1);
  return below.length > 0 ? below[below.length - 1] : x;
}

/** y: of the states h [B,H] of the layer's directions and of what it reads. */
export function layerOutput(
  { directionsJoined, connections }: ReferenceNetwork,
  parameters: ReferenceParameters,
  layer: number,
  states: tf.Tensor2D[],
  read: tf.Tensor2D,
): tf.Tensor2D {
  const h = directionsJoined === 'sum' ? tf.addN(states) : tf.concat2d(states, 1);
  if (layer === 0) return h;
  if (connections === 'residual') return h.add(read);
  if (connections !== 'highway') return h;
  const suffix = layerSuffix({ layer, reverse: false });
  const T = tf.sigmoid(read.matMul(parameters[`W_t${suffix}`] as tf.Tensor2D).add(parameters[`b_t${suffix}`]));
  return T.mul(h).add(tf.sub(1, T).mul(read));
}
