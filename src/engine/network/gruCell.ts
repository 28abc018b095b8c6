// The GRU cell: u, r = σ(z), h(t) = (1−u)∘h(t−1) + u∘h̃; the candidate h̃ reads the past through the reset gate,
// before the matrix product (the lecture) or after it (cuDNN, PyTorch).
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { columnsOf, transposed, type StridedMatrix } from '../kernels/matrixKernels';
import { fillWithBias, sumRows } from './denseRows';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';

export function createGruCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.gru.blocks * H;
  const [U, R, G] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const resetBefore = config.resetGate === 'before';
  const recurrentBias = resetBefore ? null : parameters.get('b_hh').values;
  const weightsOf = (offset: number): StridedMatrix => columnsOf(parameters.get('W_h').values, N, offset);
  const states = (values: Float32Array, first: number): StridedMatrix => ({ ...columnsOf(values, H), offset: first });
  const gate = (values: Float32Array, firstRow: number, offset: number): StridedMatrix =>
    columnsOf(values, N, firstRow * N + offset);

  /** The blocks that multiply h(t−1) itself; the candidate's multiplies what the reset gate leaves of it. */
  const sigmoidGates = [U, R];

  return {
    forwardStep(trace, t) {
      const { B, gates, h } = trace;
      const candidate = candidateOf(trace);
      const previous = t * B * H;
      const next = previous + B * H;
      const row = t * B;
      const z = gates.subarray(row * N, (row + B) * N);
      for (const offset of sigmoidGates) {
        kernels.multiplyStrided(states(h, previous), weightsOf(offset), gate(gates, row, offset), B, H, H, true);
        kernels.activate('sigmoid', z, B, N, offset, H);
      }
      const past = candidate.subarray(previous, next);
      if (recurrentBias) {
        fillWithBias(past, recurrentBias, B);
        kernels.multiplyStrided(states(h, previous), weightsOf(G), columnsOf(past, H), B, H, H, true);
        forEachUnit(B, (at, k) => (z[k + G] += z[k + R] * past[at]));
      } else {
        forEachUnit(B, (at, k) => (past[at] = z[k + R] * h[previous + at]));
        kernels.multiplyStrided(columnsOf(past, H), weightsOf(G), gate(gates, row, G), B, H, H, true);
      }
      kernels.activate('tanh', z, B, N, G, H);
      forEachUnit(B, (at, k) => {
        const u = z[k + U];
        h[next + at] = (1 - u) * h[previous + at] + u * z[k + G];
      });
    },

    // ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1 − h̃²)            ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1 − u)
    // before: a = r∘h(t−1), ∂J/∂a = ∂J/∂z_h̃ W_hᵀ     ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a ∘ r
    // after:  a = W_h h(t−1) + b_hh, ∂J/∂a = ∂J/∂z_h̃ ∘ r   ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a W_hᵀ
    // both:   ∂J/∂h(t−1) += ∂J/∂h(t) ∘ (1 − u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ
    backwardStep(trace, t, { dh, dGates, dCandidate }) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { B, gates, h } = trace;
      const candidate = candidateOf(trace);
      const previous = t * B * H;
      const next = previous + B * H;
      const row = t * B;
      const first = row * N;
      const pastOfCandidate = states(dCandidate, previous);
      forEachUnit(B, (at, k) => {
        const u = gates[first + k + U];
        const g = gates[first + k + G];
        const dOutput = dh[next + at];
        dGates[first + k + G] = dOutput * u * (1 - g * g);
        dGates[first + k + U] = dOutput * (g - h[previous + at]) * u * (1 - u);
        dh[previous + at] += dOutput * (1 - u);
      });
      if (resetBefore)
        kernels.multiplyStrided(gate(dGates, row, G), transposed(weightsOf(G)), pastOfCandidate, B, H, H, false);
      forEachUnit(B, (at, k) => {
        const r = gates[first + k + R];
        if (resetBefore) {
          const dPast = dCandidate[previous + at];
          dGates[first + k + R] = dPast * h[previous + at] * r * (1 - r);
          dh[previous + at] += dPast * r;
        } else {
          const dCandidateGate = dGates[first + k + G];
          dCandidate[previous + at] = dCandidateGate * r;
          dGates[first + k + R] = dCandidateGate * candidate[previous + at] * r * (1 - r);
        }
      });
      const into = states(dh, previous);
      if (!resetBefore) kernels.multiplyStrided(pastOfCandidate, transposed(weightsOf(G)), into, B, H, H, true);
      for (const offset of sigmoidGates)
        kernels.multiplyStrided(gate(dGates, row, offset), transposed(weightsOf(offset)), into, B, H, H, true);
    },

    // ∂J/∂W_u = Σₜ h(t−1)ᵀ ∂J/∂z_u, likewise r; the candidate's block:
    // before Σₜ (r∘h(t−1))ᵀ ∂J/∂z_h̃; after Σₜ h(t−1)ᵀ ∂J/∂a and ∂J/∂b_hh = Σₜ ∂J/∂a
    recurrentGradient(trace, { dGates, dCandidate }, gradient) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { h, T, B } = trace;
      const into = (offset: number): StridedMatrix => columnsOf(gradient('W_h'), N, offset);
      const past = transposed(columnsOf(h, H));
      for (const offset of sigmoidGates)
        kernels.multiplyStrided(past, columnsOf(dGates, N, offset), into(offset), H, T * B, H, false);
      if (resetBefore) {
        const kept = transposed(columnsOf(candidateOf(trace), H));
        kernels.multiplyStrided(kept, columnsOf(dGates, N, G), into(G), H, T * B, H, false);
      } else {
        kernels.multiplyStrided(past, columnsOf(dCandidate, H), into(G), H, T * B, H, false);
        sumRows(dCandidate.subarray(0, T * B * H), H, gradient('b_hh'));
      }
    },
  };

  /** Visits every unit of `lanes` rows: its place in a row-major [lanes, H] and, without a gate's offset, in [lanes, N]. */
  function forEachUnit(lanes: number, visit: (at: number, inGates: number) => void): void {
    for (let lane = 0; lane < lanes; lane++) for (let k = 0; k < H; k++) visit(lane * H + k, lane * N + k);
  }
}

function candidateOf({ recurrentCandidate }: { recurrentCandidate: Float32Array | null }): Float32Array {
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  return recurrentCandidate;
}
