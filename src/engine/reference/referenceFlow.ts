// How every loss of one sequence depends on every state before (or, read in reverse, after) it, in plain tfjs operations:
// ‖∂J(i)/∂h(j)‖ and ‖∂J(i)/∂c(j)‖, J(i) = −ln p(target i). The sequence runs T times side by side as one batch; lane i counts
// only its own J(i), so one backward pass over the sum of the losses gives row i of every gradient in lane i.
import * as tf from '@tensorflow/tfjs';
import type { ReferenceState } from './referenceCell';
import type { ReferenceNetwork } from './referenceLayers';
import {
  embed,
  referenceCrossEntropy,
  referencePass,
  type PerDirection,
  type PerState,
  type ReferenceParameters,
} from './referenceModel';

/** [layer][direction]: norms [T,T], row i, column j; `cell` for the LSTM only. */
export type ReferenceFlow = PerDirection<{ hidden: Float64Array; cell: Float64Array | null }>;

/**
 * Gradient norms of one sequence of ids and targets [T,1], from the states [1,H] of `initial`. The derivatives are total:
 * through everything that comes of the state. Gradients are float32, their norms are taken in float64; where no path
 * leads from the state to the loss the norm is exactly 0.
 */
export function referenceFlow(
  network: ReferenceNetwork,
  parameters: ReferenceParameters,
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  initial: PerDirection<ReferenceState>,
): ReferenceFlow {
  const T = ids.shape[0];
  const H = network.hiddenUnits;
  const hasCellState = network.cell === 'lstm';
  const places = initial.flatMap((directions, layer) =>
    directions.flatMap((_, direction) => Array.from({ length: T }, (_, t) => ({ layer, direction, t }))),
  );
  const flow: ReferenceFlow = initial.map((directions) =>
    directions.map(() => ({ hidden: new Float64Array(T * T), cell: hasCellState ? new Float64Array(T * T) : null })),
  );
  tf.tidy(() => {
    const inLanes = (row: tf.Tensor2D) => tf.tile(row, [T, 1]);
    const inputs = embed(parameters, ids).map(inLanes);
    const next = tf.unstack(targets) as tf.Tensor1D[];
    const start = initial.map((directions) => directions.map(({ h, c }) => ({ h: inLanes(h), c: inLanes(c) })));
    const sumOfOwnLosses = (...zeros: tf.Tensor[]): tf.Scalar => {
      const nudges: PerState<Partial<ReferenceState>> = initial.map((directions) => directions.map(() => []));
      places.forEach(({ layer, direction, t }, at) => {
        const [h, c] = [zeros[at], zeros[places.length + at]] as (tf.Tensor2D | undefined)[];
        nudges[layer][direction][t] = { h, c };
      });
      const { output } = referencePass(network, parameters, inputs, start, nudges);
      const ownLoss = (i: number) => referenceCrossEntropy(parameters, output[i].slice([i, 0], [1, -1]), next[i]);
      return tf.addN(output.map((_, i) => ownLoss(i))).asScalar();
    };
    const zeros = Array.from({ length: places.length * (hasCellState ? 2 : 1) }, () => tf.zeros([T, H]));
    const gradients = tf.grads(sumOfOwnLosses)(zeros);
    places.forEach(({ layer, direction, t }, at) => {
      const { hidden, cell } = flow[layer][direction];
      writeNorms(gradients[at], hidden, t);
      if (cell) writeNorms(gradients[places.length + at], cell, t);
    });
  });
  return flow;
}

/** Column j of `norms` [T,T] = the norms of the rows of a gradient [T,H]. */
function writeNorms(gradient: tf.Tensor, norms: Float64Array, j: number): void {
  const [T, H] = gradient.shape;
  const values = gradient.dataSync();
  for (let i = 0; i < T; i++) {
    let squares = 0;
    for (let k = i * H; k < (i + 1) * H; k++) squares += values[k] * values[k];
    norms[i * T + j] = Math.sqrt(squares);
  }
}
