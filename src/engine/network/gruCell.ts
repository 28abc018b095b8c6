// The GRU cell: u, r = σ(z), h(t) = (1−u)∘h(t−1) + u∘h̃; the candidate h̃ reads the past through the reset gate,
// before the matrix product (the lecture) or after it (cuDNN, PyTorch).
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import {
  columnsOf,
  packedLength,
  PANEL,
  shifted,
  transposed,
  type PackedMatrix,
  type StridedMatrix,
} from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import { readingOrder, stateRows } from './layerTrace';
import { layerSuffix, type LayerPlace } from './networkConfig';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createGruCell({ kernels, config, parameters }: LanguageModel, place: LayerPlace): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.gru.blocks * H;
  const [u, r, g] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  const blocks = { u, r, g };
  const resetBefore = config.resetGate === 'before';
  const suffix = layerSuffix(place);
  const recurrentBias = resetBefore ? null : parameters.get(`b_hh${suffix}`).values;
  const weightsOf = (offset: number): StridedMatrix => columnsOf(parameters.get(`W_h${suffix}`).values, N, offset);
  // The two gates that multiply h(t−1) itself lie side by side; the candidate multiplies what the reset gate leaves of it.
  const gatesAt = Math.min(u, r);
  if (Math.abs(u - r) !== H) throw new Error('the blocks of u and r must be neighbours');

  /** The two packed matrices of a pass: of the gates [k,n] and of the candidate. */
  const packedIn = (packed: Float32Array, k: number, n: number): { gates: PackedMatrix; candidate: PackedMatrix } => ({
    gates: { values: packed, k, n },
    candidate: { values: packed.subarray(packedLength(k, n)), k: H, n: H },
  });
  function pack(from: [StridedMatrix, StridedMatrix], into: ReturnType<typeof packedIn>, share: Share): void {
    [into.gates, into.candidate].forEach((packed, at) => {
      const { first, count } = partOf(share, packed.n, PANEL);
      kernels.packColumns(from[at], packed, first, count);
    });
  }

  return {
    packForward: ({ packed }, share) => pack([weightsOf(gatesAt), weightsOf(g)], packedIn(packed, H, 2 * H), share),

    forwardPass(trace, lanes) {
      const { B, gates, h } = trace;
      const candidate = candidateOf(trace);
      const shape = { lanes: lanes.count, units: H, gateColumns: N };
      const weights = packedIn(trace.packed, H, 2 * H);
      for (const t of readingOrder(trace)) {
        const { before, after } = stateRows(place, t);
        const z = stepRows(gates, t, B, N, lanes);
        const previousH = stepRows(h, before, B, H, lanes);
        const past = stepRows(candidate, t, B, H, lanes);
        kernels.multiplyPacked(columnsOf(previousH, H), weights.gates, columnsOf(z, N, gatesAt), lanes.count, true);
        if (recurrentBias) {
          kernels.fillRows(recurrentBias, past);
          kernels.multiplyPacked(columnsOf(previousH, H), weights.candidate, columnsOf(past, H), lanes.count, true);
          kernels.cells.gruGatePast(shape, blocks, { gates: z, past });
        } else {
          kernels.cells.gruReset(shape, blocks, { gates: z, previousH, past });
          kernels.multiplyPacked(columnsOf(past, H), weights.candidate, columnsOf(z, N, g), lanes.count, true);
        }
        kernels.cells.gruState(shape, blocks, { gates: z, previousH, h: stepRows(h, after, B, H, lanes) });
      }
    },

    packBackward: ({ packed }, share) =>
      pack([transposed(weightsOf(gatesAt)), transposed(weightsOf(g))], packedIn(packed, 2 * H, H), share),

    // ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1 − h̃²)            ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1 − u)
    // before: a = r∘h(t−1), ∂J/∂a = ∂J/∂z_h̃ W_hᵀ     ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a ∘ r
    // after:  a = W_h h(t−1) + b_hh, ∂J/∂a = ∂J/∂z_h̃ ∘ r   ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1 − r)
    //         ∂J/∂h(t−1) += ∂J/∂a W_hᵀ
    // both:   ∂J/∂h(t−1) += ∂J/∂h(t) ∘ (1 − u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ
    backwardPass(trace, { dh, dGates, dCandidate }, lanes) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { B, gates, h } = trace;
      const candidate = candidateOf(trace);
      const shape = { lanes: lanes.count, units: H, gateColumns: N };
      const weights = packedIn(trace.packed, 2 * H, H);
      for (const t of readingOrder(trace).reverse()) {
        const { before, after } = stateRows(place, t);
        const previousH = stepRows(h, before, B, H, lanes);
        const dPreviousH = stepRows(dh, before, B, H, lanes);
        const dPast = stepRows(dCandidate, t, B, H, lanes);
        const dz = stepRows(dGates, t, B, N, lanes);
        const step = { gates: stepRows(gates, t, B, N, lanes), dGates: dz, previousH, dPreviousH };
        const into = columnsOf(dPreviousH, H);
        kernels.cells.gruBackwardState(shape, blocks, { ...step, dh: stepRows(dh, after, B, H, lanes) });
        if (resetBefore) {
          kernels.multiplyPacked(columnsOf(dz, N, g), weights.candidate, columnsOf(dPast, H), lanes.count, false);
          kernels.cells.gruBackwardBefore(shape, blocks, { ...step, dPast });
        } else {
          const past = stepRows(candidate, t, B, H, lanes);
          kernels.cells.gruBackwardAfter(shape, blocks, { ...step, past, dPast });
          kernels.multiplyPacked(columnsOf(dPast, H), weights.candidate, into, lanes.count, true);
        }
        kernels.multiplyPacked(columnsOf(dz, N, gatesAt), weights.gates, into, lanes.count, true);
      }
    },

    // ∂J/∂W_u = Σₜ h(t−1)ᵀ ∂J/∂z_u, likewise r; the candidate's block:
    // before Σₜ (r∘h(t−1))ᵀ ∂J/∂z_h̃; after Σₜ h(t−1)ᵀ ∂J/∂a and ∂J/∂b_hh = Σₜ ∂J/∂a
    recurrentGradient(trace, { dGates, dCandidate }, gradient, share) {
      if (!dCandidate) throw new Error('a GRU needs the gradient of its candidate');
      const { h, T, B } = trace;
      const into = (offset: number): StridedMatrix => columnsOf(gradient(`W_h${suffix}`), N, offset);
      const past = transposed(shifted(columnsOf(h, H), stateRows(place, 0).before * B, 0));
      const gates = partOf(share, 2 * H, PANEL);
      const ofGates = columnsOf(dGates, N, gatesAt + gates.first);
      kernels.multiplyStrided(past, ofGates, into(gatesAt + gates.first), H, T * B, gates.count, false);
      const { first, count } = partOf(share, H, PANEL);
      if (resetBefore) {
        const kept = transposed(columnsOf(candidateOf(trace), H));
        kernels.multiplyStrided(kept, columnsOf(dGates, N, g + first), into(g + first), H, T * B, count, false);
      } else {
        kernels.multiplyStrided(past, columnsOf(dCandidate, H, first), into(g + first), H, T * B, count, false);
        kernels.sumRows(dCandidate.subarray(0, T * B * H), H, gradient(`b_hh${suffix}`), first, count);
      }
    },
  };
}

function candidateOf({ recurrentCandidate }: { recurrentCandidate: Float32Array | null }): Float32Array {
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  return recurrentCandidate;
}
