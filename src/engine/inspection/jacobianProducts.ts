// ∂h(i)/∂h(j), and for an LSTM of its whole state (h, c), for one step i and every lag |i − j|, in one sweep against the order
// of reading (written here for a layer that reads forward):
//   ∂s(i)/∂s(j−1) = ∂s(i)/∂s(j) · ∂s(j)/∂s(j−1),  one product of matrices per step.
// Every row carries a power of two of its own, so that a product that vanishes or explodes stays as exact as one of order
// one. The LSTM's step is never put together: with C = ∂/∂c(j) + ∂/∂h(j) ∘ cellToHidden, the total by c(j),
//   ∂/∂h(j−1) = [∂/∂h(j) | C] · [viaOutput ; viaCell],  ∂/∂c(j−1) = C ∘ f
import { columnsOf, type Allocator, type MatrixKernels } from '../kernels/matrixKernels';
import { countFloats } from '../network/countFloats';
import { gateColumnsOf } from '../network/languageModel';
import type { NetworkConfig } from '../network/networkConfig';
import { timesPowerOfTwo } from './orderOne';
import { gruStep, lstmStep, vanillaStep, type MatrixArithmetic } from './stepEquations';
import { requireStep, stateUnits } from './stepJacobian';
import type { TracedLayer } from './tracedLayer';

/** What is differentiated: h(i), or the whole state of an LSTM, (h, c)(i). */
export type JacobianOf = 'hidden' | 'state';

export interface JacobianProduct {
  /** Steps between i and j. */
  lag: number;
  /** H, or the units of the whole state. */
  rows: number;
  /** Units of the whole state at j: h first, then an LSTM's c. */
  columns: number;
  /** [rows,columns] in the arena, overwritten by the next product: element (r, k) of the Jacobian is values·2^exponents[r]. */
  values: Float32Array;
  exponents: Int32Array;
}

/** Squared norms between which a row keeps its exponent. */
const SMALLEST_SQUARES = 2 ** -20;
const LARGEST_SQUARES = 2 ** 20;

/** The sweep's memory in the arena; R rows, S units of the state. */
interface Buffers {
  /** W_hᵀ [G·H,H]. */
  weights: Float32Array;
  /** Two products [R,S], this step's and the next one's. */
  products: [Float32Array, Float32Array];
  /** [H,H]: the step's Jacobian, or the LSTM's viaOutput and viaCell one after the other; a GRU works in all three. */
  step: Float32Array;
  /** Vectors of factors, [H] each, and ones [S]. */
  factors: Float32Array[];
  ones: Float32Array;
  squares: Float64Array;
}

const rowsOf = (config: NetworkConfig, of: JacobianOf): number =>
  of === 'state' ? stateUnits(config) : config.hiddenUnits;

function allocateBuffers(kernels: Allocator, config: NetworkConfig, of: JacobianOf): Buffers {
  const H = config.hiddenUnits;
  const S = stateUnits(config);
  const R = rowsOf(config, of);
  return {
    weights: kernels.allocate(H * gateColumnsOf(config)),
    products: [kernels.allocate(R * S), kernels.allocate(R * S)],
    step: kernels.allocate(3 * H * H),
    factors: Array.from({ length: 3 }, () => kernels.allocate(H)),
    ones: kernels.allocate(S).fill(1),
    squares: kernels.allocateDoubles(R),
  };
}

/** Float32 values that the sweep allocates. */
export function jacobianProductFloats(config: NetworkConfig, of: JacobianOf): number {
  return countFloats(config, ({ kernels }) => void allocateBuffers(kernels, config, of));
}

function kernelArithmetic(kernels: MatrixKernels, H: number, { weights, factors }: Buffers) {
  const [, , rowFactors] = factors;
  const arithmetic: MatrixArithmetic<Float32Array> = {
    scaledWeights(gate, perUnit, into, add) {
      rowFactors.set(perUnit);
      const from = { ...columnsOf(weights, H), offset: gate * H };
      kernels.sweep.scaleRows(from, rowFactors, columnsOf(into, H), H, H, add);
    },
    addDiagonal(perUnit, into) {
      for (let unit = 0; unit < H; unit++) into[unit * (H + 1)] += perUnit[unit];
    },
    multiply: (a, b, into) => kernels.multiply(a, b, into, H, H, H, false),
  };
  return arithmetic;
}

/** From ∂/∂(state after token t) in `from` to ∂/∂(the state it was made from) in `into`, both [R,S]; may overwrite `from`. */
type StepBack = (t: number, from: Float32Array, into: Float32Array) => void;

