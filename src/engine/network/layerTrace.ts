// What one direction of one layer computed over a batch, on the true time axis, and what flows back through it.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { packedLength, type Allocator } from '../kernels/matrixKernels';
import type { LayerPlace, NetworkConfig } from './networkConfig';

/** States [T+1,B,H] after every token, where those of a direction stand (see stateRows); the row besides is an initial state or nothing. */
export interface StateRows {
  place: LayerPlace;
  T: number;
  B: number;
  h: Float32Array;
}

/** Time-major float32 in the arena. */
export interface LayerTrace extends StateRows {
  /** Activated gates [T,B,G·H], blocks in the order of CELL_DESCRIPTIONS (vanilla: h itself). */
  gates: Float32Array;
  /**
   * Hidden states [T+1,B,H]. Forward: h[0] is the initial state, h[t+1] the one after token t. Reverse: h[T] is the initial
   * state, h[t] the one after token t has been read from behind.
   */
  h: Float32Array;
  /** Cell states [T+1,B,H] of an LSTM, indexed as h. */
  c: Float32Array | null;
  /** tanh c [T,B,H] of an LSTM, by token. */
  tanhC: Float32Array | null;
  /** GRU [T,B,H]: r∘h(t−1) when the reset gate acts before the product, W_h h(t−1) + b_hh when after. */
  recurrentCandidate: Float32Array | null;
  /** W_h (or its transpose) in the order its products read it, for the pass under way. */
  packed: Float32Array;
}

/** Gradients of a layer's direction; time-major float32 in the arena. */
export interface LayerGradients {
  /** ∂J/∂h [T+1,B,H], indexed as LayerTrace.h; complete for a state once every later step (in the order of reading) is done. */
  dh: Float32Array;
  /** LSTM [B,H]: ∂J/∂c as far as it comes from later steps' cell states. */
  dc: Float32Array | null;
  /** ∂J/∂(pre-activation) [T,B,G·H]: the gradient of W_x x(t) + b. */
  dGates: Float32Array;
  /** GRU [T,B,H]: ∂J/∂LayerTrace.recurrentCandidate. */
  dCandidate: Float32Array | null;
}

/** Rows of h, c and dh: where the state after token t stands, and the one that it was made from. */
export function stateRows({ reverse }: LayerPlace, t: number): { after: number; before: number } {
  return reverse ? { after: t, before: t + 1 } : { after: t + 1, before: t };
}

/** First of the T rows that hold the states after tokens 0 … T−1. */
export function firstOutputRow({ reverse }: LayerPlace): number {
  return reverse ? 0 : 1;
}

/** Row of the initial state. */
export function initialRow({ place, T }: { place: LayerPlace; T: number }): number {
  return place.reverse ? T : 0;
}

/** Row that holds the state after the whole sequence, in the order of reading. */
export function finalRow({ place, T }: { place: LayerPlace; T: number }): number {
  return place.reverse ? 0 : T;
}

/** Upper bound of W_h or its transpose, packed in up to two parts, in float32 values. */
export function packedFloats(H: number, gateColumns: number): number {
  return packedLength(gateColumns, H) + packedLength(H, gateColumns) + 64;
}

export function allocateLayerTrace(
  kernels: Allocator,
  config: NetworkConfig,
  place: LayerPlace,
  T: number,
  B: number,
): LayerTrace {
  const { hiddenUnits: H, cell } = config;
  const gateColumns = CELL_DESCRIPTIONS[cell].blocks * H;
  return {
    ...{ place, T, B },
    gates: kernels.allocate(T * B * gateColumns),
    h: kernels.allocate((T + 1) * B * H),
    c: cell === 'lstm' ? kernels.allocate((T + 1) * B * H) : null,
    tanhC: cell === 'lstm' ? kernels.allocate(T * B * H) : null,
    recurrentCandidate: cell === 'gru' ? kernels.allocate(T * B * H) : null,
    packed: kernels.allocate(packedFloats(H, gateColumns)),
  };
}

/** The same memory seen as a shorter or narrower pass. */
export function narrowLayerTrace(config: NetworkConfig, trace: LayerTrace, T: number, B: number): LayerTrace {
  const H = config.hiddenUnits;
  const cut = (values: Float32Array | null, length: number) => values && values.subarray(0, length);
  return {
    ...{ place: trace.place, T, B, packed: trace.packed },
    gates: trace.gates.subarray(0, T * B * CELL_DESCRIPTIONS[config.cell].blocks * H),
    h: trace.h.subarray(0, (T + 1) * B * H),
    c: cut(trace.c, (T + 1) * B * H),
    tanhC: cut(trace.tanhC, T * B * H),
    recurrentCandidate: cut(trace.recurrentCandidate, T * B * H),
  };
}

export function allocateLayerGradients(
  kernels: Allocator,
  config: NetworkConfig,
  T: number,
  B: number,
): LayerGradients {
  const { hiddenUnits: H, cell } = config;
  return {
    dh: kernels.allocate((T + 1) * B * H),
    dc: cell === 'lstm' ? kernels.allocate(B * H) : null,
    dGates: kernels.allocate(T * B * CELL_DESCRIPTIONS[cell].blocks * H),
    dCandidate: cell === 'gru' ? kernels.allocate(T * B * H) : null,
  };
}

/** Timesteps in the order of reading. */
export function readingOrder({ place, T }: LayerTrace): number[] {
  return Array.from({ length: T }, (_, step) => (place.reverse ? T - 1 - step : step));
}
