// The kernels compiled to WebAssembly SIMD, over one fixed memory that is their scratch space and the arena.
import { Arena } from './arena';
import type { WasmVariant } from './kernelVariants';
import { columnsOf, type MatrixKernels, type StridedMatrix } from './matrixKernels';
import { ACTIVATION_CODES, createSimdCells, type CellModule } from './simdCells';
import { createSimdSweep, type SweepModule } from './simdSweep';

/** What assembly/kernels.ts exports; addresses and strides in bytes, truth values as 0 or 1. */
interface KernelModule extends CellModule, SweepModule {
  arenaStart(): number;
  multiply(
    ...args: [
      ...a: [address: number, row: number, column: number],
      ...b: [address: number, row: number, column: number],
      ...c: [address: number, row: number],
      m: number,
      k: number,
      n: number,
      accumulate: number,
    ]
  ): void;
  packedBytes(k: number, n: number): number;
  pack(b: number, row: number, column: number, packed: number, k: number, n: number): void;
  multiplyPacked(
    ...args: [
      ...a: [address: number, row: number, column: number],
      packed: number,
      ...c: [address: number, row: number],
      m: number,
      k: number,
      n: number,
      accumulate: number,
    ]
  ): void;
  gatherRows(table: number, ids: number, out: number, count: number, width: number): void;
  scatterAddRows(rows: number, ids: number, table: number, count: number, width: number): void;
  sumRows(rows: number, count: number, width: number, out: number, partial: number): void;
  sumOfSquares(values: number, count: number): number;
  scaleValues(values: number, count: number, factor: number): void;
  transpose(src: number, dst: number, rows: number, columns: number): void;
  activate(kind: number, values: number, rows: number, pitch: number, count: number): void;
  softmaxRows(logits: number, shift: number, total: number, rows: number, columns: number): void;
  adamUpdate(
    ...args: [
      ...arrays: [values: number, gradient: number, first: number, second: number, count: number],
      ...moments: [beta1: number, rest1: number, beta2: number, rest2: number],
      ...step: [stepSize: number, secondMomentScale: number, epsilon: number],
    ]
  ): number;
}

const PAGE = 65536;
/** 4 GB: all that 32-bit addresses reach. */
const MOST_PAGES = 65536;
/** Room for the module's constants and packing buffers, measured by arenaStart() once it runs. */
const SCRATCH_BYTES = 640 * 1024;

/**
 * Instantiates the module with a memory of `arenaBytes` besides its scratch space; the memory never grows, so views
 * stay valid. Throws RangeError when that much memory cannot be had, WebAssembly errors when the module does not fit.
 */
