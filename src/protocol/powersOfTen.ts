// How numbers far from 1 are written, in the editor and in the inspector.

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "10⁶" for 6, "1" for 0. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return '1';
  if (exponent === 1) return '10';
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Two significant digits of a number that is not 0, rounded first: 9.97×10⁻⁵ is "1.0×10⁻⁴", not "10.0×10⁻⁵". */
export function timesPowerOfTen(value: number): string {
  const rounded = Number(value.toPrecision(2));
  const power = Math.floor(Math.log10(Math.abs(rounded)));
  return `${(rounded / 10 ** power).toFixed(1)}×${powerOfTen(power)}`;
}
