// Rows of dense row-major matrices: looked up by token, added up by token, summed; and sums of squares and scaling.

/** Rows summed in float32 before they are added to the total, so that rounding does not grow with their number. */
const ROWS_PER_PARTIAL = 32;

/*inline*/ function addRow(from: usize, into: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const sum0 = f32x4.add(v128.load(into + at), v128.load(from + at));
    const sum1 = f32x4.add(v128.load(into + at, 16), v128.load(from + at, 16));
    v128.store(into + at, sum0);
    v128.store(into + at, sum1, 16);
  }
  for (; at < bytes; at += 4) store<f32>(into + at, load<f32>(into + at) + load<f32>(from + at));
}

/** out[i] = table[ids[i]], i < count; rows of `width` values. */
export function gatherRows(table: usize, ids: usize, out: usize, count: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let i = 0; i < count; i++) {
    const from = table + <usize>load<i32>(ids) * bytes;
    let at: usize = 0;
    for (; at + 32 <= bytes; at += 32) {
      const low = v128.load(from + at);
      const high = v128.load(from + at, 16);
      v128.store(out + at, low);
      v128.store(out + at, high, 16);
    }
    for (; at < bytes; at += 4) store<f32>(out + at, load<f32>(from + at));
    ids += 4;
    out += bytes;
  }
}

/** table[ids[i]] += rows[i], in order. */
export function scatterAddRows(rows: usize, ids: usize, table: usize, count: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let i = 0; i < count; i++) {
    addRow(rows, table + <usize>load<i32>(ids) * bytes, bytes);
    ids += 4;
    rows += bytes;
  }
}

/** out[j] = Σ over rows; `partial` is room for one row. */
export function sumRows(rows: usize, count: i32, width: i32, out: usize, partial: usize): void {
  const bytes = (<usize>width) << 2;
  memory.fill(out, 0, bytes);
  for (let first = 0; first < count; first += ROWS_PER_PARTIAL) {
    memory.fill(partial, 0, bytes);
    for (let row = first; row < min(count, first + ROWS_PER_PARTIAL); row++) {
      addRow(rows, partial, bytes);
      rows += bytes;
    }
    addRow(partial, out, bytes);
  }
}

/** Σ v² over `count` values; not finite exactly when a value is not or its square overflows float64. */
export function sumOfSquares(values: usize, count: i32): f64 {
  const end = values + ((<usize>count) << 2);
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  for (; values + 16 <= end; values += 16) {
    const four = v128.load(values);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
    sum0 = f64x2.add(sum0, f64x2.mul(low, low));
    sum1 = f64x2.add(sum1, f64x2.mul(high, high));
  }
  const sums = f64x2.add(sum0, sum1);
  let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; values < end; values += 4) {
    const value = <f64>load<f32>(values);
    total += value * value;
  }
  return total;
}

/** values ← factor·values. */
export function scaleValues(values: usize, count: i32, factor: f32): void {
  const end = values + ((<usize>count) << 2);
  const factors = f32x4.splat(factor);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.mul(v128.load(values), factors));
  for (; values < end; values += 4) store<f32>(values, load<f32>(values) * factor);
}