export async function createSimdKernels(
  name: WasmVariant,
  wasm: WebAssembly.Module,
  arenaBytes: number,
): Promise<MatrixKernels> {
  const pages = Math.ceil((arenaBytes + SCRATCH_BYTES) / PAGE);
  if (pages > MOST_PAGES) throw new RangeError(`${arenaBytes} bytes are more than WebAssembly can address`);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = await WebAssembly.instantiate(wasm, { env: { memory } });
  // The module is compiled from this repository's own sources; the self-test in selectKernels checks what it computes.
  const module = instance.exports as unknown as KernelModule;
  const arena = new Arena(memory.buffer, module.arenaStart());

  const address = (values: Float32Array | Float64Array, needed: number): number => {
    if (values.buffer !== memory.buffer) throw new TypeError('kernels work on arrays of their own arena only');
    if (values.length < needed) throw new RangeError(`array of ${values.length} where ${needed} are needed`);
    return values.byteOffset;
  };
  const matrixAddress = ({ values, offset, rowStride, columnStride }: StridedMatrix, rows: number, columns: number) =>
    address(values, offset + (rows - 1) * rowStride + (columns - 1) * columnStride + 1) + offset * 4;

  const multiplyStrided: MatrixKernels['multiplyStrided'] = (a, b, c, m, k, n, accumulate) => {
    if (c.columnStride !== 1) throw new RangeError('the rows of a product must be dense');
    module.multiply(
      ...[matrixAddress(a, m, k), a.rowStride * 4, a.columnStride * 4],
      ...[matrixAddress(b, k, n), b.rowStride * 4, b.columnStride * 4],
      ...[matrixAddress(c, m, n), c.rowStride * 4],
      ...[m, k, n, accumulate ? 1 : 0],
    );
  };

  /** Calls `use` with the address of a copy of the ids, which are checked against a table of `rows` rows. */
  const withIds = (ids: Int32Array, rows: number, use: (at: number) => void): void => {
    for (const id of ids) if (!(id >= 0 && id < rows)) throw new RangeError(`token id ${id} is outside the vocabulary`);
    const mark = arena.mark();
    const { byteOffset } = arena.allocate(ids.length);
    new Int32Array(memory.buffer, byteOffset, ids.length).set(ids);
    use(byteOffset);
    arena.release(mark);
  };

  return {
    name,
    cells: createSimdCells(module, address),
    sweep: createSimdSweep(module, { array: address, matrix: matrixAddress }),
    allocate: (length) => arena.allocate(length),
    allocateDoubles: (length) => arena.allocateDoubles(length),
    mark: () => arena.mark(),
    release: (mark) => arena.release(mark),
    multiply: (a, b, c, m, k, n, accumulate) =>
      multiplyStrided(columnsOf(a, k), columnsOf(b, n), columnsOf(c, n), m, k, n, accumulate),
    multiplyStrided,
    pack(b, k, n) {
      const values = arena.allocate(module.packedBytes(k, n) / 4);
      module.pack(matrixAddress(b, k, n), b.rowStride * 4, b.columnStride * 4, values.byteOffset, k, n);
      return { values, k, n };
    },
    multiplyPacked(a, { values, k, n }, c, m, accumulate) {
      if (c.columnStride !== 1) throw new RangeError('the rows of a product must be dense');
      module.multiplyPacked(
        ...[matrixAddress(a, m, k), a.rowStride * 4, a.columnStride * 4],
        ...[address(values, k * n), matrixAddress(c, m, n), c.rowStride * 4],
        ...[m, k, n, accumulate ? 1 : 0],
      );
    },
    gatherRows: (table, ids, width, out) =>
      withIds(ids, table.length / width, (at) =>
        module.gatherRows(address(table, width), at, address(out, ids.length * width), ids.length, width),
      ),
    scatterAddRows: (rows, ids, width, table) =>
      withIds(ids, table.length / width, (at) =>
        module.scatterAddRows(address(rows, ids.length * width), at, address(table, width), ids.length, width),
      ),
    sumRows(rows, width, out) {
      const mark = arena.mark();
      const partial = arena.allocate(width).byteOffset;
      module.sumRows(address(rows, 0), rows.length / width, width, address(out, width), partial);
      arena.release(mark);
    },
    sumOfSquares: (values) => module.sumOfSquares(address(values, 0), values.length),
    scale: (values, factor) => module.scaleValues(address(values, 0), values.length, factor),
    transpose: (src, dst, rows, cols) =>
      module.transpose(address(src, rows * cols), address(dst, rows * cols), rows, cols),
    activate: (kind, values, rows, width, first, count) =>
      module.activate(
        ACTIVATION_CODES[kind],
        address(values, (rows - 1) * width + first + count) + first * 4,
        rows,
        width * 4,
        count,
      ),
    softmaxRows: (logits, shift, total, rows, columns) =>
      module.softmaxRows(address(logits, rows * columns), address(shift, rows), address(total, rows), rows, columns),
    adamUpdate: (values, gradient, first, second, rates) => {
      const count = values.length;
      return module.adamUpdate(
        ...[address(values, count), address(gradient, count), address(first, count), address(second, count), count],
        ...[rates.beta1, 1 - rates.beta1, rates.beta2, 1 - rates.beta2],
        ...[rates.stepSize, rates.secondMomentScale, rates.epsilon],
      );
    },
  };
}
