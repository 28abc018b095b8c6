// The optimizers' updates in plain TypeScript: the definition of assembly/optimizers.ts.
import { SMALLEST_MOMENT, type OptimizerKernels } from './optimizerKernels';

const withoutDenormals = (moment: number): number => (Math.abs(moment) < SMALLEST_MOMENT ? 0 : moment);

export const javascriptOptimizers: OptimizerKernels = {
  adam(values, gradient, { first, second }, rates, squares) {
    const [stepSize, secondMomentScale, epsilon, decay1, rest1, decay2, rest2] = rates;
    squares[0] = 0;
    for (let at = 0; at < values.length; at++) {
      const g = gradient[at];
      const m = decay1 * first[at] + rest1 * g;
      const v = decay2 * second[at] + rest2 * g * g;
      const update = (stepSize * m) / (Math.sqrt(v) * secondMomentScale + epsilon);
      first[at] = withoutDenormals(m);
      second[at] = withoutDenormals(v);
      values[at] -= update;
      squares[0] += update * update;
    }
  },

  momentum(values, gradient, velocity, rates, squares) {
    const [stepSize, , , decay1] = rates;
    squares[0] = 0;
    for (let at = 0; at < values.length; at++) {
      const v = decay1 * velocity[at] + gradient[at];
      velocity[at] = withoutDenormals(v);
      values[at] -= stepSize * v;
      squares[0] += (stepSize * v) ** 2;
    }
  },

  rmsprop(values, gradient, second, rates, squares) {
    const [stepSize, , epsilon, , , decay2, rest2] = rates;
    squares[0] = 0;
    for (let at = 0; at < values.length; at++) {
      const v = decay2 * second[at] + rest2 * gradient[at] ** 2;
      const update = (stepSize * gradient[at]) / (Math.sqrt(v) + epsilon);
      second[at] = withoutDenormals(v);
      values[at] -= update;
      squares[0] += update * update;
    }
  },
};
