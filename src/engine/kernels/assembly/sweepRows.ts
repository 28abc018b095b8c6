// The all-pairs sweep's one pass over its rows per step: what is element-wise and every norm while the values are at hand
// (javascriptSweepRows.ts is the definition). Pitches are bytes between rows; pairs as in lstmStep.ts.
import { multiplyAdd } from './arithmetic';
import {
  above,
  aboveScalar,
  addSquares,
  exactSquares,
  exactWeighted,
  isTrusted,
  LEAST_SUM,
  NEGLIGIBLE,
  sumOfLanes,
} from './squares';

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
  for (let row = 0; row < count; row++) {
    let h0 = f32x4.splat(LEAST_SUM);
    let h1 = f32x4.splat(LEAST_SUM);
    let w0 = f32x4.splat(LEAST_SUM);
    let w1 = f32x4.splat(LEAST_SUM);
    for (let at: usize = 0; at < whole; at += 32) {
      const x0 = above(v128.load(rows + at), least);
      const x1 = above(v128.load(rows + at, 16), least);
      h0 = addSquares(x0, h0);
      h1 = addSquares(x1, h1);
      w0 = addSquares(f32x4.mul(x0, v128.load(weights + at)), w0);
      w1 = addSquares(f32x4.mul(x1, v128.load(weights + at, 16)), w1);
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
 * LSTM, step j of rows [∂J/∂h | ∂J/∂c] of `units` each: from ∂J/∂h and from ∂J/∂c of the step after it (`later`, of the same pitch) to
 * ∂J/∂c = later ∘ forget + ∂J/∂h ∘ toCell, negligible values 0, and to three arrays of squares, `stride` bytes apart: of ∂J/∂h, of
 * ∂J/∂c and of the whole row with its 2·units weights.
 */
export function lstmRows(
  rows: usize,
  pitch: usize,
  later: usize,
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
  const byCell = weights + end;
  for (let row = 0; row < count; row++) {
    const cell = rows + end;
    let h0 = f32x4.splat(LEAST_SUM);
    let h1 = f32x4.splat(LEAST_SUM);
    let c0 = f32x4.splat(LEAST_SUM);
    let c1 = f32x4.splat(LEAST_SUM);
    let w0 = f32x4.splat(LEAST_SUM);
    let w1 = f32x4.splat(LEAST_SUM);
    for (let at: usize = 0; at < whole; at += 32) {
      const dh0 = v128.load(rows + at);
      const dh1 = v128.load(rows + at, 16);
      const come0 = f32x4.mul(dh0, v128.load(toCell + at));
      const come1 = f32x4.mul(dh1, v128.load(toCell + at, 16));
      const cell0 = above(multiplyAdd(v128.load(later + at), v128.load(forget + at), come0), least);
      const cell1 = above(multiplyAdd(v128.load(later + at, 16), v128.load(forget + at, 16), come1), least);
      h0 = addSquares(dh0, h0);
      h1 = addSquares(dh1, h1);
      c0 = addSquares(cell0, c0);
      c1 = addSquares(cell1, c1);
      w0 = addSquares(f32x4.mul(dh0, v128.load(weights + at)), w0);
      w1 = addSquares(f32x4.mul(dh1, v128.load(weights + at, 16)), w1);
      w0 = addSquares(f32x4.mul(cell0, v128.load(byCell + at)), w0);
      w1 = addSquares(f32x4.mul(cell1, v128.load(byCell + at, 16)), w1);
      v128.store(cell + at, cell0);
      v128.store(cell + at, cell1, 16);
    }
    let byHidden = sumOfLanes(f32x4.add(h0, h1));
    let total = sumOfLanes(f32x4.add(c0, c1));
    let weighted = sumOfLanes(f32x4.add(w0, w1));
    for (let at = whole; at < end; at += 4) {
      const dh = load<f32>(rows + at);
      const kept = load<f32>(later + at) * load<f32>(forget + at);
      const c = aboveScalar(kept + dh * load<f32>(toCell + at), NEGLIGIBLE);
      store<f32>(cell + at, c);
      byHidden += <f64>dh * <f64>dh;
      total += <f64>c * <f64>c;
      const x = <f64>dh * <f64>load<f32>(weights + at);
      const y = <f64>c * <f64>load<f32>(byCell + at);
      weighted += x * x + y * y;
    }
    store<f64>(squares, isTrusted(byHidden) ? byHidden : exactSquares(rows, units));
    store<f64>(squares + stride, isTrusted(total) ? total : exactSquares(cell, units));
    store<f64>(squares + 2 * stride, isTrusted(weighted) ? weighted : exactWeighted(rows, weights, 2 * units));
    squares += 8;
    rows += pitch;
    later += pitch;
  }
}

/**
 * The two parts of an LSTM's ∂J/∂c, dense rows of `units`: direct ← direct ∘ forget, path ← path ∘ forget + factors[i]·∂J/∂h ∘ toCell,
 * negligible values 0, and to two arrays of squares, `stride` bytes apart.
 */
export function cellPathRows(
  rows: usize,
  pitch: usize,
  direct: usize,
  path: usize,
  toCell: usize,
  forget: usize,
  factors: usize,
  count: i32,
  units: i32,
  squares: usize,
  stride: usize,
): void {
  const whole = (<usize>(units & ~7)) << 2;
  const end = (<usize>units) << 2;
  const least = f32x4.splat(NEGLIGIBLE);
  for (let row = 0; row < count; row++) {
    const factor = load<f32>(factors);
    const four = f32x4.splat(factor);
    let d0 = f32x4.splat(LEAST_SUM);
    let d1 = f32x4.splat(LEAST_SUM);
    let p0 = f32x4.splat(LEAST_SUM);
    let p1 = f32x4.splat(LEAST_SUM);
    for (let at: usize = 0; at < whole; at += 32) {
      const f0 = v128.load(forget + at);
      const f1 = v128.load(forget + at, 16);
      const come0 = f32x4.mul(f32x4.mul(v128.load(rows + at), four), v128.load(toCell + at));
      const come1 = f32x4.mul(f32x4.mul(v128.load(rows + at, 16), four), v128.load(toCell + at, 16));
      const direct0 = above(f32x4.mul(v128.load(direct + at), f0), least);
      const direct1 = above(f32x4.mul(v128.load(direct + at, 16), f1), least);
      const path0 = above(multiplyAdd(v128.load(path + at), f0, come0), least);
      const path1 = above(multiplyAdd(v128.load(path + at, 16), f1, come1), least);
      d0 = addSquares(direct0, d0);
      d1 = addSquares(direct1, d1);
      p0 = addSquares(path0, p0);
      p1 = addSquares(path1, p1);
      v128.store(direct + at, direct0);
      v128.store(direct + at, direct1, 16);
      v128.store(path + at, path0);
      v128.store(path + at, path1, 16);
    }
    let directly = sumOfLanes(f32x4.add(d0, d1));
    let around = sumOfLanes(f32x4.add(p0, p1));
    for (let at = whole; at < end; at += 4) {
      const f = load<f32>(forget + at);
      const come = factor * load<f32>(rows + at) * load<f32>(toCell + at);
      const d = aboveScalar(load<f32>(direct + at) * f, NEGLIGIBLE);
      const p = aboveScalar(load<f32>(path + at) * f + come, NEGLIGIBLE);
      store<f32>(direct + at, d);
      store<f32>(path + at, p);
      directly += <f64>d * <f64>d;
      around += <f64>p * <f64>p;
    }
    store<f64>(squares, isTrusted(directly) ? directly : exactSquares(direct, units));
    store<f64>(squares + stride, isTrusted(around) ? around : exactSquares(path, units));
    squares += 8;
    factors += 4;
    rows += pitch;
    direct += end;
    path += end;
  }
}
