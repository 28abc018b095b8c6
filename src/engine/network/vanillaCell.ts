// The vanilla (Elman) cell: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b, φ ∈ {tanh, σ, relu}.
import { columnsOf, PANEL, shifted, transposed } from '../kernels/matrixKernels';
import { partOf } from '../kernels/programs';
import type { LanguageModel } from './languageModel';
import { readingOrder, stateRows } from './layerTrace';
import { layerSuffix, type LayerPlace } from './networkConfig';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createVanillaCell({ kernels, config, parameters }: LanguageModel, place: LayerPlace): RecurrentCell {
  const { hiddenUnits: H, activation } = config;
  const name = `W_h${layerSuffix(place)}`;
  const weights = columnsOf(parameters.get(name).values, H);
  const packedIn = (values: Float32Array) => ({ values, k: H, n: H });
  return {
    packForward({ packed }, share) {
      const { first, count } = partOf(share, H, PANEL);
      kernels.packColumns(weights, packedIn(packed), first, count);
    },

    forwardPass(trace, lanes) {
      const { B, gates, h, packed } = trace;
      const shape = { lanes: lanes.count, units: H, gateColumns: H };
      for (const t of readingOrder(trace)) {
        const { before, after } = stateRows(place, t);
        const z = stepRows(gates, t, B, H, lanes);
        const past = columnsOf(stepRows(h, before, B, H, lanes), H);
        kernels.multiplyPacked(past, packedIn(packed), columnsOf(z, H), lanes.count, true);
        kernels.cells.vanillaForward(activation, shape, z, stepRows(h, after, B, H, lanes));
      }
    },

    packBackward({ packed }, share) {
      const { first, count } = partOf(share, H, PANEL);
      kernels.packColumns(transposed(weights), packedIn(packed), first, count);
    },

    // ∂J/∂z(t) = φ′(z(t)) ∘ ∂J/∂h(t);  ∂J/∂h(t−1) += ∂J/∂z(t) W_hᵀ
    backwardPass(trace, { dh, dGates }, lanes) {
      const { B, h, packed } = trace;
      const shape = { lanes: lanes.count, units: H, gateColumns: H };
      for (const t of readingOrder(trace).reverse()) {
        const { before, after } = stateRows(place, t);
        const dz = stepRows(dGates, t, B, H, lanes);
        const output = stepRows(h, after, B, H, lanes);
        kernels.cells.vanillaBackward(activation, shape, output, stepRows(dh, after, B, H, lanes), dz);
        const into = columnsOf(stepRows(dh, before, B, H, lanes), H);
        kernels.multiplyPacked(columnsOf(dz, H), packedIn(packed), into, lanes.count, true);
      }
    },

    // ∂J/∂W_h = Σₜ h(t−1)ᵀ ∂J/∂z(t)
    recurrentGradient({ T, B, h }, { dGates }, gradient, share) {
      const { first, count } = partOf(share, H, PANEL);
      const past = shifted(columnsOf(h, H), stateRows(place, 0).before * B, 0);
      const into = columnsOf(gradient(name), H, first);
      kernels.multiplyStrided(transposed(past), columnsOf(dGates, H, first), into, H, T * B, count, false);
    },
  };
}
