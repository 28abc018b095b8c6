// Row operations around the matrix products in plain TypeScript: the definition of assembly/rows.ts.

/** out[i] = table[ids[i]]; rows of `width`. */
export function gatherRows(table: Float32Array, ids: Int32Array, width: number, out: Float32Array): void {
  ids.forEach((id, i) => out.set(table.subarray(id * width, (id + 1) * width), i * width));
}

/** table[ids[i]] += rows[i], in order, in columns [first, first + count). */
export function scatterAddRows(
  rows: Float32Array,
  ids: Int32Array,
  width: number,
  table: Float32Array,
  first: number,
  count: number,
): void {
  for (let i = 0; i < ids.length; i++)
    for (let k = first; k < first + count; k++) table[ids[i] * width + k] += rows[i * width + k];
}

/** out[j] = Σ over rows of rows[·, j], first ≤ j < first + count, accumulated in float64. */
export function sumRows(rows: Float32Array, width: number, out: Float32Array, first: number, count: number): void {
  const sums = new Float64Array(count);
  for (let from = first; from < rows.length; from += width) for (let j = 0; j < count; j++) sums[j] += rows[from + j];
  out.set(sums, first);
}
