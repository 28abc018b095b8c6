// Matrices whose singular values or eigenvalues are known without computing them.
import { randomNumbers } from './smallNetworks';

/** [n,n] row-major from a function of row and column. */
export function matrixOf(n: number, entry: (row: number, column: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));
}

export const transposeOf = (values: Float64Array, n: number): Float64Array =>
  matrixOf(n, (row, column) => values[column * n + row]);

export function matrixProduct(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return matrixOf(n, (row, column) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[row * n + k] * b[k * n + column];
    return sum;
  });
}

/** A random orthogonal matrix: rows orthonormalised twice (Gram and Schmidt). */
export function orthogonalMatrix(n: number, seed: number): Float64Array {
  const random = randomNumbers(seed);
  const rows: Float64Array[] = [];
  for (let k = 0; k < n; k++) {
    const row = Float64Array.from({ length: n }, () => random() - 0.5);
    for (const before of [...rows, ...rows]) {
      const along = row.reduce((sum, v, at) => sum + v * before[at], 0);
      before.forEach((v, at) => (row[at] -= along * v));
    }
    const length = Math.hypot(...row);
    rows.push(row.map((v) => v / length));
  }
  return Float64Array.from(rows.flatMap((row) => [...row]));
}

/** Pairs r·e^(±iθ) as blocks of two along the diagonal. */
export function rotations(pairs: readonly { radius: number; angle: number }[]): Float64Array {
  const n = 2 * pairs.length;
  return matrixOf(n, (row, column) => {
    if (Math.floor(row / 2) !== Math.floor(column / 2)) return 0;
    const { radius, angle } = pairs[Math.floor(row / 2)];
    if (row === column) return radius * Math.cos(angle);
    return (row < column ? -1 : 1) * radius * Math.sin(angle);
  });
}

/** The companion matrix of ∏ (λ − root). */
export function companion(roots: readonly number[]): Float64Array {
  // Ascending coefficients of the polynomial, multiplied out root by root.
  const coefficients = roots.reduce<number[]>(
    (before, root) => [...before, 0].map((_, k) => (before[k - 1] ?? 0) - root * (before[k] ?? 0)),
    [1],
  );
  const n = roots.length;
  return matrixOf(n, (row, column) => (column === n - 1 ? -coefficients[row] : row === column + 1 ? 1 : 0));
}
