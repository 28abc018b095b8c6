// The vanilla cell in the all-pairs sweep: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b.
//   ∂J/∂z(t) = ∂J/∂h(t) ∘ φ′(z(t)),  ∂J/∂h(t−1) = ∂J/∂z(t) W_hᵀ
import type { Activation } from '../cells/cellDescription';
import type { CellSweep, SweepRows } from './cellSweep';
import { sumOfSquares, withoutDenormals } from './rowGradients';

/** φ′ as a function of φ's value. */
const DERIVATIVES: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

export function createVanillaSweep({ model, trace, R, dh, dz, recurrentWeights }: SweepRows): CellSweep {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const derivative = DERIVATIVES[config.activation];
  const slope = new Float32Array(H);
  return {
    carried: [dh],
    matrices: [],
    toPreActivations(j) {
      for (let k = 0; k < H; k++) slope[k] = derivative(trace.h[(j + 1) * H + k]);
      for (let i = j; i < R; i++)
        for (let k = 0; k < H; k++) dz[i * H + k] = withoutDenormals(dh[i * H + k] * slope[k]);
    },
    toPreviousState(j) {
      kernels.multiply(dz.subarray(j * H), recurrentWeights, dh.subarray(j * H), R - j, H, H, false);
    },
    weightNorm: (j, dzSum) => Math.sqrt(sumOfSquares(trace.h, j * H, H) * sumOfSquares(dzSum, 0, H)),
  };
}
