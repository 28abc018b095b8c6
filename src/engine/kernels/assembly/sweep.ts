// What the all-pairs sweep does to many rows at once (javascriptSweep.ts is the definition). Pitches are bytes between rows.
import { multiplyAdd } from './arithmetic';
import { above, NEGLIGIBLE } from './squares';

/** dst[i,k] = a[i,k]·fa[k] + b[i,k]·fb[k], smaller than `least` 0; no b where fb is 0. */
export function scaleColumns(
  a: usize,
  aPitch: usize,
  fa: usize,
  b: usize,
  bPitch: usize,
  fb: usize,
  dst: usize,
  pitch: usize,
  rows: i32,
  width: i32,
  flush: bool,
): void {
  const bytes = (<usize>width) << 2;
  const least: f32 = flush ? NEGLIGIBLE : 0;
  const leasts = f32x4.splat(least);
  for (let row = 0; row < rows; row++) {
    let at: usize = 0;
    if (fb)
      for (; at + 16 <= bytes; at += 16) {
        const other = f32x4.mul(v128.load(b + at), v128.load(fb + at));
        v128.store(dst + at, above(multiplyAdd(v128.load(a + at), v128.load(fa + at), other), leasts));
      }
    else
      for (; at + 16 <= bytes; at += 16)
        v128.store(dst + at, above(f32x4.mul(v128.load(a + at), v128.load(fa + at)), leasts));
    for (; at < bytes; at += 4) {
      let value = load<f32>(a + at) * load<f32>(fa + at);
      if (fb) value += load<f32>(b + at) * load<f32>(fb + at);
      store<f32>(dst + at, abs(value) < least ? 0 : value);
    }
    a += aPitch;
    b += bPitch;
    dst += pitch;
  }
}

/** dst[i,k] = factors[i]·src[i,k] (+ dst[i,k]). */
export function scaleRows(
  src: usize,
  srcPitch: usize,
  factors: usize,
  dst: usize,
  pitch: usize,
  rows: i32,
  width: i32,
  accumulate: bool,
): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    const factor = load<f32>(factors);
    const four = f32x4.splat(factor);
    let at: usize = 0;
    if (accumulate)
      for (; at + 16 <= bytes; at += 16)
        v128.store(dst + at, multiplyAdd(four, v128.load(src + at), v128.load(dst + at)));
    else for (; at + 16 <= bytes; at += 16) v128.store(dst + at, f32x4.mul(four, v128.load(src + at)));
    for (; at < bytes; at += 4) {
      const value = factor * load<f32>(src + at);
      store<f32>(dst + at, accumulate ? load<f32>(dst + at) + value : value);
    }
    factors += 4;
    src += srcPitch;
    dst += pitch;
  }
}

/** squares[i] = Σ src[i,k]², in float64: the square of a float32 can underflow. */
export function rowSquares(src: usize, pitch: usize, rows: i32, width: i32, squares: usize): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    let sum0 = f64x2.splat(0);
    let sum1 = f64x2.splat(0);
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) {
      const four = v128.load(src + at);
      const low = f64x2.promote_low_f32x4(four);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
      sum0 = f64x2.add(sum0, f64x2.mul(low, low));
      sum1 = f64x2.add(sum1, f64x2.mul(high, high));
    }
    const sums = f64x2.add(sum0, sum1);
    let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    for (; at < bytes; at += 4) {
      const value = <f64>load<f32>(src + at);
      total += value * value;
    }
    store<f64>(squares, total);
    squares += 8;
    src += pitch;
  }
}
