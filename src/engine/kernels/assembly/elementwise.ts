// Element-wise kernels: activations, softmax rows and Adam, four values at once and the last few through a padded copy.
import { exponentialOrZero, sigmoid, tanh } from './exponential';

const SIGMOID = 0;
const TANH = 1;

/** Values beyond a multiple of four are processed here. */
const TAIL: usize = memory.data(16, 16);

/** Sums are collected in float32 over this many bytes, then in float64. */
const SUM_BYTES: usize = 4096;

const SMALLEST_MOMENT: f32 = 1e-30;

/*inline*/ function activated(kind: i32, x: v128): v128 {
  if (kind == SIGMOID) return sigmoid(x);
  if (kind == TANH) return tanh(x);
  return f32x4.max(x, f32x4.splat(0));
}

function activateRows(kind: i32, values: usize, rows: i32, pitch: usize, count: i32): void {
  const whole = (<usize>(count & ~3)) << 2;
  const rest = (<usize>(count & 3)) << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < whole; at += 16) v128.store(values + at, activated(kind, v128.load(values + at)));
    if (rest) {
      memory.copy(TAIL, values + whole, rest);
      v128.store(TAIL, activated(kind, v128.load(TAIL)));
      memory.copy(values + whole, TAIL, rest);
    }
    values += pitch;
  }
}

/** In place on `count` values at the start of every row; kind 0 σ, 1 tanh, 2 relu. */
export function activate(kind: i32, values: usize, rows: i32, pitch: usize, count: i32): void {
  if (kind == SIGMOID) activateRows(SIGMOID, values, rows, pitch, count);
  else if (kind == TANH) activateRows(TANH, values, rows, pitch, count);
  else activateRows(2, values, rows, pitch, count);
}

/*inline*/ function laneSum(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

function largest(values: usize, count: i32): f32 {
  const end = values + ((<usize>count) << 2);
  let most = f32x4.splat(-Infinity);
  for (; values + 16 <= end; values += 16) most = f32x4.max(most, v128.load(values));
  let result = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; values < end; values += 4) result = max(result, load<f32>(values));
  return result;
}

/** values ← e^(values − shift); returns their sum. */
function exponentiate(values: usize, count: i32, shift: f32): f64 {
  const minus = f32x4.splat(shift);
  const whole = values + ((<usize>(count & ~3)) << 2);
  const rest = (<usize>(count & 3)) << 2;
  let sum: f64 = 0;
  while (values < whole) {
    const blockEnd = min(values + SUM_BYTES, whole);
    let partial = f32x4.splat(0);
    for (; values < blockEnd; values += 16) {
      const e = exponentialOrZero(f32x4.sub(v128.load(values), minus));
      v128.store(values, e);
      partial = f32x4.add(partial, e);
    }
    sum += laneSum(partial);
  }
  if (rest) {
    v128.store(TAIL, f32x4.splat(-Infinity));
    memory.copy(TAIL, values, rest);
    const e = exponentialOrZero(f32x4.sub(v128.load(TAIL), minus));
    v128.store(TAIL, e);
    memory.copy(values, TAIL, rest);
    sum += laneSum(e);
  }
  return sum;
}

function scale(values: usize, count: i32, factor: f32): void {
  const end = values + ((<usize>count) << 2);
  const factors = f32x4.splat(factor);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.mul(v128.load(values), factors));
  for (; values < end; values += 4) store<f32>(values, load<f32>(values) * factor);
}

/** Softmax of every row in place; the row's largest logit to shift, Σ e^(logit − shift) to total. */
export function softmaxRows(logits: usize, shift: usize, total: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    const most = largest(logits, columns);
    const sum = exponentiate(logits, columns, most);
    scale(logits, columns, <f32>(1 / sum));
    store<f32>(shift + ((<usize>row) << 2), most);
    store<f32>(total + ((<usize>row) << 2), <f32>sum);
    logits += (<usize>columns) << 2;
  }
}

/*inline*/ function withoutDenormals(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(SMALLEST_MOMENT)));
}

/** Adam in place on arrays padded to a multiple of four; returns ‖Δθ‖². */
export function adamUpdate(
  values: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  stepSize: f32,
  secondMomentScale: f32,
  epsilon: f32,
): f64 {
  const bytes = (<usize>((count + 3) & ~3)) << 2;
  let squares: f64 = 0;
  let at: usize = 0;
  while (at < bytes) {
    const blockEnd = min(at + SUM_BYTES, bytes);
    let partial = f32x4.splat(0);
    for (; at < blockEnd; at += 16) {
      const g = v128.load(gradient + at);
      const m = f32x4.add(f32x4.mul(v128.load(first + at), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(rest1)));
      const v = f32x4.add(
        f32x4.mul(v128.load(second + at), f32x4.splat(beta2)),
        f32x4.mul(f32x4.mul(g, f32x4.splat(rest2)), g),
      );
      const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(secondMomentScale)), f32x4.splat(epsilon));
      const update = f32x4.div(f32x4.mul(m, f32x4.splat(stepSize)), root);
      v128.store(first + at, withoutDenormals(m));
      v128.store(second + at, withoutDenormals(v));
      v128.store(values + at, f32x4.sub(v128.load(values + at), update));
      partial = f32x4.add(partial, f32x4.mul(update, update));
    }
    squares += laneSum(partial);
  }
  return squares;
}
