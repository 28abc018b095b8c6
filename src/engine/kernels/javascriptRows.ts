// Row operations around the matrix products in plain TypeScript: the definition of assembly/rows.ts.

/** out[i] = table[ids[i]]; rows of `width`. Throws RangeError for an id outside the table. */
export function gatherRows(table: Float32Array, ids: Int32Array, width: number, out: Float32Array): void {
  for (let i = 0; i < ids.length; i++) {
    const from = ids[i] * width;
    if (from < 0 || from >= table.length) throw new RangeError(`token id ${ids[i]} is outside the vocabulary`);
    out.set(table.subarray(from, from + width), i * width);
  }
}

/** table[ids[i]] += rows[i], in order. */
export function scatterAddRows(rows: Float32Array, ids: Int32Array, width: number, table: Float32Array): void {
  for (let i = 0; i < ids.length; i++) {
    const to = ids[i] * width;
    if (to < 0 || to >= table.length) throw new RangeError(`token id ${ids[i]} is outside the vocabulary`);
    const from = i * width;
    for (let k = 0; k < width; k++) table[to + k] += rows[from + k];
  }
}

/** out[j] = Σ over rows of rows[·, j], accumulated in float64. */
export function sumRows(rows: Float32Array, width: number, out: Float32Array): void {
  const sums = new Float64Array(width);
  for (let from = 0; from < rows.length; from += width) for (let j = 0; j < width; j++) sums[j] += rows[from + j];
  out.set(sums);
}
