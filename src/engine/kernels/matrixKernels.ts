// What the engine asks of its numeric kernels: memory, matrix products and the element-wise work that dominates a step.
import type { Activation } from '../cells/cellDescription';
import type { CellKernels } from './cellKernels';
import type { KernelVariant } from './kernelVariants';
import type { ConnectionKernels } from './connectionKernels';
import type { OptimizerKernels } from './optimizerKernels';
import type { PoolingKernels } from './poolingKernels';
import type { Program, Share } from './programs';
import type { SweepKernels } from './sweepKernels';

/** A matrix seen through strides (in elements), so that transposes and column blocks need no copy. */
export interface StridedMatrix {
  values: Float32Array;
  /** Element (0, 0) is values[offset]. */
  offset: number;
  rowStride: number;
  columnStride: number;
}

/** B [k,n] in the order in which its products read it. */
export interface PackedMatrix {
  values: Float32Array;
  k: number;
  n: number;
}

export interface MatrixKernels {
  readonly name: KernelVariant;
  /** Threads that a program runs on, this one included. */
  readonly threads: number;
  /** One timestep of each cell. */
  readonly cells: CellKernels;
  /** Row operations of the all-pairs gradients. */
  readonly sweep: SweepKernels;
  readonly optimizers: OptimizerKernels;
  /** Whole sequences: pooling over time. */
  readonly pooling: PoolingKernels;
  /** What leads around layers, and what is dropped between them. */
  readonly connections: ConnectionKernels;
  /** Bump-allocates from one fixed arena (a WebAssembly memory but in 'javascript'); 64-byte aligned, zeroed. Throws RangeError when full. */
  allocate(length: number): Float32Array;
  /** The same for float64: takes twice as much. */
  allocateDoubles(length: number): Float64Array;
  allocateInts(length: number): Int32Array;
  /** mark()/release(mark): stack discipline for temporary buffers. */
  mark(): number;
  release(mark: number): void;
  /**
   * Records what `build` asks of the kernels, once per thread with its share, and runs it as often as wanted; allocates for good.
   * `build` may do nothing but call kernels: numbers that change from run to run must lie in the arena.
   */
  program(build: (share: Share) => void): Program;
  /** Starts the other threads, which the first program would do too; rejects when one cannot be started. */
  start(): Promise<void>;
  /** Ends the other threads; programs cannot be run any more. */
  dispose(): void;
  /** C[m,n] = A[m,k]·B[k,n] (+ C when accumulate), row-major, dense, all three allocated here. */
  multiply(
    a: Float32Array,
    b: Float32Array,
    c: Float32Array,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
  ): void;
  /** The same product over strided views; C's columnStride must be 1. C may not overlap A or B. Nothing happens where m or n is 0. */
  multiplyStrided(
    a: StridedMatrix,
    b: StridedMatrix,
    c: StridedMatrix,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
  ): void;
  /** Packs B [k,n] for several products; allocates (at most `packedLength`), so mark and release around its use. */
  pack(b: StridedMatrix, k: number, n: number): PackedMatrix;
  /** Packs columns [first, first + count) of B [k,n] to their place in `into`; `first` is a multiple of PANEL. */
  packColumns(b: StridedMatrix, into: PackedMatrix, first: number, count: number): void;
  /** multiplyStrided with a packed B: the same bits, without packing it again. */
  multiplyPacked(a: StridedMatrix, b: PackedMatrix, c: StridedMatrix, m: number, accumulate: boolean): void;
  /** dst[cols,rows] = transpose of src[rows,cols]. */
  transpose(src: Float32Array, dst: Float32Array, rows: number, cols: number): void;
  /** Applies σ, tanh or relu in place to columns [first, first + count) of values[rows, width]. */
  activate(kind: Activation, values: Float32Array, rows: number, width: number, first: number, count: number): void;
  /**
   * Softmax of every row of logits[rows, columns], in place. shift[rows] receives the row's largest logit and
   * total[rows] Σ exp(logit − shift), so that −ln p(y) = shift + ln total − logit(y).
   */
  softmaxRows(logits: Float32Array, shift: Float32Array, total: Float32Array, rows: number, columns: number): void;
  /**
   * The same and the target's logit to picked[rows]. Leaves p in logits, or weight·(p − onehot(target)), the gradient of
   * weight·Σ −ln p(target), where a weight is given. `targets` [rows] are the arena's and below `columns`.
   */
  crossEntropyRows(rows: CrossEntropyRows, columns: number, weight: number | null): void;
  /** out[i] = table[ids[i]]; rows of `width`. `ids` are the arena's and rows of the table. */
  gatherRows(table: Float32Array, ids: Int32Array, width: number, out: Float32Array): void;
  /** table[ids[i]] += rows[i], in order, in columns [first, first + count) of `width`. */
  scatterAddRows(
    rows: Float32Array,
    ids: Int32Array,
    width: number,
    table: Float32Array,
    first: number,
    count: number,
  ): void;
  /** out[j] = Σ over rows of rows[·, j], first ≤ j < first + count, without float32 rounding that grows with their number. */
  sumRows(rows: Float32Array, width: number, out: Float32Array, first: number, count: number): void;
  /** Every row of `out` becomes `row`. */
  fillRows(row: Float32Array, out: Float32Array): void;
  zero(values: Float32Array): void;
  /** Σ v² in float64; not finite when a value is not. */
  sumOfSquares(values: Float32Array): number;
  /** The same to into[0]. */
  storeSumOfSquares(values: Float32Array, into: Float64Array): void;
  /** values ← factor[0]·values. */
  scaleBy(values: Float32Array, factor: Float32Array): void;
}

/** Rows that a loss is taken of; all in the arena, one value per row besides the logits. */
export interface CrossEntropyRows {
  logits: Float32Array;
  targets: Int32Array;
  shift: Float32Array;
  total: Float32Array;
  picked: Float32Array;
}

/** What takes memory for good. */
export type Allocator = Pick<MatrixKernels, 'allocate' | 'allocateDoubles' | 'allocateInts'>;

/** Columns that packed matrices are cut into in some variant: threads share products at its multiples. */
export const PANEL = 16;

/** View of columns [first, …) of a dense row-major matrix of `width` columns. */
export function columnsOf(values: Float32Array, width: number, first = 0): StridedMatrix {
  return { values, offset: first, rowStride: width, columnStride: 1 };
}

/** Transposed view. */
export function transposed(matrix: StridedMatrix): StridedMatrix {
  return { ...matrix, rowStride: matrix.columnStride, columnStride: matrix.rowStride };
}

/** Upper bound of the values that a packed [k,n] takes in any variant. */
export function packedLength(k: number, n: number): number {
  return k * Math.ceil(n / PANEL) * PANEL + 16;
}

/** The same matrix from row and column on. */
export function shifted(matrix: StridedMatrix, row: number, column: number): StridedMatrix {
  return { ...matrix, offset: matrix.offset + row * matrix.rowStride + column * matrix.columnStride };
}
