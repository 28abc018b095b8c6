// What a row is as a dependent and as a head, of arcs and of relations: m = drop(leaky(drop(u) W + b)), four perceptrons side by side.
import { mix } from '../../engine/kernels/javascriptConnections';
import { columnsOf, transposed } from '../../engine/kernels/matrixKernels';
import { perceptronColumns, type ParserDropout } from './parserConfig';
import type { ParserModel } from './parserModel';

/** In the arena. */
export interface PerceptronTrace {
  /** What dropout leaves of the top layer's rows [rows,2H]. */
  inputs: Float32Array;
  /** leaky(z) [rows,width]. */
  active: Float32Array;
  /** What dropout leaves of it; the same memory where nothing is dropped. */
  outputs: Float32Array;
  /** [1] each: which values are dropped. */
  keys: Int32Array[];
  dropout: ParserDropout | null;
}

/** Slope of the rectifier below 0. */
const LEAK = 0.1;

/** `joined` [rows,2H] is overwritten by what dropout leaves of it. */
export function perceptronForward(
  model: ParserModel,
  joined: Float32Array,
  rows: number,
  dropout: ParserDropout | null,
  key: number,
): PerceptronTrace {
  const { kernels, config } = model;
  const { width } = perceptronColumns(config);
  const from = 2 * config.units;
  const keys = [3, 4].map((purpose) => {
    const one = kernels.allocateInts(1);
    one[0] = mix(key ^ mix(purpose));
    return one;
  });
  if (dropout) kernels.connections.dropout(joined, joined, { key: keys[0], first: 0, rate: dropout.top }, false);
  const active = kernels.allocate(rows * width);
  kernels.fillRows(model.get('b_perceptrons'), active);
  const weights = columnsOf(model.get('W_perceptrons'), width);
  kernels.multiplyStrided(columnsOf(joined, from), weights, columnsOf(active, width), rows, from, width, true);
  for (let k = 0; k < active.length; k++) if (active[k] < 0) active[k] *= LEAK;
  const outputs = dropout ? kernels.allocate(rows * width) : active;
  if (dropout)
    kernels.connections.dropout(active, outputs, { key: keys[1], first: 0, rate: dropout.perceptrons }, false);
  return { inputs: joined, active, outputs, keys, dropout };
}

/**
 * From ∂J/∂m in `dOutputs` [rows,width], which is overwritten by ∂J/∂z: ∂J/∂W = uᵀ ∂J/∂z, ∂J/∂b = Σ ∂J/∂z, and ∂J/∂u = ∂J/∂z Wᵀ into
 * `dJoined` [rows,2H].
 */
export function perceptronBackward(
  model: ParserModel,
  { inputs, active, keys, dropout }: PerceptronTrace,
  dOutputs: Float32Array,
  dJoined: Float32Array,
  gradient: (name: string) => Float32Array,
): void {
  const { kernels, config } = model;
  const { width } = perceptronColumns(config);
  const from = 2 * config.units;
  const rows = active.length / width;
  const { connections } = kernels;
  if (dropout) connections.dropout(dOutputs, dOutputs, { key: keys[1], first: 0, rate: dropout.perceptrons }, false);
  for (let k = 0; k < active.length; k++) if (active[k] < 0) dOutputs[k] *= LEAK;
  const dz = columnsOf(dOutputs, width);
  const dWeights = columnsOf(gradient('W_perceptrons'), width);
  kernels.multiplyStrided(transposed(columnsOf(inputs, from)), dz, dWeights, from, rows, width, false);
  kernels.sumRows(dOutputs, width, gradient('b_perceptrons'), 0, width);
  const weights = transposed(columnsOf(model.get('W_perceptrons'), width));
  kernels.multiplyStrided(dz, weights, columnsOf(dJoined, from), rows, width, from, false);
  if (dropout) connections.dropout(dJoined, dJoined, { key: keys[0], first: 0, rate: dropout.top }, false);
}
