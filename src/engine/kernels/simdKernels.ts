// The kernels compiled to WebAssembly SIMD, over one shared memory that is their scratch space and the arena.
import { Arena } from './arena';
import { arenaStart, instantiateKernels, sharedMemory } from './kernelMemory';
import type { ThreadPlatform } from './kernelThread';
import type { WasmVariant } from './kernelVariants';
import { columnsOf, PANEL, type MatrixKernels, type StridedMatrix } from './matrixKernels';
import { Recorder } from './programs';
import { ACTIVATION_CODES, createSimdCells, type CellModule } from './simdCells';
import { createSimdConnections, type ConnectionModule } from './simdConnections';
import { createSimdOptimizers, type OptimizerModule } from './simdOptimizers';
import { createSimdPooling, type PoolingModule } from './simdPooling';
import { createSimdRows, type RowModule } from './simdRows';
import { createSimdSweep, type SweepModule } from './simdSweep';
import { ThreadTeam } from './threadTeam';

/** What assembly/kernels.ts exports; addresses and strides in bytes, truth values as 0 or 1. */
interface KernelModule extends CellModule, SweepModule, OptimizerModule, PoolingModule, ConnectionModule, RowModule {
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
  transpose(src: number, dst: number, rows: number, columns: number): void;
  activate(kind: number, values: number, rows: number, pitch: number, count: number): void;
}

/** Threads of the kernels, and who starts those besides the calling one. */
export interface KernelThreads {
  count: number;
  platform: ThreadPlatform;
}

/**
 * Instantiates the module with a memory of `arenaBytes` besides its scratch space; the memory never grows, so views stay valid. Other
 * threads are started where `threads` asks for them; `dispose` ends them. Throws RangeError when that much memory cannot be had,
 * WebAssembly errors when the module does not fit.
 */
export function createSimdKernels(
  name: WasmVariant,
  wasm: WebAssembly.Module,
  arenaBytes: number,
  threads: KernelThreads | null = null,
): MatrixKernels {
  const count = threads?.count ?? 1;
  const memory = sharedMemory(arenaBytes, count);
  const functions = instantiateKernels(wasm, memory, 0);
  const recorder = new Recorder(functions);
  const module = recorder.functions as unknown as KernelModule;
  const arena = new Arena(memory.buffer, arenaStart(count));
  const team = new ThreadTeam(
    { name, module: wasm, memory, threads: count },
    recorder,
    arena,
    threads?.platform ?? null,
  );

  const address = (values: Float32Array | Float64Array | Int32Array, needed: number): number => {
    if (values.buffer !== memory.buffer) throw new TypeError('kernels work on arrays of their own arena only');
    if (values.length < needed) throw new RangeError(`array of ${values.length} where ${needed} are needed`);
    return values.byteOffset;
  };
  const matrixAddress = ({ values, offset, rowStride, columnStride }: StridedMatrix, rows: number, columns: number) =>
    address(values, offset + (rows - 1) * rowStride + (columns - 1) * columnStride + 1) + offset * 4;

  const multiplyStrided: MatrixKernels['multiplyStrided'] = (a, b, c, m, k, n, accumulate) => {
    if (c.columnStride !== 1) throw new RangeError('the rows of a product must be dense');
    if (m === 0 || n === 0) return;
    module.multiply(
      ...[matrixAddress(a, m, k), a.rowStride * 4, a.columnStride * 4],
      ...[matrixAddress(b, k, n), b.rowStride * 4, b.columnStride * 4],
      ...[matrixAddress(c, m, n), c.rowStride * 4],
      ...[m, k, n, accumulate ? 1 : 0],
    );
  };
  const packColumns: MatrixKernels['packColumns'] = (b, { values, k, n }, first, columns) => {
    if (first % PANEL !== 0) throw new RangeError(`column ${first} does not begin a panel`);
    if (columns === 0) return;
    const to = address(values, (functions.packedBytes(k, n) as number) / 4) + first * k * 4;
    const from = matrixAddress(b, k, first + columns) + first * b.columnStride * 4;
    module.pack(from, b.rowStride * 4, b.columnStride * 4, to, k, columns);
  };

  return {
    name,
    threads: count,
    cells: createSimdCells(module, address),
    sweep: createSimdSweep(module, { array: address, matrix: matrixAddress }),
    optimizers: createSimdOptimizers(module, address),
    pooling: createSimdPooling(module, address),
    connections: createSimdConnections(module, address),
    ...createSimdRows(module, address),
    allocate: (length) => arena.allocate(length),
    allocateDoubles: (length) => arena.allocateDoubles(length),
    allocateInts: (length) => arena.allocateInts(length),
    mark: () => arena.mark(),
    release: (mark) => arena.release(mark),
    program: (build) => team.program(build),
    start: () => team.start(),
    dispose: () => team.end(),
    multiply: (a, b, c, m, k, n, accumulate) =>
      multiplyStrided(columnsOf(a, k), columnsOf(b, n), columnsOf(c, n), m, k, n, accumulate),
    multiplyStrided,
    pack(b, k, n) {
      const packed = { values: arena.allocate((functions.packedBytes(k, n) as number) / 4), k, n };
      packColumns(b, packed, 0, n);
      return packed;
    },
    packColumns,
    multiplyPacked(a, { values, k, n }, c, m, accumulate) {
      if (c.columnStride !== 1) throw new RangeError('the rows of a product must be dense');
      if (m === 0) return;
      module.multiplyPacked(
        ...[matrixAddress(a, m, k), a.rowStride * 4, a.columnStride * 4],
        ...[address(values, k * n), matrixAddress(c, m, n), c.rowStride * 4],
        ...[m, k, n, accumulate ? 1 : 0],
      );
    },
    transpose: (src, dst, rows, cols) =>
      module.transpose(address(src, rows * cols), address(dst, rows * cols), rows, cols),
    activate: (kind, values, rows, width, first, columns) =>
      module.activate(
        ACTIVATION_CODES[kind],
        address(values, (rows - 1) * width + first + columns) + first * 4,
        rows,
        width * 4,
        columns,
      ),
  };
}
