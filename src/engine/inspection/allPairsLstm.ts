// The LSTM in the all-pairs sweep: c(t) = f∘c(t−1) + i∘c̃, h(t) = o∘tanh c(t).
//   total ∂J/∂c(t) = ∂J/∂c(t+1) ∘ f(t+1) + ∂J/∂h(t) ∘ o ∘ (1 − tanh² c(t))
// It is carried as two parts that add up to it, so that their difference never cancels:
//   direct(i,i) = ∂J(i)/∂c(i) through h(i),  direct(i,j) = direct(i,j+1) ∘ f(j+1)
//   hiddenPath(i,i) = 0,  hiddenPath(i,j) = hiddenPath(i,j+1) ∘ f(j+1) + ∂J(i)/∂h(j) ∘ o ∘ (1 − tanh² c(j))
// The gates depend on h(t−1) and x(t) through h (o alone) and through c (f, i, c̃), the same way for every row:
//   ∂J/∂z_o = ∂J/∂h ∘ tanh c ∘ o(1−o)         ∂J/∂z_f = ∂J/∂c ∘ c(t−1) ∘ f(1−f)
//   ∂J/∂z_i = ∂J/∂c ∘ c̃ ∘ i(1−i)              ∂J/∂z_c̃ = ∂J/∂c ∘ i ∘ (1−c̃²)
// so ∂J/∂h(t−1) = [∂J/∂h | ∂J/∂c] M with M [2H,H] put together once per step from rows of W_hᵀ:
//   M = [ diag(tanh c ∘ o(1−o)) W_oᵀ ; diag(c(t−1) ∘ f(1−f)) W_fᵀ + diag(c̃ ∘ i(1−i)) W_iᵀ + diag(i ∘ (1−c̃²)) W_cᵀ ]
// and ∂J/∂x(t) likewise with W_xᵀ; half the arithmetic of going through all four gates for every row.
import type { StridedMatrix } from '../kernels/matrixKernels';
import { gateOffset } from '../network/gateOffset';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares } from './rowGradients';

