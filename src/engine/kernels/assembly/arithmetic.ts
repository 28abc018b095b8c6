// The one operation in which the variants differ: a·b + c, rounded once where relaxed SIMD is had, twice elsewhere.

/** a·b + c. The compiler decides: modules with relaxed SIMD fuse, the others do not. */
/*inline*/ export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f32>(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}
