// The network in plain tfjs operations, one line per equation of cellDescription.ts: slow, and the definition that the
// fused kernels are tested against. tf.grads differentiates it, so no derivative is written down here.
import * as tf from '@tensorflow/tfjs';
import type { Activation, CellKind } from '../cells/cellDescription';

export interface ReferenceCell {
  cell: CellKind;
  activation: Activation;
  resetGate: 'before' | 'after';
  hiddenUnits: number;
}

/** embedding [V,E], W_x [E,G·H], W_h [H,G·H], b [G·H], b_hh [H] (GRU 'after' only), W_o [H,V], b_o [V]. */
export type ReferenceParameters = Record<string, tf.Tensor>;

/** h and, for the LSTM, c: [B,H] each. */
export interface ReferenceState {
  h: tf.Tensor2D;
  c: tf.Tensor2D;
}

const ACTIVATIONS = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

/** One timestep: x [B,E] and the state before it to the state after it. */
function timestep(
  cell: ReferenceCell,
  parameters: ReferenceParameters,
  x: tf.Tensor2D,
  state: ReferenceState,
): ReferenceState {
  const H = cell.hiddenUnits;
  const block = (name: string, k: number) => {
    const all = parameters[name];
    return all.rank === 1
      ? tf.slice1d(all as tf.Tensor1D, k * H, H)
      : tf.slice2d(all as tf.Tensor2D, [0, k * H], [-1, H]);
  };
  const fromInput = (k: number) => x.matMul(block('W_x', k)).add(block('b', k));
  const fromState = (h: tf.Tensor, k: number) => h.matMul(block('W_h', k));
  const z = (k: number) => fromInput(k).add(fromState(state.h, k)) as tf.Tensor2D;

  if (cell.cell === 'vanilla') return { ...state, h: ACTIVATIONS[cell.activation](z(0)) };
  if (cell.cell === 'lstm') {
    const [f, i, o] = [0, 1, 2].map((k) => tf.sigmoid(z(k)));
    const c = f.mul(state.c).add(i.mul(tf.tanh(z(3)))) as tf.Tensor2D;
    return { h: o.mul(tf.tanh(c)), c };
  }
  const [u, r] = [0, 1].map((k) => tf.sigmoid(z(k)));
  const recurrent =
    cell.resetGate === 'before' ? fromState(r.mul(state.h), 2) : r.mul(fromState(state.h, 2).add(parameters.b_hh));
  const candidate = tf.tanh(fromInput(2).add(recurrent));
  return { ...state, h: tf.sub(1, u).mul(state.h).add(u.mul(candidate)) };
}

/**
 * Mean cross-entropy, nats per token, over time-major ids and targets [T,B], from `initial` or zeros.
 * The initial state is a constant, as carried states are in truncated BPTT.
 */
export function referenceLoss(
  cell: ReferenceCell,
  parameters: ReferenceParameters,
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  initial?: ReferenceState,
): tf.Scalar {
  return tf.tidy(() => {
    const [T, B] = ids.shape;
    const zeros = () => tf.zeros<tf.Rank.R2>([B, cell.hiddenUnits]);
    let state = initial ?? { h: zeros(), c: zeros() };
    const losses: tf.Scalar[] = [];
    for (let t = 0; t < T; t++) {
      const x = tf.gather(parameters.embedding, ids.gather([t]).reshape([B])) as tf.Tensor2D;
      state = timestep(cell, parameters, x, state);
      const logits = state.h.matMul<tf.Tensor2D>(parameters.W_o).add<tf.Tensor2D>(parameters.b_o);
      const truth = tf.oneHot(targets.gather([t]).reshape([B]), logits.shape[1]);
      losses.push(
        tf
          .logSumExp(logits, 1)
          .sub(tf.sum(logits.mul(truth), 1))
          .mean(),
      );
    }
    return tf.addN(losses).div(T) as tf.Scalar;
  });
}

/** The loss as a number and its gradient by every parameter, copied out of tfjs; arguments as in referenceLoss. */
export function referenceGradients(
  cell: ReferenceCell,
  parameters: ReferenceParameters,
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  initial?: ReferenceState,
): { loss: number; gradients: Record<string, Float32Array> } {
  return tf.tidy(() => {
    const names = Object.keys(parameters);
    const withParameters = (...values: tf.Tensor[]) =>
      referenceLoss(cell, Object.fromEntries(names.map((name, k) => [name, values[k]])), ids, targets, initial);
    const { value, grads } = tf.valueAndGrads(withParameters)(Object.values(parameters));
    return {
      loss: value.dataSync()[0],
      gradients: Object.fromEntries(names.map((name, k) => [name, Float32Array.from(grads[k].dataSync())])),
    };
  });
}
