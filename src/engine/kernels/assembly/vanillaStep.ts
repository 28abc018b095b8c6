// One timestep of the vanilla cell between its matrix products, on `count` values in a row; pairs as in lstmStep.ts.
import { one, sigmoid, tanh } from './exponential';
import { padded, putRest, restBytes, takeRest, wholeBytes } from './lanes';
import { oneMinusSquare, sigmoidSlope } from './lstmStep';

const SIGMOID = 0;
const TANH = 1;

/*inline*/ function activated(kind: i32, z: v128): v128 {
  if (kind == SIGMOID) return sigmoid(z);
  if (kind == TANH) return tanh(z);
  return f32x4.max(z, f32x4.splat(0));
}

/** φ′ from φ's value h; relu's is 1 where h > 0. */
/*inline*/ function slope(kind: i32, h: v128): v128 {
  if (kind == SIGMOID) return sigmoidSlope(h);
  if (kind == TANH) return oneMinusSquare(h);
  return v128.and(one(), f32x4.gt(h, f32x4.splat(0)));
}

/*inline*/ function forwardPass(kind: i32, z: usize, h: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    const h0 = activated(kind, v128.load(z + at));
    const h1 = activated(kind, v128.load(z + at, 16));
    v128.store(z + at, h0);
    v128.store(z + at, h1, 16);
    v128.store(h + at, h0);
    v128.store(h + at, h1, 16);
  }
}

/*inline*/ function backwardPass(kind: i32, h: usize, dh: usize, dz: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
    v128.store(dz + at, f32x4.mul(v128.load(dh + at), slope(kind, v128.load(h + at))));
    v128.store(dz + at, f32x4.mul(v128.load(dh + at, 16), slope(kind, v128.load(h + at, 16))), 16);
  }
}

function forwardSpan(kind: i32, z: usize, h: usize, bytes: usize): void {
  if (kind == SIGMOID) forwardPass(SIGMOID, z, h, bytes);
  else if (kind == TANH) forwardPass(TANH, z, h, bytes);
  else forwardPass(2, z, h, bytes);
}

function backwardSpan(kind: i32, h: usize, dh: usize, dz: usize, bytes: usize): void {
  if (kind == SIGMOID) backwardPass(SIGMOID, h, dh, dz, bytes);
  else if (kind == TANH) backwardPass(TANH, h, dh, dz, bytes);
  else backwardPass(2, h, dh, dz, bytes);
}

/** z ← φ(z), h ← φ(z); kind 0 σ, 1 tanh, 2 relu. */
export function vanillaForward(kind: i32, z: usize, h: usize, count: i32): void {
  const whole = wholeBytes(count);
  const rest = restBytes(count);
  if (whole) forwardSpan(kind, z, h, whole);
  if (!rest) return;
  forwardSpan(kind, takeRest(0, z + whole, rest), padded(1), 32);
  putRest(0, z + whole, rest);
  putRest(1, h + whole, rest);
}

/** ∂J/∂z = ∂J/∂h ∘ φ′(z). */
export function vanillaBackward(kind: i32, h: usize, dh: usize, dz: usize, count: i32): void {
  const whole = wholeBytes(count);
  const rest = restBytes(count);
  if (whole) backwardSpan(kind, h, dh, dz, whole);
  if (!rest) return;
  backwardSpan(kind, takeRest(0, h + whole, rest), takeRest(1, dh + whole, rest), padded(2), 32);
  putRest(2, dz + whole, rest);
}