export function createLstmSweep(rows: SweepRows): CellSweep {
  const { model, R, dh, dx, scales, recurrentWeights, inputWeights, recordNorms, from, ones } = rows;
  const { kernels, config, gateColumns: N } = model;
  const { hiddenUnits: H, embeddingSize: E } = config;
  const { gates, h } = rows.trace;
  const { c, tanhC } = cellStates(rows);
  const [F, I, O, G] = (['f', 'i', 'o', 'g'] as const).map((key) => gateOffset('lstm', key, H));
  const direct = kernels.allocate(R * H);
  const hiddenPath = kernels.allocate(R * H);
  /** [∂J(i)/∂h(j) | total ∂J(i)/∂c(j)] [R,2H]. */
  const both = kernels.allocate(R * 2 * H);
  const toHidden = kernels.allocate(2 * H * H);
  const toEmbedding = kernels.allocate(2 * H * E);
  const hiddenToCell = kernels.allocate(H);
  /** What multiplies ∂J/∂h or ∂J/∂c to give ∂J/∂z, in the columns of the gates. */
  const slopes = kernels.allocate(N);
  const forget = kernels.allocate(H);
  const weights = kernels.allocateDoubles(2 * H);

  function prepareStep(j: number): void {
    for (let k = 0; k < H; k++) {
      const at = j * N + k;
      const [f, i, o, g] = [gates[at + F], gates[at + I], gates[at + O], gates[at + G]];
      const squashed = tanhC[j * H + k];
      hiddenToCell[k] = o * (1 - squashed * squashed);
      forget[k] = f;
      slopes[O + k] = squashed * o * (1 - o);
      slopes[F + k] = c[j * H + k] * f * (1 - f);
      slopes[I + k] = g * i * (1 - i);
      slopes[G + k] = i * (1 - g * g);
    }
  }

  /** M [2H,columns] from transposed weights [4H,columns]. */
  function joinWeights(weights: Float32Array, columns: number, into: Float32Array): void {
    const weightsOf = (offset: number) => from(weights, offset, columns);
    const slopesOf = (offset: number) => slopes.subarray(offset, offset + H);
    const [viaHidden, viaCell] = [from(into, 0, columns), from(into, H, columns)];
    kernels.sweep.scaleRows(weightsOf(O), slopesOf(O), viaHidden, H, columns, false);
    kernels.sweep.scaleRows(weightsOf(F), slopesOf(F), viaCell, H, columns, false);
    kernels.sweep.scaleRows(weightsOf(I), slopesOf(I), viaCell, H, columns, true);
    kernels.sweep.scaleRows(weightsOf(G), slopesOf(G), viaCell, H, columns, true);
  }

  /** into = a ∘ factors + b, row by row from row `first` on. */
  function add(first: number, a: StridedMatrix, factors: Float32Array, b: StridedMatrix, into: StridedMatrix): void {
    kernels.sweep.scaleColumns({ values: a, factors }, { values: b, factors: ones }, into, R - first, H, false);
  }

  return {
    carried: [dh, direct, hiddenPath],
    matrices: ['gradient.cell', 'gradient.direct', 'gradient.hiddenPath'],
    enterStep(j) {
      prepareStep(j);
      // Row j's loss reaches c(j) directly; every later one has come through some h.
      for (let k = 0; k < H; k++) direct[j * H + k] += dh[j * H + k] * hiddenToCell[k];
      if (j + 1 < R) {
        const path = from(hiddenPath, j + 1, H);
        add(j + 1, from(dh, j + 1, H), hiddenToCell, path, path);
      }
      const total = from(both, j, 2 * H, H);
      const stay = { values: from(dh, j, H), factors: ones };
      kernels.sweep.scaleColumns(stay, null, from(both, j, 2 * H), R - j, H, false);
      add(j, from(direct, j, H), ones, from(hiddenPath, j, H), total);
      recordNorms('gradient.cell', j, total);
      recordNorms('gradient.direct', j, from(direct, j, H));
      recordNorms('gradient.hiddenPath', j, from(hiddenPath, j, H));
    },
    toInput(j) {
      joinWeights(inputWeights, E, toEmbedding);
      kernels.multiply(both.subarray(j * 2 * H), toEmbedding, dx.subarray(j * E), R - j, 2 * H, E, false);
    },
    weightNorm(j) {
      const sums = scales.sumOfRows(both, 2 * H, j);
      const dzSum = Float64Array.from(
        slopes,
        (slope, at) => slope * sums[at >= O && at < O + H ? at - O : H + (at % H)],
      );
      return Math.sqrt(sumOfSquares(h, j * H, H) * sumOfSquares(dzSum, 0, N));
    },
    // ‖∂J(i)/∂z(j)‖² = Σ ∂J/∂h² ∘ slope_o² + ∂J/∂c² ∘ (slope_f² + slope_i² + slope_c²)
    weightColumns(j) {
      const past = sumOfSquares(h, j * H, H);
      for (let k = 0; k < H; k++) {
        weights[k] = past * slopes[O + k] ** 2;
        weights[H + k] = past * (slopes[F + k] ** 2 + slopes[I + k] ** 2 + slopes[G + k] ** 2);
      }
      return { from: from(both, j, 2 * H), weights };
    },
    toPreviousState(j) {
      for (const buffer of [direct, hiddenPath]) {
        const values = from(buffer, j, H);
        kernels.sweep.scaleColumns({ values, factors: forget }, null, values, R - j, H, true);
      }
      joinWeights(recurrentWeights, H, toHidden);
      kernels.multiply(both.subarray(j * 2 * H), toHidden, dh.subarray(j * H), R - j, 2 * H, H, false);
    },
  };
}

function cellStates({ trace: { c, tanhC } }: SweepRows): { c: Float32Array; tanhC: Float32Array } {
  if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
  return { c, tanhC };
}