function stepBack(kernels: MatrixKernels, layer: TracedLayer, buffers: Buffers, R: number): StepBack {
  const { cell, hiddenUnits: H } = layer.config;
  const arithmetic = kernelArithmetic(kernels, H, buffers);
  const [first, second, third] = [0, 1, 2].map((k) => buffers.step.subarray(k * H * H, (k + 1) * H * H));
  if (cell !== 'lstm')
    return (t, from, into) => {
      if (cell === 'gru') gruStep(layer, t, arithmetic, first, [second, third]);
      else vanillaStep(layer, t, arithmetic, first);
      kernels.multiply(from, first, into, R, H, H, false);
    };
  const [cellToHidden, forget] = buffers.factors;
  const S = 2 * H;
  return (t, from, into) => {
    const diagonals = lstmStep(layer, t, arithmetic, first, second);
    cellToHidden.set(diagonals.cellToHidden);
    forget.set(diagonals.forget);
    const byCell = columnsOf(from, S, H);
    const throughHidden = { values: columnsOf(from, S), factors: cellToHidden };
    kernels.sweep.scaleColumns(throughHidden, { values: byCell, factors: buffers.ones }, byCell, R, H, false);
    kernels.multiplyStrided(columnsOf(from, S), columnsOf(buffers.step, H), columnsOf(into, S), R, S, H, false);
    kernels.sweep.scaleColumns({ values: byCell, factors: forget }, null, columnsOf(into, S, H), R, H, false);
  };
}

/**
 * The product of every lag 0 … `lags` of step i that the window holds, the identity first: of states after a token. The arena, which
 * nobody else may use in between, is left as it was. Throws RangeError for a step outside the window.
 */
export function* jacobianProducts(
  kernels: MatrixKernels,
  layer: TracedLayer,
  i: number,
  lags: number,
  of: JacobianOf,
): Generator<JacobianProduct> {
  requireStep(layer, i);
  const { config, recurrentWeights, trace } = layer;
  const { reverse } = trace.place;
  const last = Math.min(lags, reverse ? trace.T - 1 - i : i);
  const [rows, columns] = [rowsOf(config, of), stateUnits(config)];
  const exponents = new Int32Array(rows);
  const mark = kernels.mark();
  try {
    const buffers = allocateBuffers(kernels, config, of);
    kernels.transpose(recurrentWeights, buffers.weights, config.hiddenUnits, gateColumnsOf(config));
    const back = stepBack(kernels, layer, buffers, rows);
    let [values, next] = buffers.products;
    for (let row = 0; row < rows; row++) values[row * (columns + 1)] = 1;
    for (let lag = 0; ; lag++) {
      yield { lag, rows, columns, values, exponents };
      if (lag >= last) return;
      back(reverse ? i + lag : i - lag, values, next);
      [values, next] = [next, values];
      rescale(kernels, values, columns, exponents, buffers);
    }
  } finally {
    kernels.release(mark);
  }
}

/** Visits the same products, one after the other. */
export function forEachJacobianProduct(
  kernels: MatrixKernels,
  layer: TracedLayer,
  i: number,
  lags: number,
  of: JacobianOf,
  visit: (product: JacobianProduct) => void,
): void {
  for (const product of jacobianProducts(kernels, layer, i, lags, of)) visit(product);
}

/** Brings rows whose norm has left order one back to it, exactly; what is negligible beside its row becomes 0, as denormals are slow. */
function rescale(
  kernels: MatrixKernels,
  values: Float32Array,
  columns: number,
  exponents: Int32Array,
  { squares, ones }: Buffers,
): void {
  const all = columnsOf(values, columns);
  kernels.sweep.rowSquares(all, exponents.length, columns, squares);
  for (let row = 0; row < exponents.length; row++) {
    const sum = squares[row];
    if (sum === 0 || !Number.isFinite(sum) || (sum > SMALLEST_SQUARES && sum < LARGEST_SQUARES)) continue;
    const exponent = Math.floor(Math.log2(sum) / 2);
    for (let at = row * columns; at < (row + 1) * columns; at++) values[at] = timesPowerOfTwo(values[at], -exponent);
    exponents[row] += exponent;
  }
  kernels.sweep.scaleColumns({ values: all, factors: ones }, null, all, exponents.length, columns, true);
}

/**
 * The first `columns` columns of a product with one power of two for all rows, as singular values need it: the Jacobian is
 * scaled·2^exponent, scaled [rows,columns] in float64. Rows more than 2^1000 smaller than the largest may come out as zeros.
 */
export function withCommonScale(
  { rows, columns: width, values, exponents }: JacobianProduct,
  columns = width,
): { scaled: Float64Array; exponent: number } {
  const isPath = (row: number) => values.subarray(row * width, row * width + columns).some((v) => v !== 0);
  const used = exponents.filter((_, row) => isPath(row));
  const exponent = used.reduce((largest, of) => Math.max(largest, of), used[0] ?? 0);
  const scaled = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < columns; k++)
      scaled[row * columns + k] = timesPowerOfTwo(values[row * width + k], exponents[row] - exponent);
  return { scaled, exponent };
}
