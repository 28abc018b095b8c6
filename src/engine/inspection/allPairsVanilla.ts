// The vanilla cell in the all-pairs sweep: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b.
//   ∂J/∂z(t) = ∂J/∂h(t) ∘ φ′(z(t)),  ∂J/∂h(t−1) = ∂J/∂z(t) W_hᵀ,  ∂J/∂x(t) = ∂J/∂z(t) W_xᵀ
import type { Activation } from '../cells/cellDescription';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares } from './rowGradients';

/** φ′ as a function of φ's value. */
const DERIVATIVES: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

export function createVanillaSweep(rows: SweepRows): CellSweep {
  const { model, trace, R, dh, dx, scales, recurrentWeights, inputWeights, from } = rows;
  const { kernels, config } = model;
  const { hiddenUnits: H, embeddingSize: E } = config;
  const derivative = DERIVATIVES[config.activation];
  const slope = kernels.allocate(H);
  /** ∂J(i)/∂z(j) [R,H]. */
  const dz = kernels.allocate(R * H);
  const weights = kernels.allocateDoubles(H);
  return {
    carried: [dh],
    matrices: [],
    enterStep(j) {
      for (let k = 0; k < H; k++) slope[k] = derivative(trace.h[(j + 1) * H + k]);
      const through = { values: from(dh, j, H), factors: slope };
      kernels.sweep.scaleColumns(through, null, from(dz, j, H), R - j, H, false);
    },
    toInput: (j) => kernels.multiply(dz.subarray(j * H), inputWeights, dx.subarray(j * E), R - j, H, E, false),
    weightNorm(j) {
      const dzSum = scales.sumOfRows(dz, H, j);
      return Math.sqrt(sumOfSquares(trace.h, j * H, H) * sumOfSquares(dzSum, 0, H));
    },
    weightColumns: (j) => ({ from: from(dz, j, H), weights: weights.fill(sumOfSquares(trace.h, j * H, H)) }),
    toPreviousState: (j) =>
      kernels.multiply(dz.subarray(j * H), recurrentWeights, dh.subarray(j * H), R - j, H, H, false),
  };
}
