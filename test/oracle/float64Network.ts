// The network once more, in plain Float64Array loops and nothing else: what every float32 result is compared with.
// Shares with src/engine only the layout of its parameters (gate blocks: vanilla h; lstm f, i, o, c̃; gru u, r, h̃).

export interface OracleShape {
  cell: 'vanilla' | 'lstm' | 'gru';
  /** Vanilla only. */
  activation: 'sigmoid' | 'tanh' | 'relu';
  /** GRU only: the reset gate acts on h(t−1) before W_h, or on W_h h(t−1) + b_hh after it. */
  resetGate: 'before' | 'after';
  hiddenUnits: number;
  embeddingSize: number;
  vocabulary: number;
}

/** embedding [V,E], W_x [E,G·H], W_h [H,G·H], b [G·H], b_hh [H] (GRU 'after' only), W_o [H,V], b_o [V]; row-major. */
export type OracleParameters = Record<string, Float64Array>;

export interface OracleState {
  h: Float64Array;
  /** Zeros, and unused, for cells without a cell state. */
  c: Float64Array;
}

export interface OracleStep extends OracleState {
  /** Activated gates [H] by their key (f i o g c h, u r g h, h). */
  gates: Record<string, Float64Array>;
}

/** Adds `delta` to h(step), c(step) (before h(step) is made of it) or x(step): the handle of central differences. */
export interface Perturbation {
  what: 'h' | 'c' | 'x';
  step: number;
  delta: Float64Array;
}

export interface OracleTrace {
  /** h[t], c[t], x[t], logits[t] and gates[key][t]: after step t. */
  h: Float64Array[];
  c: Float64Array[];
  x: Float64Array[];
  logits: Float64Array[];
  gates: Record<string, Float64Array[]>;
  /** J(t) = −ln p(target t), nats; NaN where the target is negative (not known). */
  losses: Float64Array;
  /** Mean of the known losses. */
  loss: number;
  last: OracleState;
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Number of gate blocks G of a cell. */
export function gateBlocks(cell: OracleShape['cell']): number {
  return { vanilla: 1, lstm: 4, gru: 3 }[cell];
}

/** row [n] · matrix[:, first … first+count) of a row-major matrix with `columns` columns. */
function product(row: Float64Array, matrix: Float64Array, columns: number, first: number, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let k = 0; k < row.length; k++)
    for (let n = 0; n < count; n++) out[n] += row[k] * matrix[k * columns + first + n];
  return out;
}

/** The state before the first step of a fresh sequence. */
export function zeroState(shape: OracleShape): OracleState {
  return { h: new Float64Array(shape.hiddenUnits), c: new Float64Array(shape.hiddenUnits) };
}

/** One timestep from `before`, reading the embedding x [E]; `cellDelta` is added to c(t) before h(t) is made of it. */
export function oracleStep(
  shape: OracleShape,
  parameters: OracleParameters,
  x: Float64Array,
  before: OracleState,
  cellDelta?: Float64Array,
): OracleStep {
  const H = shape.hiddenUnits;
  const width = gateBlocks(shape.cell) * H;
  const { W_x, W_h, b } = parameters;
  const input = (block: number) => product(x, W_x, width, block * H, H).map((v, n) => v + b[block * H + n]);
  const recurrent = (row: Float64Array, block: number) => product(row, W_h, width, block * H, H);
  const z = (block: number) => {
    const fromState = recurrent(before.h, block);
    return input(block).map((v, n) => v + fromState[n]);
  };
  if (shape.cell === 'vanilla') {
    const activation = { sigmoid, tanh: Math.tanh, relu: (v: number) => Math.max(0, v) }[shape.activation];
    const h = z(0).map((v) => activation(v));
    return { h, c: new Float64Array(H), gates: { h } };
  }
  if (shape.cell === 'lstm') {
    const [f, i, o] = [0, 1, 2].map((block) => z(block).map(sigmoid));
    const g = z(3).map(Math.tanh);
    const c = f.map((v, n) => v * before.c[n] + i[n] * g[n] + (cellDelta ? cellDelta[n] : 0));
    const h = o.map((v, n) => v * Math.tanh(c[n]));
    return { h, c, gates: { f, i, o, g, c, h } };
  }
  const [u, r] = [0, 1].map((block) => z(block).map(sigmoid));
  const fromInput = input(2);
  const fromState =
    shape.resetGate === 'before'
      ? recurrent(
          before.h.map((v, n) => r[n] * v),
          2,
        )
      : recurrent(before.h, 2).map((v, n) => r[n] * (v + parameters.b_hh[n]));
  const g = fromInput.map((v, n) => Math.tanh(v + fromState[n]));
  const h = u.map((v, n) => (1 - v) * before.h[n] + v * g[n]);
  return { h, c: new Float64Array(H), gates: { u, r, g, h } };
}

/** logits [V] of a hidden state h [H]. */
export function oracleLogits(shape: OracleShape, parameters: OracleParameters, h: Float64Array): Float64Array {
  return product(h, parameters.W_o, shape.vocabulary, 0, shape.vocabulary).map((v, n) => v + parameters.b_o[n]);
}

/** −ln softmax(logits)[target], nats; NaN for a negative target. */
export function crossEntropy(logits: Float64Array, target: number): number {
  if (target < 0) return NaN;
  const top = Math.max(...logits);
  return top + Math.log(logits.reduce((sum, v) => sum + Math.exp(v - top), 0)) - logits[target];
}

/** Reads ids [T] one by one from `initial` (zeros); targets [T], negative where not known. */
export function oracleForward(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  initial: OracleState = zeroState(shape),
  perturbation?: Perturbation,
): OracleTrace {
  const E = shape.embeddingSize;
  const trace: OracleTrace = {
    h: [],
    c: [],
    x: [],
    logits: [],
    gates: {},
    losses: new Float64Array(ids.length),
    loss: 0,
    last: initial,
  };
  for (let t = 0; t < ids.length; t++) {
    const here = perturbation?.step === t ? perturbation : undefined;
    let x = parameters.embedding.slice(ids[t] * E, (ids[t] + 1) * E);
    if (here?.what === 'x') x = x.map((v, n) => v + here.delta[n]);
    const step = oracleStep(shape, parameters, x, trace.last, here?.what === 'c' ? here.delta : undefined);
    const h = here?.what === 'h' ? step.h.map((v, n) => v + here.delta[n]) : step.h;
    trace.last = { h, c: step.c };
    trace.h.push(h);
    trace.c.push(step.c);
    trace.x.push(x);
    for (const [key, values] of Object.entries(step.gates)) (trace.gates[key] ??= []).push(values);
    trace.logits.push(oracleLogits(shape, parameters, h));
    trace.losses[t] = crossEntropy(trace.logits[t], targets[t]);
  }
  const known = trace.losses.filter((v) => !Number.isNaN(v));
  trace.loss = known.reduce((sum, v) => sum + v, 0) / known.length;
  return trace;
}

/**
 * Mean loss over a time-major batch, nats per token: ids and targets [T,B]; `initial` one state per lane (zeros).
 * With equally long lanes this is the mean over all T·B positions.
 */
export function oracleBatchLoss(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  batch: number,
  initial?: OracleState[],
): number {
  let sum = 0;
  for (let lane = 0; lane < batch; lane++) {
    const column = (all: ArrayLike<number>) => Array.from(all).filter((_, k) => k % batch === lane);
    sum += oracleForward(shape, parameters, column(ids), column(targets), initial?.[lane]).loss;
  }
  return sum / batch;
}
