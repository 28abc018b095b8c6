// What connections between layers ask of their kernels: everything is element-wise over as many values as the last array has.

export interface HighwayGradients {
  /** T, the activated transform gate. */
  gate: Float32Array;
  /** h and x: what the gate mixes. */
  states: Float32Array;
  carried: Float32Array;
  /** ∂J/∂y */
  dOutput: Float32Array;
  /** Receives ∂J/∂z of the gate, T = σ(z). */
  dGate: Float32Array;
  /** Receives T∘∂J/∂y. */
  dStates: Float32Array;
  /** Receives (1 − T)∘∂J/∂y. */
  dCarried: Float32Array;
}

/** Which values are dropped is decided by a key and a value's own number alone, so that it can be told again backward, by any thread. */
export interface DropoutMask {
  /** [1] in the arena. */
  key: Int32Array;
  /** Number of the first value. */
  first: number;
  /** Share that is dropped; the others are divided by what is left. */
  rate: number;
}

export interface ConnectionKernels {
  /** into ← from. */
  copy(from: Float32Array, into: Float32Array): void;
  /** into ← a + b; `into` may be one of them. */
  add(a: Float32Array, b: Float32Array, into: Float32Array): void;
  /** into ← T∘h + (1 − T)∘x. */
  highway(gate: Float32Array, states: Float32Array, carried: Float32Array, into: Float32Array): void;
  highwayGradient(arrays: HighwayGradients): void;
  /** into ← from where it is kept, divided by 1 − rate, else 0; added to `into` when accumulate. */
  dropout(from: Float32Array, into: Float32Array, mask: DropoutMask, accumulate: boolean): void;
}

/** Values whose hash is below are dropped. */
export function dropoutThreshold(rate: number): number {
  return Math.round(rate * 2 ** 32) >>> 0;
}

/** What kept values are multiplied by. */
export function dropoutScale(rate: number): number {
  return Math.fround(1 / (1 - rate));
}
