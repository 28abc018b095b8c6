// What the oracle asks of an implementation of the network, and what both of ours share.
import type { GateKey } from '../cells/cellDescription';
import type { OracleCase, TorchGate } from './oracleCase';
import type { OracleResults } from './oracleComparison';

export interface OracleRun {
  results: OracleResults;
  /** Values of adam.* that were stepped with the oracle's own gradient; see `gradientsToStep`. */
  steepSteps: number;
}

export interface OracleImplementation {
  readonly name: 'reference' | 'fused';
  /** What computes: for the log and the report. */
  readonly detail: string;
  /** Everything that the case's results hold, under PyTorch's names. */
  run(oracle: OracleCase): Promise<OracleRun>;
}

/** The update that the oracle makes: gradients clipped to a global norm, then one step of Adam. */
export const ORACLE_STEP = { clipNorm: 0.05, learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Rounding of a float32 gradient, as part of the largest in its tensor. */
const ROUNDING = 1e-6;
/** Where that rounding moves Adam's step by more than this part of the learning rate, the step is steep. */
const STEEP = 1e-4;

/**
 * The gradients that Adam is held to the oracle with, before clipping: the implementation's own but for those that Adam makes
 * steep. Its first step is lr·g/(|g| + ε), ε = 1e-8: where a gradient is that close to 0, the rounding of the sum it comes from
 * decides the sign of a whole step, in PyTorch's own float32 as much as in ours (one case in 150 misses the oracle's limit there).
 * There the oracle's gradient is stepped; `grad` compares all of them in any case.
 */
export function gradientsToStep(
  { tensors }: OracleCase,
  own: ReadonlyMap<string, Float32Array>,
  clipping: number,
): { gradients: Map<string, Float32Array>; steepSteps: number } {
  let steepSteps = 0;
  const gradients = new Map<string, Float32Array>();
  for (const [name, values] of own) {
    const oracle = tensors.get(`grad.${name}`) ?? new Float64Array(0);
    const largest = oracle.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const { epsilon } = ORACLE_STEP;
    const slopeLimit = STEEP / (ROUNDING * largest * clipping);
    const stepped = values.map((value, at) => {
      const slope = epsilon / (Math.abs(oracle[at]) * clipping + epsilon) ** 2;
      const isSteep = slope > slopeLimit && value !== Math.fround(oracle[at]);
      if (isSteep) steepSteps++;
      return isSteep ? oracle[at] : value;
    });
    gradients.set(name, stepped);
  }
  return { gradients, steepSteps };
}

/** Initial h or c [B,H] of a direction, float64; zeros for cells without that state. */
export function initialStateOf({ tensors, shape }: OracleCase, state: 'h' | 'c', tag: string): Float64Array {
  return tensors.get(`initial_${state}_${tag}`) ?? new Float64Array(shape.batch * shape.hidden);
}

/** Our gate key behind each of PyTorch's gate names; `complement`: PyTorch's is 1 − ours. */
export const GATE_KEYS: Record<TorchGate, { key: GateKey; complement: boolean }> = {
  i: { key: 'i', complement: false },
  f: { key: 'f', complement: false },
  g: { key: 'g', complement: false },
  o: { key: 'o', complement: false },
  r: { key: 'r', complement: false },
  z: { key: 'u', complement: true },
  n: { key: 'g', complement: false },
};
