// What a head that reads whole sequences asks of its kernels: states over time become one state per lane, gradients go the other
// way, and lanes that have ended keep their state.

/** Time-major states [steps,B,units] as seen by some lanes; arrays begin with the first of them. */
export interface LaneSequence {
  steps: number;
  lanes: number;
  units: number;
  /** Values between one timestep and the next: B·units. */
  pitch: number;
}

/** One timestep of some lanes, rows dense [lanes,units]. */
export type LaneStep = Pick<LaneSequence, 'lanes' | 'units'>;

/** All arrays are the arena's. `lengths` [lanes] are between 1 and steps: what comes later is padding. */
export interface PoolingKernels {
  /** pooled[b,k] = mean over t < lengths[b] of states[t,b,k]. */
  mean(sequence: LaneSequence, states: Float32Array, lengths: Int32Array, pooled: Float32Array): void;
  /** dStates[t,b,k] = dPooled[b,k] / lengths[b], 0 in the padding. */
  meanGradient(sequence: LaneSequence, dPooled: Float32Array, lengths: Int32Array, dStates: Float32Array): void;
  /** pooled[b,k] = max over t < lengths[b] of states[t,b,k], NaN where one is; places[b,k] is the first t that has it. */
  max(
    sequence: LaneSequence,
    states: Float32Array,
    lengths: Int32Array,
    pooled: Float32Array,
    places: Int32Array,
  ): void;
  /** dStates[t,b,k] = dPooled[b,k] where t = places[b,k], else 0. */
  maxGradient(sequence: LaneSequence, dPooled: Float32Array, places: Int32Array, dStates: Float32Array): void;
  /** to[b] = from[b] for lanes that ended before token t (lengths[b] ≤ t). */
  copyEnded(step: LaneStep, t: number, lengths: Int32Array, from: Float32Array, to: Float32Array): void;
  /** to[b] += from[b] for lanes that ended before token t. */
  addEnded(step: LaneStep, t: number, lengths: Int32Array, from: Float32Array, to: Float32Array): void;
  /** values[b] = 0 for lanes that ended before token t. */
  clearEnded(step: LaneStep, t: number, lengths: Int32Array, values: Float32Array): void;
}
