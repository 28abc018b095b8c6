// What happens at one timestep between the matrix products of a cell: biases are in, everything is element-wise.
import type { Activation } from '../cells/cellDescription';

/** Rows of one timestep: `lanes` rows, `units` values each; gates have `blocks`·units columns. */
export interface StepShape {
  lanes: number;
  units: number;
  /** Columns of a row of gates. */
  gateColumns: number;
}

export interface LstmBlocks {
  f: number;
  i: number;
  o: number;
  g: number;
}

export interface GruBlocks {
  u: number;
  r: number;
  g: number;
}

/**
 * Arrays begin with the step's first row and are dense [lanes,units]; `gates` and `dGates` are [lanes,gateColumns], with
 * blocks at the given columns. Equations stand in network/<cell>Cell.ts.
 */
export interface CellKernels {
  /** Activates z in place; writes c(t), tanh c(t), h(t). */
  lstmForward(
    shape: StepShape,
    blocks: LstmBlocks,
    step: { gates: Float32Array; previousC: Float32Array; c: Float32Array; tanhC: Float32Array; h: Float32Array },
  ): void;
  /** From dh and dc (∂J/∂c(t) from later steps) to dGates; dc becomes ∂J/∂c(t−1). */
  lstmBackward(
    shape: StepShape,
    blocks: LstmBlocks,
    step: {
      gates: Float32Array;
      dGates: Float32Array;
      previousC: Float32Array;
      tanhC: Float32Array;
      dh: Float32Array;
      dc: Float32Array;
    },
  ): void;
  /** Reset gate before the product: activates r; past = r∘h(t−1). */
  gruReset(
    shape: StepShape,
    blocks: GruBlocks,
    step: { gates: Float32Array; previousH: Float32Array; past: Float32Array },
  ): void;
  /** Reset gate after the product: activates r; adds r∘past to z of the candidate. */
  gruGatePast(shape: StepShape, blocks: GruBlocks, step: { gates: Float32Array; past: Float32Array }): void;
  /** Activates u and the candidate; writes h(t). */
  gruState(
    shape: StepShape,
    blocks: GruBlocks,
    step: { gates: Float32Array; previousH: Float32Array; h: Float32Array },
  ): void;
  /** From dh to dGates of u and the candidate; adds to dPreviousH what bypasses them. */
  gruBackwardState(
    shape: StepShape,
    blocks: GruBlocks,
    step: {
      gates: Float32Array;
      dGates: Float32Array;
      previousH: Float32Array;
      dh: Float32Array;
      dPreviousH: Float32Array;
    },
  ): void;
  /** Reset gate before the product: from dPast to dGates of r; adds to dPreviousH. */
  gruBackwardBefore(
    shape: StepShape,
    blocks: GruBlocks,
    step: {
      gates: Float32Array;
      dGates: Float32Array;
      previousH: Float32Array;
      dPast: Float32Array;
      dPreviousH: Float32Array;
    },
  ): void;
  /** Reset gate after the product: from dGates of the candidate to dPast and dGates of r. */
  gruBackwardAfter(
    shape: StepShape,
    blocks: GruBlocks,
    step: { gates: Float32Array; dGates: Float32Array; past: Float32Array; dPast: Float32Array },
  ): void;
  /** gates ← φ(gates), h ← φ(gates). */
  vanillaForward(kind: Activation, shape: StepShape, gates: Float32Array, h: Float32Array): void;
  /** dGates = dh ∘ φ′(z), φ′ from h = φ(z). */
  vanillaBackward(kind: Activation, shape: StepShape, h: Float32Array, dh: Float32Array, dGates: Float32Array): void;
}
