// The Jacobian of one timestep of each cell in closed form, written once for every arithmetic it is computed in.
// A row is a unit of the state after token t, a column one of the state that it was made from: of t−1, of t+1 where the layer
// reads from the end. W_gᵀ is gate g's block of W_h transposed, its row the gate's unit.
import type { Activation } from '../cells/cellDescription';
import { gateOffset } from '../network/gateOffset';
import { stateRows } from '../network/layerTrace';
import type { TracedLayer } from './tracedLayer';

/** Matrices [H,H] of one precision. */
export interface MatrixArithmetic<M> {
  /** into = diag(factors) W_gᵀ (+ into), the gate's columns in W_h beginning at `gate`. */
  scaledWeights(gate: number, factors: Float64Array, into: M, add: boolean): void;
  /** into += diag(factors). */
  addDiagonal(factors: Float64Array, into: M): void;
  /** into = a·b. */
  multiply(a: M, b: M, into: M): void;
}

/** φ′ as a function of φ's value. */
const DERIVATIVES: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

/** Vanilla: ∂h(t)/∂h(t−1) = diag(φ′(z(t))) W_hᵀ. */
export function vanillaStep<M>(layer: TracedLayer, t: number, { scaledWeights }: MatrixArithmetic<M>, into: M): void {
  const { hiddenUnits: H, activation } = layer.config;
  const { after } = stateRows(layer.trace.place, t);
  const states = layer.trace.h.subarray(after * H, (after + 1) * H);
  scaledWeights(0, Float64Array.from(states, DERIVATIVES[activation]), into, false);
}

/**
 * GRU: h(t) = (1−u)∘h(t−1) + u∘h̃, so ∂h(t)/∂h(t−1) = diag(1−u) + diag((h̃ − h(t−1)) ∘ u(1−u)) W_uᵀ + diag(u ∘ (1−h̃²)) A with
 *   reset before the product: A = W_hᵀ (diag(r) + diag(h(t−1) ∘ r(1−r)) W_rᵀ)
 *   after it:                 A = diag(r) W_hᵀ + diag((W_h h(t−1) + b_hh) ∘ r(1−r)) W_rᵀ
 * `scratch` are two more matrices.
 */
export function gruStep<M>(
  layer: TracedLayer,
  t: number,
  arithmetic: MatrixArithmetic<M>,
  into: M,
  scratch: [M, M],
): void {
  const { hiddenUnits: H, resetGate } = layer.config;
  const { gates, h, recurrentCandidate, place } = layer.trace;
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  const [U, R, G] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const { before } = stateRows(place, t);
  const perUnit = (of: (u: number, r: number, g: number, previous: number, candidate: number) => number) =>
    Float64Array.from({ length: H }, (_, k) => {
      const at = t * 3 * H + k;
      return of(gates[at + U], gates[at + R], gates[at + G], h[before * H + k], recurrentCandidate[t * H + k]);
    });
  const { scaledWeights, addDiagonal, multiply } = arithmetic;
  if (resetGate === 'before') {
    const [candidate, past] = scratch;
    const reset = perUnit((_u, r, _g, previous) => previous * r * (1 - r));
    const viaCandidate = perUnit((u, _r, g) => u * (1 - g * g));
    scaledWeights(R, reset, past, false);
    addDiagonal(
      perUnit((_u, r) => r),
      past,
    );
    scaledWeights(G, viaCandidate, candidate, false);
    multiply(candidate, past, into);
  } else {
    const viaCandidate = perUnit((u, r, g) => u * (1 - g * g) * r);
    const reset = perUnit((u, r, g, _previous, product) => u * (1 - g * g) * product * r * (1 - r));
    scaledWeights(G, viaCandidate, into, false);
    scaledWeights(R, reset, into, true);
  }
  const update = perUnit((u, _r, g, previous) => (g - previous) * u * (1 - u));
  const bypass = perUnit((u) => 1 - u);
  scaledWeights(U, update, into, true);
  addDiagonal(bypass, into);
}

/** What multiplies single units of an LSTM's step, each [H]. */
export interface LstmDiagonals {
  /** ∂c(t)/∂c(t−1) = diag(f). */
  forget: Float64Array;
  /** ∂h(t)/∂c(t) = diag(o ∘ (1 − tanh² c(t))). */
  cellToHidden: Float64Array;
}

/**
 * LSTM: c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t).
 *   viaOutput = diag(tanh c(t) ∘ o(1−o)) W_oᵀ, the part of ∂h(t)/∂h(t−1) with c(t) held
 *   viaCell = ∂c(t)/∂h(t−1) = diag(c(t−1) ∘ f(1−f)) W_fᵀ + diag(c̃ ∘ i(1−i)) W_iᵀ + diag(i ∘ (1−c̃²)) W_cᵀ
 */
export function lstmStep<M>(
  layer: TracedLayer,
  t: number,
  { scaledWeights }: MatrixArithmetic<M>,
  viaOutput: M,
  viaCell: M,
): LstmDiagonals {
  const { hiddenUnits: H } = layer.config;
  const { gates, c, tanhC, place } = layer.trace;
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  const [F, I, O, G] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const gate = (first: number) => gates.subarray(t * 4 * H + first, t * 4 * H + first + H);
  const [f, i, o, g] = [gate(F), gate(I), gate(O), gate(G)];
  const { before } = stateRows(place, t);
  const squashed = tanhC.subarray(t * H, (t + 1) * H);
  const perUnit = (of: (k: number) => number) => Float64Array.from({ length: H }, (_, k) => of(k));
  const output = perUnit((k) => squashed[k] * o[k] * (1 - o[k]));
  const forgetSlope = perUnit((k) => c[before * H + k] * f[k] * (1 - f[k]));
  const input = perUnit((k) => g[k] * i[k] * (1 - i[k]));
  const candidate = perUnit((k) => i[k] * (1 - g[k] * g[k]));
  scaledWeights(O, output, viaOutput, false);
  scaledWeights(F, forgetSlope, viaCell, false);
  scaledWeights(I, input, viaCell, true);
  scaledWeights(G, candidate, viaCell, true);
  return {
    forget: Float64Array.from(f),
    cellToHidden: perUnit((k) => o[k] * (1 - squashed[k] * squashed[k])),
  };
}
