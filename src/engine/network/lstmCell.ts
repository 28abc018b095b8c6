// The LSTM cell: f, i, o = σ(z), c̃ = tanh(z), c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t), z = W_h h(t−1) + W_x x(t) + b.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { columnsOf, transposed } from '../kernels/matrixKernels';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';
import { stepRows } from './stepRows';

export function createLstmCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.lstm.blocks * H;
  const [f, i, o, g] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const blocks = { f, i, o, g };
  const weights = columnsOf(parameters.get('W_h').values, N);
  return {
    forwardPass(trace) {
      const { B, T, gates, h } = trace;
      const { c, tanhC } = cellStates(trace);
      const shape = { lanes: B, units: H, gateColumns: N };
      const packed = kernels.pack(weights, H, N);
      for (let t = 0; t < T; t++) {
        const z = stepRows(gates, t, B, N);
        const previous = stepRows(h, t, B, H);
        kernels.multiplyPacked(columnsOf(previous, H), packed, columnsOf(z, N), B, true);
        kernels.cells.lstmForward(shape, blocks, {
          gates: z,
          previousC: stepRows(c, t, B, H),
          c: stepRows(c, t + 1, B, H),
          tanhC: stepRows(tanhC, t, B, H),
          h: stepRows(h, t + 1, B, H),
        });
      }
    },

    // total ∂J/∂c(t) = ∂J/∂c(t) from c(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
    // ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1 − f)      ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1 − i)
    // ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1 − o)      ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1 − c̃²)
    // ∂J/∂c(t−1) = ∂J/∂c ∘ f                   ∂J/∂h(t−1) += ∂J/∂z W_hᵀ
    backwardPass(trace, { dh, dc, dGates }) {
      if (!dc) throw new Error('an LSTM needs the gradient of its cell state');
      const { B, T, gates } = trace;
      const { c, tanhC } = cellStates(trace);
      const shape = { lanes: B, units: H, gateColumns: N };
      const packed = kernels.pack(transposed(weights), N, H);
      for (let t = T - 1; t >= 0; t--) {
        const dz = stepRows(dGates, t, B, N);
        kernels.cells.lstmBackward(shape, blocks, {
          gates: stepRows(gates, t, B, N),
          dGates: dz,
          previousC: stepRows(c, t, B, H),
          tanhC: stepRows(tanhC, t, B, H),
          dh: stepRows(dh, t + 1, B, H),
          dc,
        });
        kernels.multiplyPacked(columnsOf(dz, N), packed, columnsOf(stepRows(dh, t, B, H), H), B, true);
      }
    },

    // ∂J/∂W_h = Σₜ h(t−1)ᵀ ∂J/∂z(t)
    recurrentGradient(trace, { dGates }, gradient) {
      const states = transposed(columnsOf(trace.h, H));
      const into = columnsOf(gradient('W_h'), N);
      kernels.multiplyStrided(states, columnsOf(dGates, N), into, H, trace.T * trace.B, N, false);
    },
  };
}

function cellStates<S>({ c, tanhC }: { c: S | null; tanhC: S | null }): { c: S; tanhC: S } {
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  return { c, tanhC };
}
