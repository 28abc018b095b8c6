// The GRU cell: u, r = σ(z), h(t) = (1−u)∘h(t−1) + u∘h̃; the candidate h̃ reads the past through the reset gate,
// before the matrix product (the lecture) or after it (cuDNN, PyTorch).
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { columnsOf, transposed, type StridedMatrix } from '../kernels/matrixKernels';
import { fillWithBias } from './denseRows';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createGruCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.gru.blocks * H;
  const [u, r, g] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const blocks = { u, r, g };
  const resetBefore = config.resetGate === 'before';
  const recurrentBias = resetBefore ? null : parameters.get('b_hh').values;
  const weightsOf = (offset: number): StridedMatrix => columnsOf(parameters.get('W_h').values, N, offset);
  // The two gates that multiply h(t−1) itself lie side by side; the candidate multiplies what the reset gate leaves of it.
  const gatesAt = Math.min(u, r);
  if (Math.abs(u - r) !== H) throw new Error('the blocks of u and r must be neighbours');

  return {
    forwardPass(trace) {
      const { B, T, gates, h } = trace;
      const candidate = candidateOf(trace);
      const shape = { lanes: B, units: H, gateColumns: N };
      const gateWeights = kernels.pack(weightsOf(gatesAt), H, 2 * H);
      const candidateWeights = kernels.pack(weightsOf(g), H, H);
      for (let t = 0; t < T; t++) {
        const z = stepRows(gates, t, B, N);
        const previousH = stepRows(h, t, B, H);
        const past = stepRows(candidate, t, B, H);
        kernels.multiplyPacked(columnsOf(previousH, H), gateWeights, columnsOf(z, N, gatesAt), B, true);
        if (recurrentBias) {
          fillWithBias(past, recurrentBias, B);
          kernels.multiplyPacked(columnsOf(previousH, H), candidateWeights, columnsOf(past, H), B, true);
          kernels.cells.gruGatePast(shape, blocks, { gates: z, past });
        } else {
          kernels.cells.gruReset(shape, blocks, { gates: z, previousH, past });
          kernels.multiplyPacked(columnsOf(past, H), candidateWeights, columnsOf(z, N, g), B, true);
        }
        kernels.cells.gruState(shape, blocks, { gates: z, previousH, h: stepRows(h, t + 1, B, H) });
      }
    },

    // ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1 − h̃²)            ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1 − u)
    // before: a = r∘h(t−1), ∂J/∂a = ∂J/∂z_h̃ W_hᵀ     ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a ∘ r
    // after:  a = W_h h(t−1) + b_hh, ∂J/∂a = ∂J/∂z_h̃ ∘ r   ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a W_hᵀ
    // both:   ∂J/∂h(t−1) += ∂J/∂h(t) ∘ (1 − u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ
    backwardPass(trace, { dh, dGates, dCandidate }) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { B, T, gates, h } = trace;
      const candidate = candidateOf(trace);
      const shape = { lanes: B, units: H, gateColumns: N };
      const gateWeights = kernels.pack(transposed(weightsOf(gatesAt)), 2 * H, H);
      const candidateWeights = kernels.pack(transposed(weightsOf(g)), H, H);
      for (let t = T - 1; t >= 0; t--) {
        const previousH = stepRows(h, t, B, H);
        const dPreviousH = stepRows(dh, t, B, H);
        const dPast = stepRows(dCandidate, t, B, H);
        const dz = stepRows(dGates, t, B, N);
        const step = { gates: stepRows(gates, t, B, N), dGates: dz, previousH, dPreviousH };
        const into = columnsOf(dPreviousH, H);
        kernels.cells.gruBackwardState(shape, blocks, { ...step, dh: stepRows(dh, t + 1, B, H) });
        if (resetBefore) {
          kernels.multiplyPacked(columnsOf(dz, N, g), candidateWeights, columnsOf(dPast, H), B, false);
          kernels.cells.gruBackwardBefore(shape, blocks, { ...step, dPast });
        } else {
          kernels.cells.gruBackwardAfter(shape, blocks, { ...step, past: stepRows(candidate, t, B, H), dPast });
          kernels.multiplyPacked(columnsOf(dPast, H), candidateWeights, into, B, true);
        }
        kernels.multiplyPacked(columnsOf(dz, N, gatesAt), gateWeights, into, B, true);
      }
    },

    // ∂J/∂W_u = Σₜ h(t−1)ᵀ ∂J/∂z_u, likewise r; the candidate's block:
    // before Σₜ (r∘h(t−1))ᵀ ∂J/∂z_h̃; after Σₜ h(t−1)ᵀ ∂J/∂a and ∂J/∂b_hh = Σₜ ∂J/∂a
    recurrentGradient(trace, { dGates, dCandidate }, gradient) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { h, T, B } = trace;
      const into = (offset: number): StridedMatrix => columnsOf(gradient('W_h'), N, offset);
      const past = transposed(columnsOf(h, H));
      kernels.multiplyStrided(past, columnsOf(dGates, N, gatesAt), into(gatesAt), H, T * B, 2 * H, false);
      if (resetBefore) {
        const kept = transposed(columnsOf(candidateOf(trace), H));
        kernels.multiplyStrided(kept, columnsOf(dGates, N, g), into(g), H, T * B, H, false);
      } else {
        kernels.multiplyStrided(past, columnsOf(dCandidate, H), into(g), H, T * B, H, false);
        kernels.sumRows(dCandidate.subarray(0, T * B * H), H, gradient('b_hh'));
      }
    },
  };
}

function candidateOf({ recurrentCandidate }: { recurrentCandidate: Float32Array | null }): Float32Array {
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  return recurrentCandidate;
}
