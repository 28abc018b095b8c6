// The all-pairs sweep's one pass over its rows per step: what is element-wise and every norm while the values are at hand
// (javascriptSweepRows.ts is the definition). Pitches are bytes between rows; pairs as in lstmStep.ts.
import { multiplyAdd } from './arithmetic';

/** Elements this small beside a row of order one become 0. */
const NEGLIGIBLE: f32 = 1e-34;
/** Smaller ones are left out of float32 squares, which would be denormal and slow. */
const SEEN: f32 = 1e-15;
/** Float32 sums of squares between which what was left out, and float32 itself, cannot be seen; beyond, float64 decides. */
const TRUSTED_FROM: f64 = 1e-23;
const TRUSTED_TO: f64 = 1e30;

/*inline*/ function above(x: v128, least: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), least));
}

/*inline*/ function aboveScalar(x: f32, least: f32): f32 {
  return abs(x) < least ? 0 : x;
}

/*inline*/ function sumOfLanes(x: v128): f64 {
  const low = <f64>f32x4.extract_lane(x, 0) + <f64>f32x4.extract_lane(x, 1);
  return low + (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3));
}

/*inline*/ function isTrusted(squares: f64): bool {
  return squares > TRUSTED_FROM && squares < TRUSTED_TO;
}

/** Σ x², in float64. */
function exactSquares(src: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (const end = src + ((<usize>count) << 2); src < end; src += 4) {
    const x = <f64>load<f32>(src);
    sum += x * x;
  }
  return sum;
}

/** Σ (weight·x)², in float64. */
function exactWeighted(src: usize, weights: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (const end = src + ((<usize>count) << 2); src < end; src += 4) {
    const x = <f64>load<f32>(src) * <f64>load<f32>(weights);
    sum += x * x;
    weights += 4;
  }
  return sum;
}

/**
 * Vanilla and GRU: rows of `columns` values of which the first `units` are ∂J/∂h. Negligible ones of these become 0;
 * squares[i] = Σ over units x², the next array of squares, `stride` bytes on: Σ over columns (weight·x)².
 */
export function measureRows(
  rows: usize,
  pitch: usize,
  weights: usize,
  count: i32,
  units: i32,
  columns: i32,
  squares: usize,
  stride: usize,
): void {
  const whole = (<usize>(units & ~7)) << 2;
  const end = (<usize>units) << 2;
  const all = (<usize>columns) << 2;
  const least = f32x4.splat(NEGLIGIBLE);
  const seen = f32x4.splat(SEEN);
  for (let row = 0; row < count; row++) {
    let h0 = f32x4.splat(0);
    let h1 = f32x4.splat(0);
    let w0 = f32x4.splat(0);
    let w1 = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 32) {
      const x0 = above(v128.load(rows + at), least);
      const x1 = above(v128.load(rows + at, 16), least);
      const y0 = above(f32x4.mul(x0, v128.load(weights + at)), seen);
      const y1 = above(f32x4.mul(x1, v128.load(weights + at, 16)), seen);
      const z0 = above(x0, seen);
      const z1 = above(x1, seen);
      h0 = multiplyAdd(z0, z0, h0);
      h1 = multiplyAdd(z1, z1, h1);
      w0 = multiplyAdd(y0, y0, w0);
      w1 = multiplyAdd(y1, y1, w1);
      v128.store(rows + at, x0);
      v128.store(rows + at, x1, 16);
    }
    let hidden = sumOfLanes(f32x4.add(h0, h1));
    let weighted = sumOfLanes(f32x4.add(w0, w1));
    for (let at = whole; at < end; at += 4) {
      const x = aboveScalar(load<f32>(rows + at), NEGLIGIBLE);
      store<f32>(rows + at, x);
      const y = <f64>x * <f64>load<f32>(weights + at);
      hidden += <f64>x * <f64>x;
      weighted += y * y;
    }
    if (!isTrusted(hidden)) hidden = exactSquares(rows, units);
    if (all > end) weighted += exactWeighted(rows + end, weights + end, columns - units);
    if (!isTrusted(weighted)) weighted = exactWeighted(rows, weights, columns);
    store<f64>(squares, hidden);
    store<f64>(squares + stride, weighted);
    squares += 8;
    rows += pitch;
  }
}

/**
 * LSTM, step j of rows [∂J/∂h | ∂J/∂c] of `units` each: from ∂J/∂h and the two parts of ∂J/∂c after it (dense rows) to
 *   direct ← direct ∘ forget,  path ← path ∘ forget + ∂J/∂h ∘ toCell,  ∂J/∂c = direct + path,
 * negligible values 0, and to five arrays of squares, `stride` bytes apart: of ∂J/∂h, ∂J/∂c, direct, path and of
 * the whole row with its 2·units weights.
 */
