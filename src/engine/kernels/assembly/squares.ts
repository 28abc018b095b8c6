// Sums of squares of rows whose values float32 holds but whose squares it may not.
import { multiplyAdd } from './arithmetic';

/** Elements this small beside a row of order one become 0. */
export const NEGLIGIBLE: f32 = 1e-34;
/** Smaller ones are left out of float32 squares, which would be denormal and slow. */
const SEEN: f32 = 1e-15;
/** What sums of squares begin with: nothing beside a sum that is trusted, and never denormal. */
export const LEAST_SUM: f32 = 1e-30;
/** Float32 sums of squares between which what was left out, and float32 itself, cannot be seen; beyond, float64 decides. */
const TRUSTED_FROM: f64 = 1e-23;
const TRUSTED_TO: f64 = 1e30;

/*inline*/ export function above(x: v128, least: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), least));
}

/*inline*/ export function aboveScalar(x: f32, least: f32): f32 {
  return abs(x) < least ? 0 : x;
}

/** sum + x². Where the product is not rounded by itself, its being denormal costs nothing. */
/*inline*/ export function addSquares(x: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return multiplyAdd(x, x, sum);
  const seen = above(x, f32x4.splat(SEEN));
  return f32x4.add(sum, f32x4.mul(seen, seen));
}

/*inline*/ export function sumOfLanes(x: v128): f64 {
  const low = <f64>f32x4.extract_lane(x, 0) + <f64>f32x4.extract_lane(x, 1);
  return low + (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3));
}

/*inline*/ export function isTrusted(squares: f64): bool {
  return squares > TRUSTED_FROM && squares < TRUSTED_TO;
}

/** Σ x², in float64. */
export function exactSquares(src: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (const end = src + ((<usize>count) << 2); src < end; src += 4) {
    const x = <f64>load<f32>(src);
    sum += x * x;
  }
  return sum;
}

/** Σ (weight·x)², in float64. */
export function exactWeighted(src: usize, weights: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (const end = src + ((<usize>count) << 2); src < end; src += 4) {
    const x = <f64>load<f32>(src) * <f64>load<f32>(weights);
    sum += x * x;
    weights += 4;
  }
  return sum;
}
