// What the engine asks of its numeric kernels: memory, matrix products and the element-wise work that dominates a step.
import type { Activation } from '../cells/cellDescription';
import type { CellKernels } from './cellKernels';
import type { KernelVariant } from './kernelVariants';
import type { SweepKernels } from './sweepKernels';

/** A matrix seen through strides (in elements), so that transposes and column blocks need no copy. */
export interface StridedMatrix {
  values: Float32Array;
  /** Element (0, 0) is values[offset]. */
  offset: number;
  rowStride: number;
  columnStride: number;
}

/** Decay rates, step size and bias corrections of one Adam update. */
export interface AdamRates {
  beta1: number;
  beta2: number;
  /** Learning rate divided by the first moment's bias correction 1 − β₁ᵗ. */
  stepSize: number;
  /** 1 / √(1 − β₂ᵗ), the second moment's bias correction. */
  secondMomentScale: number;
  epsilon: number;
}

/** B [k,n] in the order in which its products read it. */
export interface PackedMatrix {
  values: Float32Array;
  k: number;
  n: number;
}

export interface MatrixKernels {
  readonly name: KernelVariant;
  /** One timestep of each cell. */
  readonly cells: CellKernels;
  /** Row operations of the all-pairs gradients. */
  readonly sweep: SweepKernels;
  /** Bump-allocates from one fixed arena (a WebAssembly memory but in 'javascript'); 64-byte aligned, zeroed. Throws RangeError when full. */
  allocate(length: number): Float32Array;
  /** The same for float64: takes twice as much. */
  allocateDoubles(length: number): Float64Array;
  /** mark()/release(mark): stack discipline for temporary buffers. */
  mark(): number;
  release(mark: number): void;
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
  /** The same product over strided views; C's columnStride must be 1. C may not overlap A or B. */
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
  /** out[i] = table[ids[i]]; rows of `width`. Throws RangeError for an id outside the table. */
  gatherRows(table: Float32Array, ids: Int32Array, width: number, out: Float32Array): void;
  /** table[ids[i]] += rows[i], in order. Throws RangeError for an id outside the table. */
  scatterAddRows(rows: Float32Array, ids: Int32Array, width: number, table: Float32Array): void;
  /** out[j] = Σ over rows of rows[·, j], without float32 rounding that grows with their number. */
  sumRows(rows: Float32Array, width: number, out: Float32Array): void;
  /** Σ v² in float64; not finite when a value is not. */
  sumOfSquares(values: Float32Array): number;
  /** values ← factor·values. */
  scale(values: Float32Array, factor: number): void;
  /**
   * Adam in place (Kingma & Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
   * θ ← θ − stepSize·m / (√v·secondMomentScale + ε). Moments below 1e-30 become 0 (denormals are slow).
   * Returns ‖Δθ‖².
   */
  adamUpdate(
    values: Float32Array,
    gradient: Float32Array,
    firstMoment: Float32Array,
    secondMoment: Float32Array,
    rates: AdamRates,
  ): number;
}

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
  return k * Math.ceil(n / 16) * 16 + 16;
}
