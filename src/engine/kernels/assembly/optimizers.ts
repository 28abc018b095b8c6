// One update of each optimizer, in place on arrays padded to a multiple of four. Rates are read from memory, because recorded
// calls have fixed arguments: [stepSize, secondMomentScale, epsilon, decay1, 1 − decay1, decay2, 1 − decay2] in float32.
// ‖Δθ‖² goes to `squares` (float64).
import { laneSum, SUM_BYTES } from './elementwise';

const STEP_SIZE: usize = 0;
const SECOND_MOMENT_SCALE: usize = 4;
const EPSILON: usize = 8;
const DECAY1: usize = 12;
const REST1: usize = 16;
const DECAY2: usize = 20;
const REST2: usize = 24;

const SMALLEST_MOMENT: f32 = 1e-30;

/*inline*/ function withoutDenormals(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(SMALLEST_MOMENT)));
}

/*inline*/ function rate(rates: usize, which: usize): v128 {
  return v128.load_splat<f32>(rates + which);
}

/*inline*/ function paddedBytes(count: i32): usize {
  return (<usize>((count + 3) & ~3)) << 2;
}

/** Adam (Kingma & Ba 2015): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − stepSize·m / (√v·secondMomentScale + ε). */
export function adamUpdate(
  values: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  rates: usize,
  squares: usize,
): void {
  const stepSize = rate(rates, STEP_SIZE);
  const momentScale = rate(rates, SECOND_MOMENT_SCALE);
  const epsilon = rate(rates, EPSILON);
  const bytes = paddedBytes(count);
  let sum: f64 = 0;
  let at: usize = 0;
  while (at < bytes) {
    const blockEnd = min(at + SUM_BYTES, bytes);
    let partial = f32x4.splat(0);
    for (; at < blockEnd; at += 16) {
      const g = v128.load(gradient + at);
      const m = f32x4.add(f32x4.mul(v128.load(first + at), rate(rates, DECAY1)), f32x4.mul(g, rate(rates, REST1)));
      const v = f32x4.add(
        f32x4.mul(v128.load(second + at), rate(rates, DECAY2)),
        f32x4.mul(f32x4.mul(g, rate(rates, REST2)), g),
      );
      const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), momentScale), epsilon);
      const update = f32x4.div(f32x4.mul(m, stepSize), root);
      v128.store(first + at, withoutDenormals(m));
      v128.store(second + at, withoutDenormals(v));
      v128.store(values + at, f32x4.sub(v128.load(values + at), update));
      partial = f32x4.add(partial, f32x4.mul(update, update));
    }
    sum += laneSum(partial);
  }
  store<f64>(squares, sum);
}

/** Gradient descent with momentum (Polyak 1964): v ← β₁v + g, θ ← θ − stepSize·v. */
export function momentumUpdate(
  values: usize,
  gradient: usize,
  velocity: usize,
  count: i32,
  rates: usize,
  squares: usize,
): void {
  const bytes = paddedBytes(count);
  let sum: f64 = 0;
  let at: usize = 0;
  while (at < bytes) {
    const blockEnd = min(at + SUM_BYTES, bytes);
    let partial = f32x4.splat(0);
    for (; at < blockEnd; at += 16) {
      const v = f32x4.add(f32x4.mul(v128.load(velocity + at), rate(rates, DECAY1)), v128.load(gradient + at));
      const update = f32x4.mul(v, rate(rates, STEP_SIZE));
      v128.store(velocity + at, withoutDenormals(v));
      v128.store(values + at, f32x4.sub(v128.load(values + at), update));
      partial = f32x4.add(partial, f32x4.mul(update, update));
    }
    sum += laneSum(partial);
  }
  store<f64>(squares, sum);
}

/** RMSProp (Tieleman & Hinton 2012): v ← β₂v + (1−β₂)g², θ ← θ − stepSize·g / (√v + ε). */
export function rmspropUpdate(
  values: usize,
  gradient: usize,
  second: usize,
  count: i32,
  rates: usize,
  squares: usize,
): void {
  const stepSize = rate(rates, STEP_SIZE);
  const epsilon = rate(rates, EPSILON);
  const bytes = paddedBytes(count);
  let sum: f64 = 0;
  let at: usize = 0;
  while (at < bytes) {
    const blockEnd = min(at + SUM_BYTES, bytes);
    let partial = f32x4.splat(0);
    for (; at < blockEnd; at += 16) {
      const g = v128.load(gradient + at);
      const v = f32x4.add(
        f32x4.mul(v128.load(second + at), rate(rates, DECAY2)),
        f32x4.mul(f32x4.mul(g, rate(rates, REST2)), g),
      );
      const update = f32x4.div(f32x4.mul(g, stepSize), f32x4.add(f32x4.sqrt(v), epsilon));
      v128.store(second + at, withoutDenormals(v));
      v128.store(values + at, f32x4.sub(v128.load(values + at), update));
      partial = f32x4.add(partial, f32x4.mul(update, update));
    }
    sum += laneSum(partial);
  }
  store<f64>(squares, sum);
}
