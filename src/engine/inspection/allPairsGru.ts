// The GRU in the all-pairs sweep: h(t) = (1−u)∘h(t−1) + u∘h̃, with the reset gate before or after the product.
//   ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1−u)    ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1−h̃²)
//   before: a = r∘h(t−1),             ∂J/∂a = ∂J/∂z_h̃ W_hᵀ,   ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1−r)
//   after:  a = W_h h(t−1) + b_hh,    ∂J/∂a = ∂J/∂z_h̃ ∘ r,    ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1−r)
//   ∂J/∂h(t−1) = ∂J/∂h(t) ∘ (1−u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ + (before: ∂J/∂a ∘ r, after: ∂J/∂a W_hᵀ)
import { columnsOf } from '../kernels/matrixKernels';
import { gateOffset } from '../network/gateOffset';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares, withoutDenormals } from './rowGradients';

export function createGruSweep({ model, trace, R, dh, dz, recurrentWeights }: SweepRows): CellSweep {
  const { kernels, config, gateColumns: N } = model;
  const H = config.hiddenUnits;
  const { gates, h, recurrentCandidate: candidate } = trace;
  if (!candidate) throw new Error('the trace was not allocated for a GRU');
  const [U, RESET, G] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const before = config.resetGate === 'before';
  /** ∂J(i)/∂a(j) [R,H]. */
  const da = kernels.allocate(R * H);
  // Of step j alone, shared by all rows: what multiplies ∂J/∂h, and ∂J/∂a (before) or ∂J/∂z_h̃ (after).
  const [updateSlope, candidateSlope, resetSlope] = Array.from({ length: 3 }, () => new Float64Array(H));

  function prepareStep(j: number): void {
    for (let k = 0; k < H; k++) {
      const [u, r, g] = [U, RESET, G].map((offset) => gates[j * N + offset + k]);
      const previous = h[j * H + k];
      updateSlope[k] = (g - previous) * u * (1 - u);
      candidateSlope[k] = u * (1 - g * g);
      resetSlope[k] = (before ? previous : candidate![j * H + k]) * r * (1 - r); // checked above; closures lose the narrowing
    }
  }

  /** into [rows j…, H] (+)= columns of dz of one gate · that gate's rows of W_hᵀ. */
  function throughWeights(
    j: number,
    from: Float32Array,
    width: number,
    first: number,
    gate: number,
    into: Float32Array,
    add: boolean,
  ) {
    const a = { ...columnsOf(from, width, first), offset: j * width + first };
    const weights = { ...columnsOf(recurrentWeights, H), offset: gate * H };
    kernels.multiplyStrided(a, weights, { ...columnsOf(into, H), offset: j * H }, R - j, H, H, add);
  }

  return {
    carried: [dh],
    matrices: [],
    toPreActivations(j) {
      prepareStep(j);
      for (let i = j; i < R; i++)
        for (let k = 0; k < H; k++) {
          const dOutput = dh[i * H + k];
          dz[i * N + U + k] = withoutDenormals(dOutput * updateSlope[k]);
          dz[i * N + G + k] = withoutDenormals(dOutput * candidateSlope[k]);
        }
      if (before) throughWeights(j, dz, N, G, G, da, false);
      for (let i = j; i < R; i++)
        for (let k = 0; k < H; k++) {
          const at = i * H + k;
          const dCandidate = dz[i * N + G + k];
          if (!before) da[at] = withoutDenormals(dCandidate * gates[j * N + RESET + k]);
          dz[i * N + RESET + k] = withoutDenormals((before ? da[at] : dCandidate) * resetSlope[k]);
        }
    },
    toPreviousState(j) {
      for (let i = j; i < R; i++)
        for (let k = 0; k < H; k++) {
          const at = i * H + k;
          const kept = dh[at] * (1 - gates[j * N + U + k]);
          dh[at] = withoutDenormals(before ? kept + da[at] * gates[j * N + RESET + k] : kept);
        }
      throughWeights(j, dz, N, U, U, dh, true);
      throughWeights(j, dz, N, RESET, RESET, dh, true);
      if (!before) throughWeights(j, da, H, 0, G, dh, true);
    },
    // One block per gate: u and r read h(t−1); the candidate reads r∘h(t−1) (before), or h(t−1) through ∂J/∂a = ∂J/∂z_h̃ ∘ r.
    weightNorm(j, dzSum) {
      const past = sumOfSquares(h, j * H, H);
      const gatesSquares = past * (sumOfSquares(dzSum, U, H) + sumOfSquares(dzSum, RESET, H));
      if (before) return Math.sqrt(gatesSquares + sumOfSquares(candidate, j * H, H) * sumOfSquares(dzSum, G, H));
      let candidateSquares = 0;
      for (let k = 0; k < H; k++) candidateSquares += (dzSum[G + k] * gates[j * N + RESET + k]) ** 2;
      return Math.sqrt(gatesSquares + past * candidateSquares);
    },
  };
}
