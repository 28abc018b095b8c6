// The LSTM cell: f, i, o = σ(z), c̃ = tanh(z), c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t), z = W_h h(t−1) + W_x x(t) + b.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import { columnsOf, transposed } from '../kernels/matrixKernels';
import { gateOffset } from './gateOffset';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';

export function createLstmCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const H = config.hiddenUnits;
  const N = CELL_DESCRIPTIONS.lstm.blocks * H;
  const [F, I, O, G] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const weights = columnsOf(parameters.get('W_h').values, N);
  return {
    forwardStep(trace, t) {
      const { B, gates, h } = trace;
      const { c, tanhC } = cellStates(trace);
      const previous = t * B * H;
      const next = previous + B * H;
      const z = gates.subarray(t * B * N, (t + 1) * B * N);
      kernels.multiplyStrided({ ...columnsOf(h, H), offset: previous }, weights, columnsOf(z, N), B, H, N, true);
      for (const offset of [F, I, O]) kernels.activate('sigmoid', z, B, N, offset, H);
      kernels.activate('tanh', z, B, N, G, H);
      for (let lane = 0; lane < B; lane++) {
        const row = lane * N;
        for (let k = 0; k < H; k++) {
          const at = lane * H + k;
          c[next + at] = z[row + F + k] * c[previous + at] + z[row + I + k] * z[row + G + k];
        }
      }
      const squashed = tanhC.subarray(previous, next);
      squashed.set(c.subarray(next, next + B * H));
      kernels.activate('tanh', squashed, B, H, 0, H);
      for (let lane = 0; lane < B; lane++) {
        const row = lane * N;
        for (let k = 0; k < H; k++) h[next + lane * H + k] = z[row + O + k] * squashed[lane * H + k];
      }
    },

    // total ∂J/∂c(t) = ∂J/∂c(t) from c(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
    // ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1 − f)      ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1 − i)
    // ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1 − o)      ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1 − c̃²)
    // ∂J/∂c(t−1) = ∂J/∂c ∘ f                   ∂J/∂h(t−1) += ∂J/∂z W_hᵀ
    backwardStep(trace, t, { dh, dc, dGates }) {
      if (!dc) throw new Error('an LSTM needs the gradient of its cell state');
      const { B, gates } = trace;
      const { c, tanhC } = cellStates(trace);
      const previous = t * B * H;
      const next = previous + B * H;
      for (let lane = 0; lane < B; lane++) {
        const row = (t * B + lane) * N;
        for (let k = 0; k < H; k++) {
          const at = lane * H + k;
          const f = gates[row + F + k];
          const i = gates[row + I + k];
          const o = gates[row + O + k];
          const g = gates[row + G + k];
          const squashed = tanhC[previous + at];
          const dOutput = dh[next + at];
          const dCell = dc[at] + dOutput * o * (1 - squashed * squashed);
          dGates[row + F + k] = dCell * c[previous + at] * f * (1 - f);
          dGates[row + I + k] = dCell * g * i * (1 - i);
          dGates[row + O + k] = dOutput * squashed * o * (1 - o);
          dGates[row + G + k] = dCell * i * (1 - g * g);
          dc[at] = dCell * f;
        }
      }
      const dz = { ...columnsOf(dGates, N), offset: t * B * N };
      kernels.multiplyStrided(dz, transposed(weights), { ...columnsOf(dh, H), offset: previous }, B, N, H, true);
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
