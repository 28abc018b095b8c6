// The LSTM cell: f, i, o = σ(z), c̃ = tanh(z), c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t), z = W_h h(t−1) + W_x x(t) + b.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { columnsOf, PANEL, shifted, transposed } from '../kernels/matrixKernels';
import { partOf } from '../kernels/programs';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import { readingOrder, stateRows } from './layerTrace';
import { layerSuffix, type LayerPlace } from './networkConfig';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createLstmCell({ kernels, config, parameters }: LanguageModel, place: LayerPlace): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.lstm.blocks * H;
  const [f, i, o, g] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const blocks = { f, i, o, g };
  const name = `W_h${layerSuffix(place)}`;
  const weights = columnsOf(parameters.get(name).values, N);
  return {
    packForward({ packed }, share) {
      const { first, count } = partOf(share, N, PANEL);
      kernels.packColumns(weights, { values: packed, k: H, n: N }, first, count);
    },

    forwardPass(trace, lanes) {
      const { B, gates, h, packed } = trace;
      const { c, tanhC } = cellStates(trace);
      const shape = { lanes: lanes.count, units: H, gateColumns: N };
      const recurrent = { values: packed, k: H, n: N };
      for (const t of readingOrder(trace)) {
        const { before, after } = stateRows(place, t);
        const z = stepRows(gates, t, B, N, lanes);
        const past = columnsOf(stepRows(h, before, B, H, lanes), H);
        kernels.multiplyPacked(past, recurrent, columnsOf(z, N), lanes.count, true);
        kernels.cells.lstmForward(shape, blocks, {
          gates: z,
          previousC: stepRows(c, before, B, H, lanes),
          c: stepRows(c, after, B, H, lanes),
          tanhC: stepRows(tanhC, t, B, H, lanes),
          h: stepRows(h, after, B, H, lanes),
        });
      }
    },

    packBackward({ packed }, share) {
      const { first, count } = partOf(share, H, PANEL);
      kernels.packColumns(transposed(weights), { values: packed, k: N, n: H }, first, count);
    },

    // total ∂J/∂c(t) = ∂J/∂c(t) from c(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
    // ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1 − f)      ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1 − i)
    // ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1 − o)      ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1 − c̃²)
    // ∂J/∂c(t−1) = ∂J/∂c ∘ f                   ∂J/∂h(t−1) += ∂J/∂z W_hᵀ
    backwardPass(trace, gradients, lanes) {
      const { dh, dc, dGates } = gradients;
      if (!dc) throw new Error('an LSTM needs the gradient of its cell state');
      const { B, gates, packed } = trace;
      const { c, tanhC } = cellStates(trace);
      const shape = { lanes: lanes.count, units: H, gateColumns: N };
      const recurrent = { values: packed, k: N, n: H };
      for (const t of readingOrder(trace).reverse()) {
        const { before, after } = stateRows(place, t);
        const dz = stepRows(dGates, t, B, N, lanes);
        kernels.cells.lstmBackward(shape, blocks, {
          gates: stepRows(gates, t, B, N, lanes),
          dGates: dz,
          previousC: stepRows(c, before, B, H, lanes),
          tanhC: stepRows(tanhC, t, B, H, lanes),
          dh: stepRows(dh, after, B, H, lanes),
          dc: stepRows(dc, 0, B, H, lanes),
        });
        const into = columnsOf(stepRows(dh, before, B, H, lanes), H);
        kernels.multiplyPacked(columnsOf(dz, N), recurrent, into, lanes.count, true);
      }
    },

    // ∂J/∂W_h = Σₜ h(t−1)ᵀ ∂J/∂z(t)
    recurrentGradient({ T, B, h }, { dGates }, gradient, share) {
      const { first, count } = partOf(share, N, PANEL);
      const past = shifted(columnsOf(h, H), stateRows(place, 0).before * B, 0);
      const into = columnsOf(gradient(name), N, first);
      kernels.multiplyStrided(transposed(past), columnsOf(dGates, N, first), into, H, T * B, count, false);
    },
  };
}

function cellStates<S>({ c, tanhC }: { c: S | null; tanhC: S | null }): { c: S; tanhC: S } {
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  return { c, tanhC };
}
