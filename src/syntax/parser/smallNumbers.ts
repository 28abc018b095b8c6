// Matrices in 4 or 8 bits a number: every row is whole numbers times a scale of its own, and that a power of 2^⅛, so that it takes a byte.

/** Steps of a scale in a factor of two. */
const STEPS = 8;

/** The exponent of a row of zeros. */
const NOTHING = -128;

export interface SmallMatrix {
  bits: 4 | 8;
  columns: number;
  /** [rows, columns], or two columns a byte, the even one low, [rows, ⌈columns / 2⌉]. */
  numbers: Int8Array;
  /** [rows] exponents: the scale is 2^(exponent / 8). */
  exponents: Int8Array;
}

/** Largest number that a row is made of. */
const mostOf = (bits: 4 | 8): number => 2 ** (bits - 1) - 1;

export function bytesOfRow(bits: 4 | 8, columns: number): number {
  return bits === 4 ? Math.ceil(columns / 2) : columns;
}

const scaleOf = (exponent: number): number => (exponent === NOTHING ? 0 : 2 ** (exponent / STEPS));

/** Off by half a scale at most; a row's scale is at most 1.1 times its largest value's share of the largest number. */
export function makeSmall(values: Float32Array, columns: number, bits: 4 | 8): SmallMatrix {
  const rows = values.length / columns;
  const width = bytesOfRow(bits, columns);
  const numbers = new Int8Array(rows * width);
  const exponents = new Int8Array(rows);
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let k = 0; k < columns; k++) most = Math.max(most, Math.abs(values[row * columns + k]));
    const exponent = most === 0 ? NOTHING : Math.ceil(STEPS * Math.log2(most / mostOf(bits)));
    exponents[row] = Math.max(NOTHING, Math.min(127, exponent));
    const scale = scaleOf(exponents[row]);
    for (let k = 0; k < columns && scale > 0; k++) {
      const number = Math.round(values[row * columns + k] / scale);
      if (bits === 8) numbers[row * width + k] = number;
      else numbers[row * width + (k >> 1)] |= (number & 15) << (4 * (k & 1));
    }
  }
  return { bits, columns, numbers, exponents };
}

/** Writes [rows, columns]. */
export function readSmall({ bits, columns, numbers, exponents }: SmallMatrix, into: Float32Array): void {
  const width = bytesOfRow(bits, columns);
  exponents.forEach((exponent, row) => {
    const scale = scaleOf(exponent);
    for (let k = 0; k < columns; k++) {
      const byte = numbers[row * width + (bits === 8 ? k : k >> 1)];
      // The sign of four bits comes with shifting them up and down again.
      const number = bits === 8 ? byte : (byte << (k & 1 ? 24 : 28)) >> 28;
      into[row * columns + k] = scale * number;
    }
  });
}
