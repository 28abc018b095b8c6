// Brings a matrix to order one by a power of two, so that no step of a decomposition overflows or underflows.

/** v·2^exponent, exact unless the result itself leaves float64. */
export function timesPowerOfTwo(v: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return v * 2 ** half * 2 ** (exponent - half);
}

/**
 * A float64 copy of `values` [rows,columns], row-major, times 2^−exponent; its largest magnitude is about one. Exponent 0 for zeros.
 * Throws RangeError for an empty matrix and, naming its place, for a value that is not finite.
 */
export function orderOne(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
): { scaled: Float64Array; exponent: number } {
  if (rows < 1 || columns < 1 || values.length !== rows * columns)
    throw new RangeError(`${values.length} values are no ${rows}×${columns} matrix`);
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const magnitude = Math.abs(values[at]);
    if (!Number.isFinite(magnitude))
      throw new RangeError(`row ${Math.floor(at / columns)}, column ${at % columns} is not finite`);
    if (magnitude > largest) largest = magnitude;
  }
  const exponent = largest === 0 ? 0 : Math.floor(Math.log2(largest));
  return { scaled: Float64Array.from(values, (v) => timesPowerOfTwo(v, -exponent)), exponent };
}
