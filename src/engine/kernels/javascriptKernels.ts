// The kernels in plain TypeScript: the fallback where WebAssembly SIMD is missing, and the definition the fast ones are tested against.
import type { Activation } from '../cells/cellDescription';
import { Arena } from './arena';
import { ACTIVATION_FUNCTIONS, javascriptCells } from './javascriptCells';
import { javascriptConnections } from './javascriptConnections';
import { javascriptOptimizers } from './javascriptOptimizers';
import { javascriptPooling } from './javascriptPooling';
import { gatherRows, scatterAddRows, sumRows } from './javascriptRows';
import { javascriptSweep } from './javascriptSweep';
import {
  columnsOf,
  type CrossEntropyRows,
  type MatrixKernels,
  type PackedMatrix,
  type StridedMatrix,
} from './matrixKernels';
import { SOLO } from './programs';

/** Kernels over an arena of `arenaBytes`. Throws RangeError when that much memory cannot be had. */
export function createJavascriptKernels(arenaBytes: number): MatrixKernels {
  const arena = new Arena(new ArrayBuffer(arenaBytes), 0);
  return {
    name: 'javascript',
    threads: 1,
    cells: javascriptCells,
    sweep: javascriptSweep,
    optimizers: javascriptOptimizers,
    pooling: javascriptPooling,
    connections: javascriptConnections,
    allocate: (length) => arena.allocate(length),
    allocateDoubles: (length) => arena.allocateDoubles(length),
    allocateInts: (length) => arena.allocateInts(length),
    mark: () => arena.mark(),
    release: (mark) => arena.release(mark),
    program: (build) => ({ run: () => build(SOLO) }),
    start: () => Promise.resolve(),
    dispose: () => undefined,
    multiply: (a, b, c, m, k, n, accumulate) =>
      multiplyStrided(columnsOf(a, k), columnsOf(b, n), columnsOf(c, n), m, k, n, accumulate),
    multiplyStrided,
    pack(b, k, n) {
      const packed = { values: arena.allocate(k * n), k, n };
      packColumns(b, packed, 0, n);
      return packed;
    },
    packColumns,
    multiplyPacked: (a, { values, k, n }, c, m, accumulate) =>
      multiplyStrided(a, columnsOf(values, n), c, m, k, n, accumulate),
    transpose,
    activate,
    softmaxRows,
    crossEntropyRows,
    gatherRows,
    scatterAddRows,
    sumRows,
    fillRows(row, out) {
      for (let at = 0; at < out.length; at += row.length) out.set(row, at);
    },
    zero: (values) => void values.fill(0),
    sumOfSquares,
    storeSumOfSquares: (values, into) => void (into[0] = sumOfSquares(values)),
    scaleBy(values, [factor]) {
      for (let at = 0; at < values.length; at++) values[at] *= factor;
    },
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

function packColumns(b: StridedMatrix, { values, k, n }: PackedMatrix, first: number, count: number): void {
  for (let p = 0; p < k; p++)
    for (let j = first; j < first + count; j++)
      values[p * n + j] = b.values[b.offset + p * b.rowStride + j * b.columnStride];
}

function sumOfSquares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
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

function crossEntropyRows(rows: CrossEntropyRows, columns: number, weight: number | null): void {
  const { logits, targets, shift, total, picked } = rows;
  targets.forEach((target, row) => (picked[row] = logits[row * columns + target]));
  softmaxRows(logits, shift, total, targets.length, columns);
  if (weight === null) return;
  for (let at = 0; at < targets.length * columns; at++) logits[at] *= weight;
  targets.forEach((target, row) => (logits[row * columns + target] -= weight));
}
