// The LSTM in the all-pairs sweep: c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t).
//   total ∂J/∂c(t)  = ∂J/∂c(t+1) ∘ f(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
//   ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1−f)      ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1−i)
//   ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1−o)      ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1−c̃²)
//   ∂J/∂h(t−1) = ∂J/∂z W_hᵀ
// The total is carried as two parts that add up to it, so that their difference never cancels:
//   direct(i,i) = ∂J(i)/∂c(i) through h(i),  direct(i,j) = direct(i,j+1) ∘ f(j+1)
//   hiddenPath(i,i) = 0,  hiddenPath(i,j) = hiddenPath(i,j+1) ∘ f(j+1) + ∂J(i)/∂h(j) ∘ o ∘ (1 − tanh² c(j))
import { gateOffset } from '../network/gateOffset';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares, withoutDenormals } from './rowGradients';

export function createLstmSweep(rows: SweepRows): CellSweep {
  const { model, trace, R, dh, dz, scales, recurrentWeights, record } = rows;
  const { kernels, config, gateColumns: N } = model;
  const H = config.hiddenUnits;
  const { gates, h, c, tanhC } = trace;
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  const [F, I, O, G] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const direct = kernels.allocate(R * H);
  const hiddenPath = kernels.allocate(R * H);
  // Of step j alone, shared by all rows: what multiplies ∂J/∂h or ∂J/∂c.
  const [hiddenToCell, forgetSlope, inputSlope, outputSlope, candidateSlope] = Array.from(
    { length: 5 },
    () => new Float64Array(H),
  );

  function prepareStep(j: number): void {
    for (let k = 0; k < H; k++) {
      const at = j * N + k;
      const [f, i, o, g] = [gates[at + F], gates[at + I], gates[at + O], gates[at + G]];
      const squashed = tanhC![j * H + k]; // checked above; closures lose the narrowing
      hiddenToCell[k] = o * (1 - squashed * squashed);
      forgetSlope[k] = c![j * H + k] * f * (1 - f);
      inputSlope[k] = g * i * (1 - i);
      outputSlope[k] = squashed * o * (1 - o);
      candidateSlope[k] = i * (1 - g * g);
    }
  }

  return {
    carried: [dh, direct, hiddenPath],
    matrices: ['gradient.cell', 'gradient.direct', 'gradient.hiddenPath'],
    toPreActivations(j) {
      prepareStep(j);
      for (let i = j; i < R; i++) {
        const into = i === j ? direct : hiddenPath;
        let totalSquares = 0;
        for (let k = 0; k < H; k++) {
          const at = i * H + k;
          into[at] += dh[at] * hiddenToCell[k];
          const total = direct[at] + hiddenPath[at];
          totalSquares += total * total;
          const z = i * N + k;
          dz[z + F] = withoutDenormals(total * forgetSlope[k]);
          dz[z + I] = withoutDenormals(total * inputSlope[k]);
          dz[z + O] = withoutDenormals(dh[at] * outputSlope[k]);
          dz[z + G] = withoutDenormals(total * candidateSlope[k]);
        }
        record('gradient.cell', i, j, scales.norm(i, totalSquares));
        record('gradient.direct', i, j, scales.norm(i, sumOfSquares(direct, i * H, H)));
        record('gradient.hiddenPath', i, j, scales.norm(i, sumOfSquares(hiddenPath, i * H, H)));
      }
    },
    toPreviousState(j) {
      const forget = gates.subarray(j * N + F, j * N + F + H);
      for (let i = j; i < R; i++)
        for (let k = 0; k < H; k++) {
          direct[i * H + k] = withoutDenormals(direct[i * H + k] * forget[k]);
          hiddenPath[i * H + k] = withoutDenormals(hiddenPath[i * H + k] * forget[k]);
        }
      kernels.multiply(dz.subarray(j * N), recurrentWeights, dh.subarray(j * H), R - j, N, H, false);
    },
    weightNorm: (j, dzSum) => Math.sqrt(sumOfSquares(h, j * H, H) * sumOfSquares(dzSum, 0, N)),
  };
}
