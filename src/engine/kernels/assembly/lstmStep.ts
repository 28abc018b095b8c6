// One timestep of the LSTM between its matrix products, all in one pass over the row (javascriptCells.ts is the definition).
// Everything comes in pairs of vectors side by side and is loaded before anything is stored: V8's revectorizer joins no
// pair across a store (half the time of a step here).
import { multiplyAdd } from './arithmetic';
import { one, sigmoid, tanh } from './exponential';
import { padded, putRest, restBytes, takeRest, wholeBytes } from './lanes';

/** f, i, o, g: the gates' blocks of the first row, `pitch` bytes between rows; the other arrays are dense. */
export function lstmForward(
  f: usize,
  i: usize,
  o: usize,
  g: usize,
  pitch: usize,
  previous: usize,
  c: usize,
  squashed: usize,
  h: usize,
  lanes: i32,
  units: i32,
): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) forwardRow(f, i, o, g, previous, c, squashed, h, whole);
    if (rest) {
      takeRest(0, f + whole, rest);
      takeRest(1, i + whole, rest);
      takeRest(2, o + whole, rest);
      takeRest(3, g + whole, rest);
      takeRest(4, previous + whole, rest);
      forwardRow(padded(0), padded(1), padded(2), padded(3), padded(4), padded(5), padded(6), padded(7), 32);
      putRest(0, f + whole, rest);
      putRest(1, i + whole, rest);
      putRest(2, o + whole, rest);
      putRest(3, g + whole, rest);
      putRest(5, c + whole, rest);
      putRest(6, squashed + whole, rest);
      putRest(7, h + whole, rest);
    }
    f += pitch;
    i += pitch;
    o += pitch;
    g += pitch;
    previous += dense;
    c += dense;
    squashed += dense;
    h += dense;
  }
}

function forwardRow(
  f: usize,
  i: usize,
  o: usize,
  g: usize,
  previous: usize,
  c: usize,
  squashed: usize,
  h: usize,
  bytes: usize,
): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const i0 = sigmoid(v128.load(i + at));
    const i1 = sigmoid(v128.load(i + at, 16));
    const g0 = tanh(v128.load(g + at));
    const g1 = tanh(v128.load(g + at, 16));
    const f0 = sigmoid(v128.load(f + at));
    const f1 = sigmoid(v128.load(f + at, 16));
    const o0 = sigmoid(v128.load(o + at));
    const o1 = sigmoid(v128.load(o + at, 16));
    const c0 = multiplyAdd(f0, v128.load(previous + at), f32x4.mul(i0, g0));
    const c1 = multiplyAdd(f1, v128.load(previous + at, 16), f32x4.mul(i1, g1));
    const t0 = tanh(c0);
    const t1 = tanh(c1);
    v128.store(i + at, i0);
    v128.store(i + at, i1, 16);
    v128.store(g + at, g0);
    v128.store(g + at, g1, 16);
    v128.store(f + at, f0);
    v128.store(f + at, f1, 16);
    v128.store(o + at, o0);
    v128.store(o + at, o1, 16);
    v128.store(c + at, c0);
    v128.store(c + at, c1, 16);
    v128.store(squashed + at, t0);
    v128.store(squashed + at, t1, 16);
    v128.store(h + at, f32x4.mul(o0, t0));
    v128.store(h + at, f32x4.mul(o1, t1), 16);
  }
}

/** Gates [lanes,4H] and their gradients (offset `toGradient` bytes from them) share blocks and pitch. */
export function lstmBackward(
  f: usize,
  i: usize,
  o: usize,
  g: usize,
  pitch: usize,
  toGradient: isize,
  previous: usize,
  squashed: usize,
  dh: usize,
  dc: usize,
  lanes: i32,
  units: i32,
): void {
  const whole = wholeBytes(units);
  const rest = restBytes(units);
  const dense = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    if (whole) backwardRow(f, i, o, g, toGradient, previous, squashed, dh, dc, whole);
    if (rest) {
      takeRest(0, f + whole, rest);
      takeRest(1, i + whole, rest);
      takeRest(2, o + whole, rest);
      takeRest(3, g + whole, rest);
      takeRest(4, previous + whole, rest);
      takeRest(5, squashed + whole, rest);
      takeRest(6, dh + whole, rest);
      takeRest(7, dc + whole, rest);
      const gap = padded(8) - padded(0);
      backwardRow(padded(0), padded(1), padded(2), padded(3), gap, padded(4), padded(5), padded(6), padded(7), 32);
      putRest(8, f + toGradient + whole, rest);
      putRest(9, i + toGradient + whole, rest);
      putRest(10, o + toGradient + whole, rest);
      putRest(11, g + toGradient + whole, rest);
      putRest(7, dc + whole, rest);
    }
    f += pitch;
    i += pitch;
    o += pitch;
    g += pitch;
    previous += dense;
    squashed += dense;
    dh += dense;
    dc += dense;
  }
}

function backwardRow(
  f: usize,
  i: usize,
  o: usize,
  g: usize,
  toGradient: isize,
  previous: usize,
  squashed: usize,
  dh: usize,
  dc: usize,
  bytes: usize,
): void {
  const df = f + toGradient;
  const di = i + toGradient;
  const dO = o + toGradient;
  const dg = g + toGradient;
  for (let at: usize = 0; at < bytes; at += 32) {
    const dh0 = v128.load(dh + at);
    const dh1 = v128.load(dh + at, 16);
    const t0 = v128.load(squashed + at);
    const t1 = v128.load(squashed + at, 16);
    const o0 = v128.load(o + at);
    const o1 = v128.load(o + at, 16);
    const dc0 = multiplyAdd(f32x4.mul(dh0, o0), oneMinusSquare(t0), v128.load(dc + at));
    const dc1 = multiplyAdd(f32x4.mul(dh1, o1), oneMinusSquare(t1), v128.load(dc + at, 16));
    v128.store(dO + at, f32x4.mul(f32x4.mul(dh0, t0), sigmoidSlope(o0)));
    v128.store(dO + at, f32x4.mul(f32x4.mul(dh1, t1), sigmoidSlope(o1)), 16);
    const f0 = v128.load(f + at);
    const f1 = v128.load(f + at, 16);
    const p0 = v128.load(previous + at);
    const p1 = v128.load(previous + at, 16);
    v128.store(df + at, f32x4.mul(f32x4.mul(dc0, p0), sigmoidSlope(f0)));
    v128.store(df + at, f32x4.mul(f32x4.mul(dc1, p1), sigmoidSlope(f1)), 16);
    v128.store(dc + at, f32x4.mul(dc0, f0));
    v128.store(dc + at, f32x4.mul(dc1, f1), 16);
    const i0 = v128.load(i + at);
    const i1 = v128.load(i + at, 16);
    const g0 = v128.load(g + at);
    const g1 = v128.load(g + at, 16);
    v128.store(di + at, f32x4.mul(f32x4.mul(dc0, g0), sigmoidSlope(i0)));
    v128.store(di + at, f32x4.mul(f32x4.mul(dc1, g1), sigmoidSlope(i1)), 16);
    v128.store(dg + at, f32x4.mul(f32x4.mul(dc0, i0), oneMinusSquare(g0)));
    v128.store(dg + at, f32x4.mul(f32x4.mul(dc1, i1), oneMinusSquare(g1)), 16);
  }
}

/** σ′ from σ's value s: s(1 − s). */
/*inline*/ export function sigmoidSlope(s: v128): v128 {
  return f32x4.mul(s, f32x4.sub(one(), s));
}

/** tanh′ from tanh's value. */
/*inline*/ export function oneMinusSquare(t: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(t, t));
}
