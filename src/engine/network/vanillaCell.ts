// The vanilla (Elman) cell: h(t) = φ(z(t)), z(t) = W_h h(t−1) + W_x x(t) + b, φ ∈ {tanh, σ, relu}.
import type { Activation } from '../cells/cellDescription';
import { columnsOf, transposed, type StridedMatrix } from '../kernels/matrixKernels';
import type { LanguageModel } from './languageModel';
import type { RecurrentCell } from './recurrentCell';

/** φ′(z) written with the activated value h = φ(z). */
const DERIVATIVE_FROM_VALUE: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

export function createVanillaCell({ kernels, config, parameters }: LanguageModel): RecurrentCell {
  const { hiddenUnits: H, activation } = config;
  const weights = columnsOf(parameters.get('W_h').values, H);
  const derivative = DERIVATIVE_FROM_VALUE[activation];
  const step = (values: Float32Array, t: number, B: number): StridedMatrix => ({
    ...columnsOf(values, H),
    offset: t * B * H,
  });
  return {
    forwardStep(trace, t) {
      const { B, gates, h } = trace;
      kernels.multiplyStrided(step(h, t, B), weights, step(gates, t, B), B, H, H, true);
      const activated = gates.subarray(t * B * H, (t + 1) * B * H);
      kernels.activate(activation, activated, B, H, 0, H);
      h.set(activated, (t + 1) * B * H);
    },

    // ∂J/∂z(t) = φ′(z(t)) ∘ ∂J/∂h(t);  ∂J/∂h(t−1) += ∂J/∂z(t) W_hᵀ
    backwardStep(trace, t, { dh, dGates }) {
      const { B, h } = trace;
      const size = B * H;
      const here = t * size;
      const output = here + size;
      for (let k = 0; k < size; k++) dGates[here + k] = dh[output + k] * derivative(h[output + k]);
      kernels.multiplyStrided(step(dGates, t, B), transposed(weights), step(dh, t, B), B, H, H, true);
    },

    // ∂J/∂W_h = Σₜ h(t−1)ᵀ ∂J/∂z(t)
    recurrentGradient(trace, { dGates }, gradient) {
      const states = transposed(columnsOf(trace.h, H));
      const into = columnsOf(gradient('W_h'), H);
      kernels.multiplyStrided(states, columnsOf(dGates, H), into, H, trace.T * trace.B, H, false);
    },
  };
}
