// The forward pass over a batch of token sequences, keeping what backpropagation through time needs.
import { columnsOf } from '../kernels/matrixKernels';
import { fillWithBias } from './denseRows';
import type { LanguageModel } from './languageModel';
import { recurrentCell } from './recurrentCell';

/** Everything a forward pass computed; time-major float32 in the arena. */
export interface ForwardTrace {
  T: number;
  B: number;
  /** Input embeddings [T,B,E]; not filled in where the vocabulary is smaller than T·B. */
  x: Float32Array;
  /** Activated gates [T,B,G·H], blocks in the order of CELL_DESCRIPTIONS (vanilla: h itself). */
  gates: Float32Array;
  /** Hidden states [T+1,B,H]; h[0] is the initial state. */
  h: Float32Array;
  /** Cell states [T+1,B,H] of an LSTM; c[0] is the initial state. */
  c: Float32Array | null;
  /** tanh c(t) [T,B,H] of an LSTM. */
  tanhC: Float32Array | null;
  /** [T,B,V] logits; softmax probabilities once the loss has been taken. */
  logits: Float32Array;
  /** GRU [T,B,H]: r∘h(t−1) when the reset gate acts before the product, W_h h(t−1) + b_hh when after. */
  recurrentCandidate: Float32Array | null;
}

/** Allocates a trace for T timesteps of B lanes with zero initial state. */
export function allocateTrace(model: LanguageModel, T: number, B: number): ForwardTrace {
  const { kernels, config, gateColumns } = model;
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V, cell } = config;
  return {
    T,
    B,
    x: kernels.allocate(T * B * E),
    gates: kernels.allocate(T * B * gateColumns),
    h: kernels.allocate((T + 1) * B * H),
    c: cell === 'lstm' ? kernels.allocate((T + 1) * B * H) : null,
    tanhC: cell === 'lstm' ? kernels.allocate(T * B * H) : null,
    logits: kernels.allocate(T * B * V),
    recurrentCandidate: cell === 'gru' ? kernels.allocate(T * B * H) : null,
  };
}

/** The same memory seen as a shorter or narrower pass; `T`·`B` may not exceed the trace's own. */
export function narrowTrace(model: LanguageModel, trace: ForwardTrace, T: number, B: number): ForwardTrace {
  if (T > trace.T || B > trace.B) throw new RangeError(`${T}×${B} does not fit a trace of ${trace.T}×${trace.B}`);
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = model.config;
  const cut = (values: Float32Array | null, length: number) => values && values.subarray(0, length);
  return {
    T,
    B,
    x: trace.x.subarray(0, T * B * E),
    gates: trace.gates.subarray(0, T * B * model.gateColumns),
    h: trace.h.subarray(0, (T + 1) * B * H),
    c: cut(trace.c, (T + 1) * B * H),
    tanhC: cut(trace.tanhC, T * B * H),
    logits: trace.logits.subarray(0, T * B * V),
    recurrentCandidate: cut(trace.recurrentCandidate, T * B * H),
  };
}

/** Runs ids [T,B] (time-major) from the state in trace.h[0] and trace.c[0]; leaves logits in trace.logits. */
export function forward(model: LanguageModel, ids: Int32Array, trace: ForwardTrace): void {
  const { T, B } = trace;
  const { hiddenUnits: H, vocabulary: V } = model.config;
  if (ids.length !== T * B) throw new RangeError(`${ids.length} ids for a pass of ${T}×${B}`);
  projectInputs(model, ids, trace);
  const { kernels, parameters } = model;
  const mark = kernels.mark();
  recurrentCell(model).forwardPass(trace);
  kernels.release(mark);
  const states = { ...columnsOf(trace.h, H), offset: B * H };
  fillWithBias(trace.logits, parameters.get('b_o').values, T * B);
  kernels.multiplyStrided(
    states,
    columnsOf(parameters.get('W_o').values, V),
    columnsOf(trace.logits, V),
    T * B,
    H,
    V,
    true,
  );
}

/**
 * trace.gates = x W_x + b, x the rows of the embedding, kept in trace.x. With fewer tokens in the vocabulary than in the batch, W_x is
 * applied once per token of the vocabulary, the products are looked up and x is not needed.
 */
function projectInputs(model: LanguageModel, ids: Int32Array, trace: ForwardTrace): void {
  const { kernels, parameters, config, gateColumns: N } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const embedding = parameters.get('embedding').values;
  const weights = parameters.get('W_x').values;
  const bias = parameters.get('b').values;
  if (V < ids.length) {
    const mark = kernels.mark();
    const table = kernels.allocate(V * N);
    fillWithBias(table, bias, V);
    kernels.multiply(embedding, weights, table, V, E, N, true);
    kernels.gatherRows(table, ids, N, trace.gates);
    kernels.release(mark);
  } else {
    kernels.gatherRows(embedding, ids, E, trace.x);
    fillWithBias(trace.gates, bias, ids.length);
    kernels.multiply(trace.x, weights, trace.gates, ids.length, E, N, true);
  }
}
