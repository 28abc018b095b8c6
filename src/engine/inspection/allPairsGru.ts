// The GRU in the all-pairs sweep: h(t) = (1−u)∘h(t−1) + u∘h̃, with the reset gate before or after the product.
//   ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1−u)    ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1−h̃²)
//   before: a = r∘h(t−1),             ∂J/∂a = ∂J/∂z_h̃ W_hᵀ,   ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1−r)
//   after:  a = W_h h(t−1) + b_hh,    ∂J/∂a = ∂J/∂z_h̃ ∘ r,    ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1−r)
//   ∂J/∂h(t−1) = ∂J/∂h(t) ∘ (1−u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ + (before: ∂J/∂a ∘ r, after: ∂J/∂a W_hᵀ)
//   ∂J/∂x(t)   = ∂J/∂z W_xᵀ
import { columnsOf, type StridedMatrix } from '../kernels/matrixKernels';
import { gateOffset } from '../network/gateOffset';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares } from './rowGradients';

export function createGruSweep(rows: SweepRows): CellSweep {
  const { model, R, dh, dx, scales, recurrentWeights, inputWeights, from } = rows;
  const { kernels, config, gateColumns: N } = model;
  const { hiddenUnits: H, embeddingSize: E } = config;
  const { gates, h } = rows.trace;
  const candidate = candidateOf(rows);
  const [U, RESET, G] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const before = config.resetGate === 'before';
  /** ∂J(i)/∂z(j) [R,3H]. */
  const dz = kernels.allocate(R * N);
  /** ∂J(i)/∂a(j) [R,H]. */
  const da = kernels.allocate(R * H);
  // Of step j alone, the same for all rows: 1 − u, r, and what gives ∂J/∂z of each gate.
  const [kept, reset, updateSlope, candidateSlope, resetSlope] = Array.from({ length: 5 }, () => kernels.allocate(H));

  const weights = kernels.allocateDoubles(N);

  function prepareStep(j: number): void {
    for (let k = 0; k < H; k++) {
      const at = j * N + k;
      const [u, r, g] = [gates[at + U], gates[at + RESET], gates[at + G]];
      const previous = h[j * H + k];
      kept[k] = 1 - u;
      reset[k] = r;
      updateSlope[k] = (g - previous) * u * (1 - u);
      candidateSlope[k] = u * (1 - g * g);
      resetSlope[k] = (before ? previous : candidate[j * H + k]) * r * (1 - r);
    }
  }

  /** Rows j … of `into` = those of `source`, column by column times `factors`. */
  function scale(j: number, source: StridedMatrix, factors: Float32Array, into: StridedMatrix): void {
    kernels.sweep.scaleColumns({ values: source, factors }, null, into, R - j, H, false);
  }

  /** into [rows j…,H] (+)= `width`-column rows of `from`, from column `first` on · the gate's rows of W_hᵀ. */
  function throughWeights(j: number, gate: number, from: Float32Array, width: number, first: number, add: boolean) {
    const a = { ...columnsOf(from, width), offset: j * width + first };
    const weights = { ...columnsOf(recurrentWeights, H), offset: gate * H };
    const into = { ...columnsOf(add ? dh : da, H), offset: j * H };
    kernels.multiplyStrided(a, weights, into, R - j, H, H, add);
  }

  /** ∂J/∂z_r of all rows and, with the reset gate after the product, ∂J/∂a. */
  function throughResetGate(j: number): void {
    const source = before ? from(da, j, H) : from(dz, j, N, G);
    scale(j, source, resetSlope, from(dz, j, N, RESET));
    if (!before) scale(j, source, reset, from(da, j, H));
  }

  return {
    carried: [dh],
    matrices: [],
    enterStep(j) {
      prepareStep(j);
      scale(j, from(dh, j, H), updateSlope, from(dz, j, N, U));
      scale(j, from(dh, j, H), candidateSlope, from(dz, j, N, G));
      if (before) throughWeights(j, G, dz, N, G, false);
      throughResetGate(j);
    },
    toInput: (j) => kernels.multiply(dz.subarray(j * N), inputWeights, dx.subarray(j * E), R - j, N, E, false),
    // One block per gate: u and r read h(t−1); the candidate reads r∘h(t−1) (before) or, by ∂J/∂a, h(t−1) (after).
    weightNorm(j) {
      const dzSum = scales.sumOfRows(dz, N, j);
      const past = sumOfSquares(h, j * H, H);
      const read = before ? sumOfSquares(candidate, j * H, H) : past;
      if (!before) for (let k = 0; k < H; k++) dzSum[G + k] *= reset[k];
      const squares = past * (sumOfSquares(dzSum, U, H) + sumOfSquares(dzSum, RESET, H));
      return Math.sqrt(squares + read * sumOfSquares(dzSum, G, H));
    },
    weightColumns(j) {
      const past = sumOfSquares(h, j * H, H);
      const read = before ? sumOfSquares(candidate, j * H, H) : past;
      weights.fill(past);
      for (let k = 0; k < H; k++) weights[G + k] = before ? read : read * reset[k] ** 2;
      return { from: from(dz, j, N), weights };
    },
    toPreviousState(j) {
      const bypass = { values: from(dh, j, H), factors: kept };
      const throughReset = before ? { values: from(da, j, H), factors: reset } : null;
      kernels.sweep.scaleColumns(bypass, throughReset, from(dh, j, H), R - j, H, true);
      throughWeights(j, U, dz, N, U, true);
      throughWeights(j, RESET, dz, N, RESET, true);
      if (!before) throughWeights(j, G, da, H, 0, true);
    },
  };
}

function candidateOf({ trace }: SweepRows): Float32Array {
  if (!trace.recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  return trace.recurrentCandidate;
}
