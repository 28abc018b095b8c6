// Answers to what the recurrent weights could do to a state, what they did to it over a window, and which loss asks which step to change.

/** Of one gate's block of W_h, float64. */
export interface BlockSpectrum {
  /** λ [H], the largest magnitude first. */
  real: Float64Array;
  imaginary: Float64Array;
  /** [H], largest first: the first is σ_max. */
  singularValues: Float64Array;
  /** γ, the largest slope of the gate's activation: 1 for tanh and ReLU, ¼ for the logistic function. */
  slope: number;
}

/** Of one singular value at one lag, over positions: powers of ten, −∞ where no path leads from h(j) to h(i). */
export interface LagQuantiles {
  /** Between low and high lie the middle eight tenths of the positions. */
  low: number;
  median: number;
  high: number;
}

/** Singular values of ∂h(i)/∂h(j) against the lag i − j. */
export interface JacobianLags {
  /** Steps i that were looked at, each with every lag behind it. */
  positions: number[];
  curves: {
    lag: number;
    /** σ₁, σ₂ …; null where at most half of the positions hold more than float32 rounding. */
    values: (LagQuantiles | null)[];
  }[];
}

export interface ItemisedWeightGradient {
  /** Steps T of the window. */
  steps: number;
  /** ‖∂J(i)/∂W_h contributed at t‖ [T,T], row i, column t: 0 for t > i, NaN in rows whose loss is not known. */
  norms: Float32Array;
  /** ‖∂J/∂W_h contributed at t‖ [T], J the sum over the window; NaN at steps whose own loss is not known. */
  together: Float32Array;
}

/** Lyapunov exponents at the snapshots of a run. */
export interface TrainingExponents {
  /** λ in nats per step, the largest first, at each training step whose weights are kept; −∞ where every change of the state is lost. */
  points: { step: number; exponents: Float64Array }[];
  /** Steps whose snapshots could not be read. */
  damaged: number[];
  /** Units of the state: h, or an LSTM's h and c. */
  units: number;
  /** The text: `steps` tokens from number `start`, read from a zero state; the first `burnIn` do not count. */
  start: number;
  steps: number;
  burnIn: number;
  /** Whether all of it was held out of training. */
  heldOut: boolean;
}

/** ‖s(t) − s′(t)‖ / ‖s(0) − s′(0)‖ [steps + 1] over pairs of states that began apart: the middle one and the quartiles. */
export interface FadingCurve {
  /** ρ of the first layer's W_h, its largest block; all layers' W_h are scaled by the same factor. */
  radius: number;
  low: Float64Array;
  median: Float64Array;
  high: Float64Array;
}

/** Share of the variance of a random input u(t − k) that a linear read-out finds in the states, by k from 0, and the sum of the shares. */
export interface CapacityCurve {
  radius: number;
  byLag: Float64Array;
  total: number;
}

export interface MemoryCapacities {
  /** The sums' bound. */
  units: number;
  /** Two thirds of these states were for fitting, the others for judging. */
  states: number;
  /** The weights as they are first, then in the order of the radii asked for; none where there are too many units. */
  curves: CapacityCurve[];
}

/** How a network forgets where it began, on tokens from `start` on. */
export interface FadingMemory {
  start: number;
  steps: number;
  /** The tokens are all held out from training. */
  heldOut: boolean;
  /** The weights as they are first, then in the order of the radii that were asked for. */
  curves: FadingCurve[];
}
