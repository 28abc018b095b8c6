// One timestep of every cell in plain tfjs operations, one line per equation of cellDescription.ts.
import * as tf from '@tensorflow/tfjs';
import { CELL_DESCRIPTIONS, type Activation, type CellKind, type GateKey } from '../cells/cellDescription';

export interface ReferenceCell {
  cell: CellKind;
  activation: Activation;
  resetGate: 'before' | 'after';
  hiddenUnits: number;
}

/** h and, for the LSTM, c: [B,H] each. Other cells carry c along untouched. */
export interface ReferenceState {
  h: tf.Tensor2D;
  c: tf.Tensor2D;
}

/** A state and the activated gates [B,H] it was made of, by key; the vanilla cell has none. */
export interface ReferenceStep extends ReferenceState {
  gates: Partial<Record<GateKey, tf.Tensor2D>>;
}

/** The weights of one cell, cut into its gates' blocks by key: W_x [E,H], W_h [H,H], b [1,H]; b_hh [H] where it has one. */
export interface CellWeights {
  W_x: Partial<Record<GateKey, tf.Tensor2D>>;
  W_h: Partial<Record<GateKey, tf.Tensor2D>>;
  b: Partial<Record<GateKey, tf.Tensor2D>>;
  b_hh: tf.Tensor | null;
}

const ACTIVATIONS = { sigmoid: tf.sigmoid, tanh: tf.tanh, relu: tf.relu };

/** W_x [E,G·H], W_h [H,G·H] and b [G·H] by gate. */
export function cutIntoGates(
  { cell, hiddenUnits: H }: ReferenceCell,
  W_x: tf.Tensor,
  W_h: tf.Tensor,
  b: tf.Tensor,
  b_hh: tf.Tensor | null,
): CellWeights {
  const byGate = (joined: tf.Tensor) => {
    const matrix = joined.reshape<tf.Tensor2D>([-1, CELL_DESCRIPTIONS[cell].blocks * H]);
    const blocks: Partial<Record<GateKey, tf.Tensor2D>> = {};
    for (const { key, block } of CELL_DESCRIPTIONS[cell].gates)
      if (block !== null) blocks[key] = matrix.slice([0, block * H], [-1, H]);
    return blocks;
  };
  return { W_x: byGate(W_x), W_h: byGate(W_h), b: byGate(b), b_hh };
}

/**
 * From x [B,E] and the state before it to the state after it. `nudge` is added to h(t) and c(t) before anything is made
 * of them, so that a gradient by a nudge of zeros is the total derivative by that state.
 */
export function referenceStep(
  cell: ReferenceCell,
  weights: CellWeights,
  x: tf.Tensor2D,
  before: ReferenceState,
  nudge?: Partial<ReferenceState>,
): ReferenceStep {
  const nudged = (state: tf.Tensor, by: tf.Tensor2D | undefined) => (by ? state.add(by) : state) as tf.Tensor2D;
  const fromInput = (key: GateKey) => x.matMul(given(weights.W_x[key])).add(given(weights.b[key]));
  const fromState = (h: tf.Tensor, key: GateKey) => h.matMul(given(weights.W_h[key]));
  const z = (key: GateKey) => fromInput(key).add(fromState(before.h, key)) as tf.Tensor2D;

  if (cell.cell === 'vanilla')
    return { ...before, h: nudged(ACTIVATIONS[cell.activation](z('h')), nudge?.h), gates: {} };
  if (cell.cell === 'lstm') {
    const f = tf.sigmoid(z('f'));
    const i = tf.sigmoid(z('i'));
    const o = tf.sigmoid(z('o'));
    const g = tf.tanh(z('g'));
    const c = nudged(f.mul(before.c).add(i.mul(g)), nudge?.c);
    return { h: nudged(o.mul(tf.tanh(c)), nudge?.h), c, gates: { f, i, o, g } };
  }
  const u = tf.sigmoid(z('u'));
  const r = tf.sigmoid(z('r'));
  const recurrent =
    cell.resetGate === 'before'
      ? fromState(r.mul(before.h), 'g')
      : r.mul(fromState(before.h, 'g').add(given(weights.b_hh)));
  const g = tf.tanh(fromInput('g').add(recurrent)) as tf.Tensor2D;
  return { ...before, h: nudged(tf.sub(1, u).mul(before.h).add(u.mul(g)), nudge?.h), gates: { u, r, g } };
}

function given<T>(weight: T | undefined | null): T {
  if (weight === undefined || weight === null) throw new Error('the cell has no such weight');
  return weight;
}
