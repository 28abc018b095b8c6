// The LSTM in the all-pairs sweep: c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t).
//   total ∂J/∂c(t) = ∂J/∂c(t+1) ∘ f(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
// Its two parts are carried beside it where they are asked for, because sums and differences of them may cancel (cellPaths.ts):
//   direct(i,i) = ∂J(i)/∂c(i),  direct(i,j) = direct(i,j+1) ∘ f(j+1)
//   hiddenPath(i,i) = 0,  hiddenPath(i,j) = hiddenPath(i,j+1) ∘ f(j+1) + ∂J(i)/∂h(j) ∘ o ∘ (1 − tanh² c(j))
// (where a layer above reads the other way J(i) depends on states beyond i, too; until i all of that counts as hiddenPath).
// The gates depend on h(t−1) and x(t) through h (o alone) and through c (f, i, c̃), the same way for every row:
//   ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1−o)         ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1−f)
//   ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1−i)              ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1−c̃²)
// so [∂J/∂x(t) | ∂J/∂h(t−1)] = [∂J/∂h | ∂J/∂c] M with M put together once per step from rows of W_gᵀ = [W_xᵀ | W_hᵀ] of gate g:
//   M = [ diag(tanh c ∘ o(1−o)) W_oᵀ ; diag(c(t−1) ∘ f(1−f)) W_fᵀ + diag(c̃ ∘ i(1−i)) W_iᵀ + diag(i ∘ (1−c̃²)) W_cᵀ ],
// half the arithmetic of going through all four gates for every row.
import { gateOffset } from '../network/gateOffset';
import { CellPaths } from './cellPaths';
import { packGate, storeWeights, sumOfSquares, valuesAt, type CellSweep, type SweepPlace } from './cellSweep';

export function createLstmSweep(place: SweepPlace): CellSweep {
  const { model, layer, memory, rows } = place;
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const { gates, h } = layer;
  const { c, tanhC } = cellStates(place);
  const offsets = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const [F, I, O, G] = offsets;
  const [ofF, ofI, ofO, ofG] = memory.parts;
  const [toCell, forget, slopeF, slopeI, slopeO, slopeG] = memory.vectors;
  const toWeights = new Float64Array(2 * H);
  offsets.forEach((offset, k) => packGate(place, offset, memory.parts[k]));
  const [hidden, cell, weightItemised] = memory.squares;
  const paths = memory.paths && new CellPaths(kernels, H, memory.paths);
  const throughHidden = [{ weights: ofO, factors: slopeO }];
  const throughCell = [
    { weights: ofF, factors: slopeF },
    { weights: ofI, factors: slopeI },
    { weights: ofG, factors: slopeG },
  ];
  let gatesAt = 0;

  /** ‖∂J/∂W_h‖² = ‖h(t−1)‖² Σ ∂J/∂h² ∘ slope_o² + ∂J/∂c² ∘ (slope_f² + slope_i² + slope_c²) */
  function prepareWeights(before: number): number {
    for (let k = 0; k < H; k++) {
      toWeights[k] = Math.abs(slopeO[k]);
      toWeights[H + k] = Math.sqrt(slopeF[k] * slopeF[k] + slopeI[k] * slopeI[k] + slopeG[k] * slopeG[k]);
    }
    return storeWeights(toWeights, memory.weights) * Math.sqrt(sumOfSquares(h, before, H));
  }

  return {
    norms: [
      { name: 'hidden', squares: hidden, scales: rows.scales },
      { name: 'cell', squares: cell, scales: rows.scales },
      ...(paths?.norms ?? []),
      { name: 'weightItemised', squares: weightItemised, scales: rows.scales },
    ],
    clear() {
      rows.clear();
      paths?.clear();
    },
    prepare(t) {
      const { gates: at, before, token } = valuesAt(place, t);
      for (let k = 0; k < H; k++) {
        const f = gates[at + F + k];
        const i = gates[at + I + k];
        const o = gates[at + O + k];
        const g = gates[at + G + k];
        const squashed = tanhC[token + k];
        toCell[k] = o * (1 - squashed * squashed);
        slopeO[k] = squashed * o * (1 - o);
        slopeF[k] = c[before + k] * f * (1 - f);
        slopeI[k] = g * i * (1 - i);
        slopeG[k] = i * (1 - g * g);
      }
      gatesAt = at;
      kernels.sweep.combinePacked(throughHidden, memory.step, 0);
      kernels.sweep.combinePacked(throughCell, memory.step, H);
      return place.weights ? prepareWeights(before) : 0;
    },
    measure(first, count) {
      const [state, later] = [rows.state(first), rows.later(first, H)];
      kernels.sweep.lstmRows({ rows: state, later, toCell, forget, weights: memory.weights }, count, H, memory.squares);
      paths?.measure(state, rows.scales, first, count, toCell, forget);
      // The forget gate of this step is between its cell state and the one that is looked at next.
      forget.set(gates.subarray(gatesAt + F, gatesAt + F + H));
    },
    begin: (row, at) => paths?.begin(row, at),
    settle(first, count) {
      rows.rescale(first, count, [hidden, cell]);
      paths?.settle(first, count);
    },
  };
}

function cellStates({ layer: { c, tanhC } }: SweepPlace): { c: Float32Array; tanhC: Float32Array } {
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  return { c, tanhC };
}
