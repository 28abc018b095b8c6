// Eigenvalues of a Hessenberg matrix by Francis's implicitly shifted QR steps, with the shifts, the deflation test and the
// limits of LAPACK's dlahqr (Francis 1961; Ahues & Tisseur 1997).
import type { ActiveBlock } from './balancedMatrix';

/** Steps in a row without an eigenvalue after which a shift is made up: an orbit of equal shifts may never converge. */
const EXCEPTIONAL_EVERY = 10;
/** Subdiagonals of a matrix of order one that count as zero. */
const TINY = 1e-290;

/** Called for every eigenvalue; of a complex pair for both. */
export type Found = (real: number, imaginary: number) => void;

/** The two shifts of a double step, real ± i·imaginary. */
interface Shifts {
  real: number;
  imaginary: number;
}

/** Finds the eigenvalues of the block of `h` [n,n], of order one, step by step, destroying it. Throws Error after 30 steps per row without an end. */
export function* hessenbergEigenvalues(
  h: Float64Array,
  n: number,
  block: ActiveBlock,
  found: Found,
): Generator<void, void> {
  let end = block.last;
  let stepsLeft = 30 * Math.max(10, block.last - block.first + 1);
  for (let fruitless = 0; end >= block.first;) {
    const start = deflatedStart(h, n, block.first, end);
    if (start >= end - 1) {
      if (start === end) found(h[end * n + end], 0);
      else pairEigenvalues(h, n, start, found);
      end = start - 1;
      fruitless = 0;
      continue;
    }
    if (stepsLeft-- === 0) throw new Error('the eigenvalue iteration does not converge');
    fruitless++;
    yield;
    doubleStep(h, n, start, end, chooseShifts(h, n, start, end, fruitless));
  }
}

/** The first row of the unreduced part that ends in row `end`; what cuts it off is set to zero. */
function deflatedStart(h: Float64Array, n: number, first: number, end: number): number {
  for (let k = end; k > first; k--)
    if (isNegligible(h, n, first, end, k)) {
      h[k * n + k - 1] = 0;
      return k;
    }
  return first;
}

/** Whether the subdiagonal left of row k moves no eigenvalue by more than a rounding. */
function isNegligible(h: Float64Array, n: number, first: number, end: number, k: number): boolean {
  const below = Math.abs(h[k * n + k - 1]);
  if (below <= TINY) return true;
  const here = Math.abs(h[k * n + k]);
  let size = Math.abs(h[(k - 1) * n + k - 1]) + here;
  if (size === 0 && k - 2 >= first) size += Math.abs(h[(k - 1) * n + k - 2]);
  if (size === 0 && k < end) size += Math.abs(h[(k + 1) * n + k]);
  if (below > Number.EPSILON * size) return false;
  const above = Math.abs(h[(k - 1) * n + k]);
  const apart = Math.abs(h[(k - 1) * n + k - 1] - h[k * n + k]);
  const sum = Math.max(here, apart) + Math.max(below, above);
  const coupling = Math.min(below, above) * (Math.max(below, above) / sum);
  return coupling <= Math.max(TINY, Number.EPSILON * Math.min(here, apart) * (Math.max(here, apart) / sum));
}

/** Half the difference of diagonal elements k and k+1, and the root that leads to the pair's eigenvalues, i times it when complex. */
function splitPair(h: Float64Array, n: number, k: number): { half: number; root: number; complex: boolean } {
  const half = (h[k * n + k] - h[(k + 1) * n + k + 1]) / 2;
  const [above, below] = [h[k * n + k + 1], h[(k + 1) * n + k]];
  const size = Math.max(Math.abs(half), Math.abs(above), Math.abs(below));
  if (size <= TINY) return { half, root: 0, complex: false };
  const scale = 2 ** Math.floor(Math.log2(size));
  const discriminant = (half / scale) ** 2 + (above / scale) * (below / scale);
  return { half, root: scale * Math.sqrt(Math.abs(discriminant)), complex: discriminant < 0 };
}

/** Both eigenvalues of rows and columns k, k+1. */
function pairEigenvalues(h: Float64Array, n: number, k: number, found: Found): void {
  const { half, root, complex } = splitPair(h, n, k);
  const corner = h[(k + 1) * n + k + 1];
  if (complex) {
    found(corner + half, root);
    found(corner + half, -root);
    return;
  }
  const away = half + (half < 0 ? -root : root);
  found(corner + away, 0);
  found(away === 0 ? corner : corner - h[k * n + k + 1] * (h[(k + 1) * n + k] / away), 0);
}

