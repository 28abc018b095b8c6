// One update of each optimizer as kernels: in place, element by element, rates from the arena.

/** Numbers of an update; `writeRates` puts them where the kernels read them. */
export interface UpdateRates {
  /** What the update is multiplied by: the learning rate, for Adam divided by 1 − β₁ᵗ. */
  stepSize: number;
  /** Adam: 1 / √(1 − β₂ᵗ). */
  secondMomentScale: number;
  epsilon: number;
  /** Decay of the first moment or of the velocity. */
  decay1: number;
  /** Decay of the second moment. */
  decay2: number;
}

export const RATE_COUNT = 7;

/** [stepSize, secondMomentScale, epsilon, decay1, 1 − decay1, decay2, 1 − decay2] */
export function writeRates(
  { stepSize, secondMomentScale, epsilon, decay1, decay2 }: UpdateRates,
  into: Float32Array,
): void {
  into.set([stepSize, secondMomentScale, epsilon, decay1, 1 - decay1, decay2, 1 - decay2]);
}

/** Moments below this become 0: arithmetic on denormal numbers is many times slower. */
export const SMALLEST_MOMENT = 1e-30;

/** All arrays are the arena's and equally long; `rates` as written by writeRates. ‖Δθ‖² goes to squares[0]. */
export interface OptimizerKernels {
  /** Kingma & Ba 2015, algorithm 1: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − stepSize·m / (√v·secondMomentScale + ε). */
  adam(
    values: Float32Array,
    gradient: Float32Array,
    moments: { first: Float32Array; second: Float32Array },
    rates: Float32Array,
    squares: Float64Array,
  ): void;
  /** Polyak 1964: v ← decay1·v + g, θ ← θ − stepSize·v. */
  momentum(
    values: Float32Array,
    gradient: Float32Array,
    velocity: Float32Array,
    rates: Float32Array,
    squares: Float64Array,
  ): void;
  /** Tieleman & Hinton 2012: v ← decay2·v + (1−decay2)g², θ ← θ − stepSize·g / (√v + ε). */
  rmsprop(
    values: Float32Array,
    gradient: Float32Array,
    second: Float32Array,
    rates: Float32Array,
    squares: Float64Array,
  ): void;
}
