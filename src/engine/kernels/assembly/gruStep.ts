// One timestep of the GRU between its matrix products (javascriptCells.ts is the definition); pairs as in lstmStep.ts.
import { multiplyAdd } from './arithmetic';
import { one, sigmoid, tanh } from './exponential';
import { padded, putRest, restBytes, takeRest, wholeBytes } from './lanes';
import { oneMinusSquare, sigmoidSlope } from './lstmStep';

/** Reset gate before the product: activates r and writes r∘h(t−1). */
export function gruReset(r: usize, pitch: usize, previous: usize, past: usize, lanes: i32, units: i32): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) resetRow(r, previous, past, whole);
    if (rest) {
      resetRow(takeRest(0, r + whole, rest), takeRest(1, previous + whole, rest), padded(2), 32);
      putRest(0, r + whole, rest);
      putRest(2, past + whole, rest);
    }
    r += pitch;
    previous += dense;
    past += dense;
  }
}

function resetRow(r: usize, previous: usize, past: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const r0 = sigmoid(v128.load(r + at));
    const r1 = sigmoid(v128.load(r + at, 16));
    const past0 = f32x4.mul(r0, v128.load(previous + at));
    const past1 = f32x4.mul(r1, v128.load(previous + at, 16));
    v128.store(r + at, r0);
    v128.store(r + at, r1, 16);
    v128.store(past + at, past0);
    v128.store(past + at, past1, 16);
  }
}

/** Reset gate after the product: activates r and adds r∘a to z of the candidate, a = W_h h(t−1) + b_hh. */
export function gruGatePast(r: usize, g: usize, pitch: usize, past: usize, lanes: i32, units: i32): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) gatePastRow(r, g, past, whole);
    if (rest) {
      gatePastRow(takeRest(0, r + whole, rest), takeRest(1, g + whole, rest), takeRest(2, past + whole, rest), 32);
      putRest(0, r + whole, rest);
      putRest(1, g + whole, rest);
    }
    r += pitch;
    g += pitch;
    past += (<usize>units) << 2;
  }
}

function gatePastRow(r: usize, g: usize, past: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const r0 = sigmoid(v128.load(r + at));
    const r1 = sigmoid(v128.load(r + at, 16));
    const g0 = multiplyAdd(r0, v128.load(past + at), v128.load(g + at));
    const g1 = multiplyAdd(r1, v128.load(past + at, 16), v128.load(g + at, 16));
    v128.store(r + at, r0);
    v128.store(r + at, r1, 16);
    v128.store(g + at, g0);
    v128.store(g + at, g1, 16);
  }
}

/** Activates u and the candidate; h(t) = (1 − u)∘h(t−1) + u∘h̃. */
export function gruState(u: usize, g: usize, pitch: usize, previous: usize, h: usize, lanes: i32, units: i32): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) stateRow(u, g, previous, h, whole);
    if (rest) {
      const candidate = takeRest(1, g + whole, rest);
      stateRow(takeRest(0, u + whole, rest), candidate, takeRest(2, previous + whole, rest), padded(3), 32);
      putRest(0, u + whole, rest);
      putRest(1, g + whole, rest);
      putRest(3, h + whole, rest);
    }
    u += pitch;
    g += pitch;
    previous += dense;
    h += dense;
  }
}

function stateRow(u: usize, g: usize, previous: usize, h: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const u0 = sigmoid(v128.load(u + at));
    const u1 = sigmoid(v128.load(u + at, 16));
    const g0 = tanh(v128.load(g + at));
    const g1 = tanh(v128.load(g + at, 16));
    const h0 = multiplyAdd(u0, g0, f32x4.mul(f32x4.sub(one(), u0), v128.load(previous + at)));
    const h1 = multiplyAdd(u1, g1, f32x4.mul(f32x4.sub(one(), u1), v128.load(previous + at, 16)));
    v128.store(u + at, u0);
    v128.store(u + at, u1, 16);
    v128.store(g + at, g0);
    v128.store(g + at, g1, 16);
    v128.store(h + at, h0);
    v128.store(h + at, h1, 16);
  }
}

/** From ∂J/∂h(t) to ∂J/∂z of u and the candidate, and what bypasses them to ∂J/∂h(t−1). */
export function gruBackwardState(
  u: usize,
  g: usize,
  pitch: usize,
  toGradient: isize,
  previous: usize,
  dh: usize,
  dPrevious: usize,
  lanes: i32,
  units: i32,
): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) backwardStateRow(u, g, toGradient, previous, dh, dPrevious, whole);
    if (rest) {
      takeRest(0, u + whole, rest);
      takeRest(1, g + whole, rest);
      takeRest(4, previous + whole, rest);
      takeRest(5, dh + whole, rest);
      takeRest(6, dPrevious + whole, rest);
      backwardStateRow(padded(0), padded(1), padded(2) - padded(0), padded(4), padded(5), padded(6), 32);
      putRest(2, u + toGradient + whole, rest);
      putRest(3, g + toGradient + whole, rest);
      putRest(6, dPrevious + whole, rest);
    }
    u += pitch;
    g += pitch;
    previous += dense;
    dh += dense;
    dPrevious += dense;
  }
}

function backwardStateRow(
  u: usize,
  g: usize,
  toGradient: isize,
  previous: usize,
  dh: usize,
  dPrevious: usize,
  bytes: usize,
): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const u0 = v128.load(u + at);
    const u1 = v128.load(u + at, 16);
    const g0 = v128.load(g + at);
    const g1 = v128.load(g + at, 16);
    const dh0 = v128.load(dh + at);
    const dh1 = v128.load(dh + at, 16);
    const p0 = v128.load(previous + at);
    const p1 = v128.load(previous + at, 16);
    v128.store(g + toGradient + at, f32x4.mul(f32x4.mul(dh0, u0), oneMinusSquare(g0)));
    v128.store(g + toGradient + at, f32x4.mul(f32x4.mul(dh1, u1), oneMinusSquare(g1)), 16);
    v128.store(u + toGradient + at, f32x4.mul(f32x4.mul(dh0, f32x4.sub(g0, p0)), sigmoidSlope(u0)));
    v128.store(u + toGradient + at, f32x4.mul(f32x4.mul(dh1, f32x4.sub(g1, p1)), sigmoidSlope(u1)), 16);
    const d0 = multiplyAdd(dh0, f32x4.sub(one(), u0), v128.load(dPrevious + at));
    const d1 = multiplyAdd(dh1, f32x4.sub(one(), u1), v128.load(dPrevious + at, 16));
    v128.store(dPrevious + at, d0);
    v128.store(dPrevious + at, d1, 16);
  }
}
