// Activations and softmax rows, four values at once and the last few through a padded copy.
import { exponentialOrZero, sigmoid, tanh } from './exponential';
import { tail } from './scratch';

const SIGMOID = 0;
const TANH = 1;

/** Sums are collected in float32 over this many bytes, then in float64. */
export const SUM_BYTES: usize = 4096;

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
      memory.copy(tail(), values + whole, rest);
      v128.store(tail(), activated(kind, v128.load(tail())));
      memory.copy(values + whole, tail(), rest);
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

/*inline*/ export function laneSum(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

/** The largest value; a NaN is passed over, it comes back in the sum of the exponentials. */
function largest(values: usize, count: i32): f32 {
  const end = values + ((<usize>count) << 2);
  let most0 = f32x4.splat(-Infinity);
  let most1 = f32x4.splat(-Infinity);
  for (; values + 32 <= end; values += 32) {
    most0 = f32x4.pmax(most0, v128.load(values));
    most1 = f32x4.pmax(most1, v128.load(values, 16));
  }
  const most = f32x4.pmax(most0, most1);
  let result = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; values < end; values += 4) {
    const value = load<f32>(values);
    if (value > result) result = value;
  }
  return result;
}

/** values ← e^(values − shift); returns their sum. In pairs of vectors, loaded before anything is stored: V8 joins them. */
function exponentiate(values: usize, count: i32, shift: f32): f64 {
  const minus = f32x4.splat(shift);
  const pairs = values + ((<usize>(count & ~7)) << 2);
  const rest = (<usize>(count & 7)) << 2;
  let sum: f64 = 0;
  while (values < pairs) {
    const blockEnd = min(values + SUM_BYTES, pairs);
    let partial0 = f32x4.splat(0);
    let partial1 = f32x4.splat(0);
    for (; values < blockEnd; values += 32) {
      const e0 = exponentialOrZero(f32x4.sub(v128.load(values), minus));
      const e1 = exponentialOrZero(f32x4.sub(v128.load(values, 16), minus));
      partial0 = f32x4.add(partial0, e0);
      partial1 = f32x4.add(partial1, e1);
      v128.store(values, e0);
      v128.store(values, e1, 16);
    }
    sum += laneSum(partial0) + laneSum(partial1);
  }
  if (rest) {
    const copy = tail();
    v128.store(copy, f32x4.splat(-Infinity));
    v128.store(copy, f32x4.splat(-Infinity), 16);
    memory.copy(copy, values, rest);
    const e0 = exponentialOrZero(f32x4.sub(v128.load(copy), minus));
    const e1 = exponentialOrZero(f32x4.sub(v128.load(copy, 16), minus));
    v128.store(copy, e0);
    v128.store(copy, e1, 16);
    memory.copy(values, copy, rest);
    sum += laneSum(e0) + laneSum(e1);
  }
  return sum;
}

function scale(values: usize, count: i32, factor: f32): void {
  const end = values + ((<usize>count) << 2);
  const factors = f32x4.splat(factor);
  for (; values + 32 <= end; values += 32) {
    const low = f32x4.mul(v128.load(values), factors);
    const high = f32x4.mul(v128.load(values, 16), factors);
    v128.store(values, low);
    v128.store(values, high, 16);
  }
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

/**
 * Cross-entropy of every row of logits against its target, and what backpropagation needs of it: shift, total as in
 * softmaxRows, the target's logit to picked, so that J = shift + ln total − picked. With `gradient` the logits become
 * weight·(p − onehot(target)), else p; one pass either way.
 */
export function crossEntropyRows(
  logits: usize,
  targets: usize,
  shift: usize,
  total: usize,
  picked: usize,
  rows: i32,
  columns: i32,
  gradient: bool,
  weight: f32,
): void {
  const bytes = (<usize>columns) << 2;
  for (let row: usize = 0; row < (<usize>rows) << 2; row += 4) {
    const target = logits + ((<usize>load<i32>(targets + row)) << 2);
    store<f32>(picked + row, load<f32>(target));
    const most = largest(logits, columns);
    const sum = exponentiate(logits, columns, most);
    scale(logits, columns, gradient ? <f32>(<f64>weight / sum) : <f32>(1 / sum));
    if (gradient) store<f32>(target, load<f32>(target) - weight);
    store<f32>(shift + row, most);
    store<f32>(total + row, <f32>sum);
    logits += bytes;
  }
}
