// The kernels in plain TypeScript: the fallback where WebAssembly SIMD is missing, and the definition the fast ones are tested against.
import type { Activation } from '../cells/cellDescription';
import { Arena } from './arena';
import { ACTIVATION_FUNCTIONS, javascriptCells } from './javascriptCells';
import { gatherRows, scatterAddRows, sumRows } from './javascriptRows';
import { javascriptSweep } from './javascriptSweep';
import { columnsOf, type AdamRates, type MatrixKernels, type StridedMatrix } from './matrixKernels';

/** Moments smaller than this are set to zero: arithmetic on denormal numbers is many times slower. */
const SMALLEST_MOMENT = 1e-30;

/** Kernels over an arena of `arenaBytes`. Throws RangeError when that much memory cannot be had. */
export function createJavascriptKernels(arenaBytes: number): MatrixKernels {
  const arena = new Arena(new ArrayBuffer(arenaBytes), 0);
  return {
    name: 'javascript',
    cells: javascriptCells,
    sweep: javascriptSweep,
    allocate: (length) => arena.allocate(length),
    allocateDoubles: (length) => arena.allocateDoubles(length),
    mark: () => arena.mark(),
    release: (mark) => arena.release(mark),
    multiply: (a, b, c, m, k, n, accumulate) =>
      multiplyStrided(columnsOf(a, k), columnsOf(b, n), columnsOf(c, n), m, k, n, accumulate),
    multiplyStrided,
    pack(b, k, n) {
      const values = arena.allocate(k * n);
      for (let p = 0; p < k; p++)
        for (let j = 0; j < n; j++) values[p * n + j] = b.values[b.offset + p * b.rowStride + j * b.columnStride];
      return { values, k, n };
    },
    multiplyPacked: (a, { values, k, n }, c, m, accumulate) =>
      multiplyStrided(a, columnsOf(values, n), c, m, k, n, accumulate),
    transpose,
    activate,
    softmaxRows,
    gatherRows,
    scatterAddRows,
    sumRows,
    sumOfSquares: (values) => values.reduce((sum, value) => sum + value * value, 0),
    scale(values, factor) {
      for (let at = 0; at < values.length; at++) values[at] *= factor;
    },
    adamUpdate,
  };
}

function multiplyStrided(
  a: StridedMatrix,
  b: StridedMatrix,
  c: StridedMatrix,
  m: number,
  k: number,
  n: number,
  accumulate: boolean,
): void {
  const [av, bv, cv] = [a.values, b.values, c.values];
  const bStep = b.columnStride;
  for (let i = 0; i < m; i++) {
    const cRow = c.offset + i * c.rowStride;
    if (!accumulate) cv.fill(0, cRow, cRow + n);
    for (let p = 0; p < k; p++) {
      const factor = av[a.offset + i * a.rowStride + p * a.columnStride];
      let bAt = b.offset + p * b.rowStride;
      for (let j = cRow; j < cRow + n; j++, bAt += bStep) cv[j] += factor * bv[bAt];
    }
  }
}

function transpose(src: Float32Array, dst: Float32Array, rows: number, cols: number): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) dst[j * rows + i] = src[i * cols + j];
}

function activate(
  kind: Activation,
  values: Float32Array,
  rows: number,
  width: number,
  first: number,
  count: number,
): void {
  const activation = ACTIVATION_FUNCTIONS[kind];
  for (let row = 0; row < rows; row++) {
    const begin = row * width + first;
    for (let at = begin; at < begin + count; at++) values[at] = activation(values[at]);
  }
}

function softmaxRows(
  logits: Float32Array,
  shift: Float32Array,
  total: Float32Array,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const begin = row * columns;
    let largest = -Infinity;
    for (let at = begin; at < begin + columns; at++) largest = Math.max(largest, logits[at]);
    let sum = 0;
    for (let at = begin; at < begin + columns; at++) {
      logits[at] = Math.exp(logits[at] - largest);
      sum += logits[at];
    }
    for (let at = begin; at < begin + columns; at++) logits[at] /= sum;
    shift[row] = largest;
    total[row] = sum;
  }
}

function adamUpdate(
  values: Float32Array,
  gradient: Float32Array,
  firstMoment: Float32Array,
  secondMoment: Float32Array,
  { beta1, beta2, stepSize, secondMomentScale, epsilon }: AdamRates,
): number {
  let squaredUpdate = 0;
  for (let at = 0; at < values.length; at++) {
    const g = gradient[at];
    const m = beta1 * firstMoment[at] + (1 - beta1) * g;
    const v = beta2 * secondMoment[at] + (1 - beta2) * g * g;
    const update = (stepSize * m) / (Math.sqrt(v) * secondMomentScale + epsilon);
    firstMoment[at] = Math.abs(m) < SMALLEST_MOMENT ? 0 : m;
    secondMoment[at] = v < SMALLEST_MOMENT ? 0 : v;
    values[at] -= update;
    squaredUpdate += update * update;
  }
  return squaredUpdate;
}
