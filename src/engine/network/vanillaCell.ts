// The vanilla (Elman) cell: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b, φ ∈ {tanh, σ, relu}.
import { columnsOf, transposed } from '../kernels/matrixKernels';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createVanillaCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const { hiddenUnits: H, activation } = config;
  const weights = columnsOf(parameters.get('W_h').values, H);
  return {
    forwardPass({ B, T, gates, h }) {
      const shape = { lanes: B, units: H, gateColumns: H };
      const packed = kernels.pack(weights, H, H);
      for (let t = 0; t < T; t++) {
        const z = stepRows(gates, t, B, H);
        kernels.multiplyPacked(columnsOf(stepRows(h, t, B, H), H), packed, columnsOf(z, H), B, true);
        kernels.cells.vanillaForward(activation, shape, z, stepRows(h, t + 1, B, H));
      }
    },

    // ∂J/∂z(t) = φ′(z(t)) ∘ ∂J/∂h(t);  ∂J/∂h(t−1) += ∂J/∂z(t) W_hᵀ
    backwardPass({ B, T, h }, { dh, dGates }) {
      const shape = { lanes: B, units: H, gateColumns: H };
      const packed = kernels.pack(transposed(weights), H, H);
      for (let t = T - 1; t >= 0; t--) {
        const dz = stepRows(dGates, t, B, H);
        const output = stepRows(h, t + 1, B, H);
        kernels.cells.vanillaBackward(activation, shape, output, stepRows(dh, t + 1, B, H), dz);
        kernels.multiplyPacked(columnsOf(dz, H), packed, columnsOf(stepRows(dh, t, B, H), H), B, true);
      }
    },

    // ∂J/∂W_h = Σₜ h(t−1)ᵀ ∂J/∂z(t)
    recurrentGradient(trace, { dGates }, gradient) {
      const states = transposed(columnsOf(trace.h, H));
      const into = columnsOf(gradient('W_h'), H);
      kernels.multiplyStrided(states, columnsOf(dGates, H), into, H, trace.T * trace.B, H, false);
    },
  };
}
