// The GRU's reset gate on the way back (javascriptCells.ts is the definition); pairs as in lstmStep.ts.
import { multiplyAdd } from './arithmetic';
import { padded, putRest, restBytes, takeRest, wholeBytes } from './lanes';
import { sigmoidSlope } from './lstmStep';

/** Reset gate before the product: from ∂J/∂a, a = r∘h(t−1), to ∂J/∂z_r and ∂J/∂h(t−1). `toGradient` as in lstmBackward. */
export function gruBackwardBefore(
  r: usize,
  pitch: usize,
  toGradient: isize,
  previous: usize,
  dPast: usize,
  dPrevious: usize,
  lanes: i32,
  units: i32,
): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) beforeRow(r, r + toGradient, previous, dPast, dPrevious, whole);
    if (rest) {
      takeRest(0, r + whole, rest);
      takeRest(2, previous + whole, rest);
      takeRest(3, dPast + whole, rest);
      takeRest(4, dPrevious + whole, rest);
      beforeRow(padded(0), padded(1), padded(2), padded(3), padded(4), 32);
      putRest(1, r + toGradient + whole, rest);
      putRest(4, dPrevious + whole, rest);
    }
    r += pitch;
    previous += dense;
    dPast += dense;
    dPrevious += dense;
  }
}

function beforeRow(r: usize, dr: usize, previous: usize, dPast: usize, dPrevious: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const r0 = v128.load(r + at);
    const r1 = v128.load(r + at, 16);
    const d0 = v128.load(dPast + at);
    const d1 = v128.load(dPast + at, 16);
    const p0 = v128.load(previous + at);
    const p1 = v128.load(previous + at, 16);
    v128.store(dr + at, f32x4.mul(f32x4.mul(d0, p0), sigmoidSlope(r0)));
    v128.store(dr + at, f32x4.mul(f32x4.mul(d1, p1), sigmoidSlope(r1)), 16);
    const into0 = multiplyAdd(d0, r0, v128.load(dPrevious + at));
    const into1 = multiplyAdd(d1, r1, v128.load(dPrevious + at, 16));
    v128.store(dPrevious + at, into0);
    v128.store(dPrevious + at, into1, 16);
  }
}

/** Reset gate after the product: from ∂J/∂z of the candidate to ∂J/∂a, a = W_h h(t−1) + b_hh, and ∂J/∂z_r. */
export function gruBackwardAfter(
  r: usize,
  g: usize,
  pitch: usize,
  toGradient: isize,
  past: usize,
  dPast: usize,
  lanes: i32,
  units: i32,
): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) afterRow(r, r + toGradient, g + toGradient, past, dPast, whole);
    if (rest) {
      takeRest(0, r + whole, rest);
      takeRest(2, g + toGradient + whole, rest);
      takeRest(3, past + whole, rest);
      afterRow(padded(0), padded(1), padded(2), padded(3), padded(4), 32);
      putRest(1, r + toGradient + whole, rest);
      putRest(4, dPast + whole, rest);
    }
    r += pitch;
    g += pitch;
    past += dense;
    dPast += dense;
  }
}

function afterRow(r: usize, dr: usize, dg: usize, past: usize, dPast: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const r0 = v128.load(r + at);
    const r1 = v128.load(r + at, 16);
    const d0 = v128.load(dg + at);
    const d1 = v128.load(dg + at, 16);
    const a0 = v128.load(past + at);
    const a1 = v128.load(past + at, 16);
    v128.store(dr + at, f32x4.mul(f32x4.mul(d0, a0), sigmoidSlope(r0)));
    v128.store(dr + at, f32x4.mul(f32x4.mul(d1, a1), sigmoidSlope(r1)), 16);
    v128.store(dPast + at, f32x4.mul(d0, r0));
    v128.store(dPast + at, f32x4.mul(d1, r1), 16);
  }
}