export function lstmRows(
  rows: usize,
  pitch: usize,
  direct: usize,
  path: usize,
  toCell: usize,
  forget: usize,
  weights: usize,
  count: i32,
  units: i32,
  squares: usize,
  stride: usize,
): void {
  const whole = (<usize>(units & ~7)) << 2;
  const end = (<usize>units) << 2;
  const least = f32x4.splat(NEGLIGIBLE);
  const seen = f32x4.splat(SEEN);
  const byCell = weights + end;
  for (let row = 0; row < count; row++) {
    const cell = rows + end;
    let h0 = f32x4.splat(0);
    let h1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    let p0 = f32x4.splat(0);
    let p1 = f32x4.splat(0);
    let w0 = f32x4.splat(0);
    let w1 = f32x4.splat(0);
    for (let at: usize = 0; at < whole; at += 32) {
      const dh0 = v128.load(rows + at);
      const dh1 = v128.load(rows + at, 16);
      const f0 = v128.load(forget + at);
      const f1 = v128.load(forget + at, 16);
      const direct0 = above(f32x4.mul(v128.load(direct + at), f0), least);
      const direct1 = above(f32x4.mul(v128.load(direct + at, 16), f1), least);
      const kept0 = f32x4.mul(v128.load(path + at), f0);
      const kept1 = f32x4.mul(v128.load(path + at, 16), f1);
      const path0 = above(multiplyAdd(dh0, v128.load(toCell + at), kept0), least);
      const path1 = above(multiplyAdd(dh1, v128.load(toCell + at, 16), kept1), least);
      const cell0 = f32x4.add(direct0, path0);
      const cell1 = f32x4.add(direct1, path1);
      let x0 = above(dh0, seen);
      let x1 = above(dh1, seen);
      h0 = multiplyAdd(x0, x0, h0);
      h1 = multiplyAdd(x1, x1, h1);
      x0 = above(f32x4.mul(dh0, v128.load(weights + at)), seen);
      x1 = above(f32x4.mul(dh1, v128.load(weights + at, 16)), seen);
      w0 = multiplyAdd(x0, x0, w0);
      w1 = multiplyAdd(x1, x1, w1);
      x0 = above(cell0, seen);
      x1 = above(cell1, seen);
      c0 = multiplyAdd(x0, x0, c0);
      c1 = multiplyAdd(x1, x1, c1);
      x0 = above(f32x4.mul(cell0, v128.load(byCell + at)), seen);
      x1 = above(f32x4.mul(cell1, v128.load(byCell + at, 16)), seen);
      w0 = multiplyAdd(x0, x0, w0);
      w1 = multiplyAdd(x1, x1, w1);
      x0 = above(direct0, seen);
      x1 = above(direct1, seen);
      d0 = multiplyAdd(x0, x0, d0);
      d1 = multiplyAdd(x1, x1, d1);
      x0 = above(path0, seen);
      x1 = above(path1, seen);
      p0 = multiplyAdd(x0, x0, p0);
      p1 = multiplyAdd(x1, x1, p1);
      v128.store(direct + at, direct0);
      v128.store(direct + at, direct1, 16);
      v128.store(path + at, path0);
      v128.store(path + at, path1, 16);
      v128.store(cell + at, cell0);
      v128.store(cell + at, cell1, 16);
    }
    let byHidden = sumOfLanes(f32x4.add(h0, h1));
    let total = sumOfLanes(f32x4.add(c0, c1));
    let directly = sumOfLanes(f32x4.add(d0, d1));
    let around = sumOfLanes(f32x4.add(p0, p1));
    let weighted = sumOfLanes(f32x4.add(w0, w1));
    for (let at = whole; at < end; at += 4) {
      const dh = load<f32>(rows + at);
      const f = load<f32>(forget + at);
      const d = aboveScalar(load<f32>(direct + at) * f, NEGLIGIBLE);
      const p = aboveScalar(load<f32>(path + at) * f + dh * load<f32>(toCell + at), NEGLIGIBLE);
      store<f32>(direct + at, d);
      store<f32>(path + at, p);
      store<f32>(cell + at, d + p);
      byHidden += <f64>dh * <f64>dh;
      directly += <f64>d * <f64>d;
      around += <f64>p * <f64>p;
      total += <f64>(d + p) * <f64>(d + p);
      const x = <f64>dh * <f64>load<f32>(weights + at);
      const y = <f64>(d + p) * <f64>load<f32>(byCell + at);
      weighted += x * x + y * y;
    }
    store<f64>(squares, isTrusted(byHidden) ? byHidden : exactSquares(rows, units));
    store<f64>(squares + stride, isTrusted(total) ? total : exactSquares(cell, units));
    store<f64>(squares + 2 * stride, isTrusted(directly) ? directly : exactSquares(direct, units));
    store<f64>(squares + 3 * stride, isTrusted(around) ? around : exactSquares(path, units));
    store<f64>(squares + 4 * stride, isTrusted(weighted) ? weighted : exactWeighted(rows, weights, 2 * units));
    squares += 8;
    rows += pitch;
    direct += end;
    path += end;
  }
}
