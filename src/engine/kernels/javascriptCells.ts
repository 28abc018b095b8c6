// The timesteps of the cells in plain TypeScript: the definition of assembly/lstmStep.ts, gruStep.ts and vanillaStep.ts.
import type { Activation } from '../cells/cellDescription';
import type { CellKernels, StepShape } from './cellKernels';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const ACTIVATION_FUNCTIONS: Record<Activation, (x: number) => number> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (x) => (x > 0 ? x : x !== x ? x : 0),
};

/** φ′(z) written with the activated value h = φ(z). */
const DERIVATIVE_FROM_VALUE: Record<Activation, (h: number) => number> = {
  tanh: (h) => 1 - h * h,
  sigmoid: (h) => h * (1 - h),
  relu: (h) => (h > 0 ? 1 : 0),
};

/** Visits every unit: its place in [lanes,units] and, without a gate's offset, in [lanes,gateColumns]. */
function forEachUnit({ lanes, units, gateColumns }: StepShape, visit: (at: number, row: number) => void): void {
  for (let lane = 0; lane < lanes; lane++)
    for (let k = 0; k < units; k++) visit(lane * units + k, lane * gateColumns + k);
}

export const javascriptCells: CellKernels = {
  lstmForward(shape, { f, i, o, g }, { gates: z, previousC, c, tanhC, h }) {
    forEachUnit(shape, (at, row) => {
      for (const gate of [f, i, o]) z[row + gate] = sigmoid(z[row + gate]);
      z[row + g] = Math.tanh(z[row + g]);
      c[at] = z[row + f] * previousC[at] + z[row + i] * z[row + g];
      tanhC[at] = Math.tanh(c[at]);
      h[at] = z[row + o] * tanhC[at];
    });
  },

  lstmBackward(shape, blocks, { gates, dGates, previousC, tanhC, dh, dc }) {
    forEachUnit(shape, (at, row) => {
      const f = gates[row + blocks.f];
      const i = gates[row + blocks.i];
      const o = gates[row + blocks.o];
      const g = gates[row + blocks.g];
      const squashed = tanhC[at];
      const dCell = dc[at] + dh[at] * o * (1 - squashed * squashed);
      dGates[row + blocks.f] = dCell * previousC[at] * f * (1 - f);
      dGates[row + blocks.i] = dCell * g * i * (1 - i);
      dGates[row + blocks.o] = dh[at] * squashed * o * (1 - o);
      dGates[row + blocks.g] = dCell * i * (1 - g * g);
      dc[at] = dCell * f;
    });
  },

  gruReset(shape, { r }, { gates: z, previousH, past }) {
    forEachUnit(shape, (at, row) => {
      z[row + r] = sigmoid(z[row + r]);
      past[at] = z[row + r] * previousH[at];
    });
  },

  gruGatePast(shape, { r, g }, { gates: z, past }) {
    forEachUnit(shape, (at, row) => {
      z[row + r] = sigmoid(z[row + r]);
      z[row + g] += z[row + r] * past[at];
    });
  },

  gruState(shape, blocks, { gates: z, previousH, h }) {
    forEachUnit(shape, (at, row) => {
      const u = (z[row + blocks.u] = sigmoid(z[row + blocks.u]));
      const g = (z[row + blocks.g] = Math.tanh(z[row + blocks.g]));
      h[at] = (1 - u) * previousH[at] + u * g;
    });
  },

  gruBackwardState(shape, blocks, { gates, dGates, previousH, dh, dPreviousH }) {
    forEachUnit(shape, (at, row) => {
      const u = gates[row + blocks.u];
      const g = gates[row + blocks.g];
      dGates[row + blocks.g] = dh[at] * u * (1 - g * g);
      dGates[row + blocks.u] = dh[at] * (g - previousH[at]) * u * (1 - u);
      dPreviousH[at] += dh[at] * (1 - u);
    });
  },

  gruBackwardBefore(shape, blocks, { gates, dGates, previousH, dPast, dPreviousH }) {
    forEachUnit(shape, (at, row) => {
      const r = gates[row + blocks.r];
      dGates[row + blocks.r] = dPast[at] * previousH[at] * r * (1 - r);
      dPreviousH[at] += dPast[at] * r;
    });
  },

  gruBackwardAfter(shape, blocks, { gates, dGates, past, dPast }) {
    forEachUnit(shape, (at, row) => {
      const r = gates[row + blocks.r];
      const dCandidate = dGates[row + blocks.g];
      dPast[at] = dCandidate * r;
      dGates[row + blocks.r] = dCandidate * past[at] * r * (1 - r);
    });
  },

  vanillaForward(kind, { lanes, units }, gates, h) {
    const activation = ACTIVATION_FUNCTIONS[kind];
    for (let at = 0; at < lanes * units; at++) h[at] = gates[at] = activation(gates[at]);
  },

  vanillaBackward(kind, { lanes, units }, h, dh, dGates) {
    const derivative = DERIVATIVE_FROM_VALUE[kind];
    for (let at = 0; at < lanes * units; at++) dGates[at] = dh[at] * derivative(h[at]);
  },
};
