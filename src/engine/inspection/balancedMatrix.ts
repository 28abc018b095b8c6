// Balancing before an eigenvalue iteration (Parlett & Reinsch 1969, as LAPACK's dgebal): reorders a matrix so that eigenvalues
// that can be read off stand on the diagonal, exactly, and scales the rest so that rows and columns are about equally long.

/** Rows and columns first … last still have to be decomposed; outside, the diagonal holds eigenvalues. Empty when last < first. */
export interface ActiveBlock {
  first: number;
  last: number;
}

/** Shortens rows and columns only where the product of their lengths falls by 5 %. */
const WORTH_SCALING = 0.95;

/** Balances `a` [n,n] in place by a similarity, which leaves the eigenvalues as they are. */
export function balance(a: Float64Array, n: number): ActiveBlock {
  const block = { first: 0, last: n - 1 };
  isolate(a, n, block);
  while (scaleOnce(a, n, block));
  return block;
}

/** Moves rows and then columns whose only nonzero element is the diagonal's out of the block, until none is left. */
function isolate(a: Float64Array, n: number, block: ActiveBlock): void {
  const onlyDiagonal = (k: number, rowStride: number, columnStride: number) => {
    for (let m = block.first; m <= block.last; m++)
      if (m !== k && a[k * rowStride + m * columnStride] !== 0) return false;
    return true;
  };
  const find = (rowStride: number, columnStride: number) => {
    for (let k = block.last; k >= block.first; k--) if (onlyDiagonal(k, rowStride, columnStride)) return k;
    return -1;
  };
  for (let row = find(n, 1); row >= 0; row = find(n, 1)) exchange(a, n, row, block.last--);
  for (let column = find(1, n); column >= 0; column = find(1, n)) exchange(a, n, column, block.first++);
}

/** Exchanges rows and columns k and m. */
function exchange(a: Float64Array, n: number, k: number, m: number): void {
  for (let at = 0; at < n; at++) [a[k * n + at], a[m * n + at]] = [a[m * n + at], a[k * n + at]];
  for (let at = 0; at < n; at++) [a[at * n + k], a[at * n + m]] = [a[at * n + m], a[at * n + k]];
}

/** One round of scaling by powers of two; whether anything was scaled. */
function scaleOnce(a: Float64Array, n: number, { first, last }: ActiveBlock): boolean {
  let scaled = false;
  for (let k = first; k <= last; k++) {
    let [column, row] = [0, 0];
    for (let m = first; m <= last; m++) {
      column += a[m * n + k] ** 2;
      row += a[k * n + m] ** 2;
    }
    [column, row] = [Math.sqrt(column), Math.sqrt(row)];
    if (column === 0 || row === 0) continue;
    // The nearest power of two to the factor √(row/column), which makes both equally long.
    const factor = 2 ** Math.round(Math.log2(row / column) / 2);
    if (factor === 1 || column * factor + row / factor >= WORTH_SCALING * (column + row)) continue;
    scaled = true;
    for (let m = first; m <= last; m++) {
      a[m * n + k] *= factor;
      a[k * n + m] /= factor;
    }
  }
  return scaled;
}