/** The trailing pair's eigenvalues; of a real pair the nearer one twice. */
function chooseShifts(h: Float64Array, n: number, start: number, end: number, fruitless: number): Shifts {
  const entry = (row: number, column: number) => h[row * n + column];
  if (fruitless % EXCEPTIONAL_EVERY === 0) {
    const atEnd = fruitless % (2 * EXCEPTIONAL_EVERY) === 0;
    const size = atEnd
      ? Math.abs(entry(end, end - 1)) + Math.abs(entry(end - 1, end - 2))
      : Math.abs(entry(start + 1, start)) + Math.abs(entry(start + 2, start + 1));
    const corner = atEnd ? entry(end, end) : entry(start, start);
    return { real: corner + 0.75 * size, imaginary: Math.sqrt(0.4375) * size };
  }
  const { half, root, complex } = splitPair(h, n, end - 1);
  const mean = entry(end, end) + half;
  if (complex) return { real: mean, imaginary: root };
  return { real: mean + (half < 0 ? root : -root), imaginary: 0 };
}

/** One double QR step on rows and columns start … end, at least three, chasing the bulge down the diagonal. */
function doubleStep(h: Float64Array, n: number, start: number, end: number, shifts: Shifts): void {
  const v = [0, 0, 0];
  const from = bulgeStart(h, n, start, end, shifts, v);
  for (let k = from; k < end; k++) {
    const rows = Math.min(3, end - k + 1);
    if (k > from) for (let r = 0; r < 3; r++) v[r] = r < rows ? h[(k + r) * n + k - 1] : 0;
    const length = Math.hypot(v[0], v[1], v[2]);
    if (length === 0) continue;
    // I − τ w wᵀ, w = (1, y, z), takes v to one element.
    const reflected = v[0] > 0 ? -length : length;
    const tau = (reflected - v[0]) / reflected;
    if (k > from) {
      h[k * n + k - 1] = reflected;
      for (let r = 1; r < rows; r++) h[(k + r) * n + k - 1] = 0;
    } else if (k > start) h[k * n + k - 1] *= 1 - tau;
    reflect(h, n, { start, end, k, rows, tau, y: v[1] / (v[0] - reflected), z: v[2] / (v[0] - reflected) });
  }
}

/** A reflection of rows and columns k … k + rows − 1 (two or three) inside the part start … end. */
interface Reflection {
  start: number;
  end: number;
  k: number;
  rows: number;
  tau: number;
  y: number;
  z: number;
}

/** Applies it to the rows from column k on, then to the columns down to the bulge's last row. */
function reflect(h: Float64Array, n: number, { start, end, k, rows, tau, y, z }: Reflection): void {
  const three = rows === 3;
  for (let p = k * n + k; p <= k * n + end; p++) {
    const sum = tau * (h[p] + y * h[p + n] + (three ? z * h[p + 2 * n] : 0));
    h[p] -= sum;
    h[p + n] -= sum * y;
    if (three) h[p + 2 * n] -= sum * z;
  }
  const last = Math.min(k + 3, end) * n + k;
  for (let p = start * n + k; p <= last; p += n) {
    const sum = tau * (h[p] + y * h[p + 1] + (three ? z * h[p + 2] : 0));
    h[p] -= sum;
    h[p + 1] -= sum * y;
    if (three) h[p + 2] -= sum * z;
  }
}

/** The row in which a step may begin because two subdiagonals before it are small together; `v` becomes its first column. */
function bulgeStart(h: Float64Array, n: number, start: number, end: number, shifts: Shifts, v: number[]): number {
  for (let m = end - 2; ; m--) {
    const [here, next] = [h[m * n + m], h[(m + 1) * n + m + 1]];
    const away = here - shifts.real;
    const size = Math.abs(away) + shifts.imaginary + Math.abs(h[(m + 1) * n + m]);
    const below = h[(m + 1) * n + m] / size;
    v[0] = below * h[m * n + m + 1] + away * (away / size) + shifts.imaginary * (shifts.imaginary / size);
    v[1] = below * (away + next - shifts.real);
    v[2] = below * h[(m + 2) * n + m + 1];
    const length = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    if (length > 0) for (let r = 0; r < 3; r++) v[r] /= length;
    if (m === start) return m;
    const before = Math.abs(h[m * n + m - 1]) * (Math.abs(v[1]) + Math.abs(v[2]));
    const around = Math.abs(h[(m - 1) * n + m - 1]) + Math.abs(here) + Math.abs(next);
    if (before <= Number.EPSILON * Math.abs(v[0]) * around) return m;
  }
}
