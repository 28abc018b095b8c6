// The vanilla cell in the all-pairs sweep: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b.
//   ∂J/∂z(t) = ∂J/∂h(t) ∘ φ′(z(t)),  [∂J/∂x(t) | ∂J/∂h(t−1)] = ∂J/∂z(t) [W_xᵀ | W_hᵀ]
// so the step's matrix is diag(φ′) [W_xᵀ | W_hᵀ].
import type { Activation } from '../cells/cellDescription';
import {
  packGate,
  singleState,
  storeWeights,
  sumOfSquares,
  valuesAt,
  type CellSweep,
  type SweepPlace,
} from './cellSweep';

/** φ′ as a function of φ's value. */
const DERIVATIVES: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

export function createVanillaSweep(place: SweepPlace): CellSweep {
  const { model, layer, memory, rows } = place;
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const derivative = DERIVATIVES[config.activation];
  const [weights] = memory.parts;
  const [slope] = memory.vectors;
  const toWeights = new Float64Array(H);
  packGate(place, 0, weights);
  const parts = [{ weights, factors: slope }];
  return {
    ...singleState(place),
    prepare(t) {
      const { before, after } = valuesAt(place, t);
      for (let k = 0; k < H; k++) slope[k] = derivative(layer.h[after + k]);
      kernels.sweep.combinePacked(parts, memory.step, 0);
      if (!place.weights) return 0;
      for (let k = 0; k < H; k++) toWeights[k] = slope[k];
      return storeWeights(toWeights, memory.weights) * Math.sqrt(sumOfSquares(layer.h, before, H));
    },
    measure: (first, count) =>
      kernels.sweep.measureRows(rows.state(first), memory.weights, count, H, H, memory.squares),
  };
}
