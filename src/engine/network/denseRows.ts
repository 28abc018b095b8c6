// Rows of dense row-major matrices.

/** Every one of `count` rows of `out` becomes `bias`. */
export function fillWithBias(out: Float32Array, bias: Float32Array, count: number): void {
  for (let row = 0; row < count; row++) out.set(bias, row * bias.length);
}
