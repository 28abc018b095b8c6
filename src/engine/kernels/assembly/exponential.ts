// e^x, σ and tanh on four float32 at once: Cephes' expf polynomial, about 1e-7 relative error. NaN stays NaN.
import { multiplyAdd } from './arithmetic';

// In memory because loading a constant is cheaper than making it where registers are scarce.
const CONSTANTS: usize = memory.data<f32>([
  1.44269504088896341, // 0: log₂ e
  12582912.0, // 4: 1.5·2²³, adding it rounds to an integer kept in the low bits
  -0.693359375, // 8: −ln 2, leading digits
  2.1219444e-4, // 12: −ln 2, the rest
  1.98756915e-4, // 16 … 36: (e^r − 1 − r)/r², highest power first
  1.3981999507e-3,
  8.3334519073e-3,
  4.1665795894e-2,
  1.6666665459e-1,
  5.0000001201e-1,
  1.0, // 40
  2.0, // 44
  -87.0, // 48: below, e^x leaves the normal numbers
  87.0, // 52
  -20.0, // 56: beyond ±20, tanh x/2 is ±1 in float32
  20.0, // 60
]);
const EXPONENT_BIAS: usize = memory.data<i32>([127]);

/*inline*/ function constant(offset: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + offset);
}

/*inline*/ export function one(): v128 {
  return constant(40);
}

// x = n·ln 2 + r: the scaled integer n before its magic number is taken off.
/*inline*/ function roundedMultiple(x: v128): v128 {
  return multiplyAdd(x, constant(0), constant(4));
}

// e^r − 1 for the remainder r, |r| ≤ ½ ln 2.
/*inline*/ function remainderExpm1(x: v128, multiple: v128): v128 {
  const n = f32x4.sub(multiple, constant(4));
  const r = multiplyAdd(n, constant(12), multiplyAdd(n, constant(8), x));
  let q = multiplyAdd(constant(16), r, constant(20));
  q = multiplyAdd(q, r, constant(24));
  q = multiplyAdd(q, r, constant(28));
  q = multiplyAdd(q, r, constant(32));
  q = multiplyAdd(q, r, constant(36));
  return multiplyAdd(f32x4.mul(r, r), q, r);
}

// 2^n from the bits of the rounded multiple.
/*inline*/ function powerOfTwo(multiple: v128): v128 {
  return i32x4.shl(i32x4.add(multiple, v128.load_splat<i32>(EXPONENT_BIAS)), 23);
}

/** e^x for x in [−87, 87], held there. */
/*inline*/ export function exponential(argument: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(argument, constant(48)), constant(52));
  const multiple = roundedMultiple(x);
  const scale = powerOfTwo(multiple);
  return multiplyAdd(scale, remainderExpm1(x, multiple), scale);
}

/** e^x for x ≤ 0, exactly 0 below −87. */
/*inline*/ export function exponentialOrZero(x: v128): v128 {
  return v128.andnot(exponential(x), f32x4.lt(x, constant(48)));
}

/** σ(x) = 1 / (1 + e^−x). */
/*inline*/ export function sigmoid(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), exponential(f32x4.neg(x))));
}

/** tanh x = (e^2x − 1) / (e^2x + 1), from e^2x − 1 so that small x keep their digits. */
/*inline*/ export function tanh(x: v128): v128 {
  const doubled = f32x4.pmin(f32x4.pmax(f32x4.add(x, x), constant(56)), constant(60));
  const multiple = roundedMultiple(doubled);
  const scale = powerOfTwo(multiple);
  const expm1 = multiplyAdd(scale, remainderExpm1(doubled, multiple), f32x4.sub(scale, one()));
  return f32x4.div(expm1, f32x4.add(expm1, constant(44)));
}
