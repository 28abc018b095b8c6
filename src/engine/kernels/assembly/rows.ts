// Rows of dense row-major matrices: looked up by token, added up by token, summed; and sums of squares and scaling.

import { packedB } from './scratch';

/** Rows summed in float32 before they are added to the total, so that rounding does not grow with their number. */
const ROWS_PER_PARTIAL = 32;
/** Columns summed at a time: a partial row lies where products pack their B. */
const PARTIAL_COLUMNS = 16384;

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

/** table[ids[i]] += rows[i], in order, on the first `width` values of rows that lie `pitch` bytes apart in both. */
export function scatterAddRows(rows: usize, ids: usize, table: usize, count: i32, width: i32, pitch: usize): void {
  const bytes = (<usize>width) << 2;
  for (let i = 0; i < count; i++) {
    addRow(rows, table + <usize>load<i32>(ids) * pitch, bytes);
    ids += 4;
    rows += pitch;
  }
}

/** out[j] = Σ over rows `pitch` bytes apart, j < width. */
export function sumRows(rows: usize, count: i32, width: i32, pitch: usize, out: usize): void {
  for (let first = 0; first < width; first += PARTIAL_COLUMNS) {
    const at = (<usize>first) << 2;
    sumSomeColumns(rows + at, count, min(PARTIAL_COLUMNS, width - first), pitch, out + at);
  }
}

function sumSomeColumns(rows: usize, count: i32, width: i32, pitch: usize, out: usize): void {
  const bytes = (<usize>width) << 2;
  const partial = packedB();
  memory.fill(out, 0, bytes);
  for (let first = 0; first < count; first += ROWS_PER_PARTIAL) {
    memory.fill(partial, 0, bytes);
    for (let row = first; row < min(count, first + ROWS_PER_PARTIAL); row++) {
      addRow(rows, partial, bytes);
      rows += pitch;
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

/** sumOfSquares to memory. */
export function storeSumOfSquares(values: usize, count: i32, squares: usize): void {
  store<f64>(squares, sumOfSquares(values, count));
}

/** Every row of out [count,width] becomes `row`. */
export function fillRows(row: usize, out: usize, count: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let i = 0; i < count; i++) {
    memory.copy(out, row, bytes);
    out += bytes;
  }
}

/** `count` zeros. */
export function zeroValues(values: usize, count: i32): void {
  memory.fill(values, 0, (<usize>count) << 2);
}

/** values ← factor·values, the factor in memory. */
export function scaleValues(values: usize, count: i32, factorAt: usize): void {
  const factor = load<f32>(factorAt);
  const end = values + ((<usize>count) << 2);
  const factors = f32x4.splat(factor);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.mul(v128.load(values), factors));
  for (; values < end; values += 4) store<f32>(values, load<f32>(values) * factor);
}
