// How fast compiled kernels multiply on this machine and runtime, measured in a few milliseconds.
import { columnsOf, type MatrixKernels, type PackedMatrix, type StridedMatrix } from './matrixKernels';

/** Long enough for V8 to replace its first, unoptimised code in the background. */
const MILLISECONDS = 18;
const [ROWS, DEPTH, COLUMNS] = [32, 64, 128];
export const BENCHMARK_BYTES = 1 << 17;

interface Contestant {
  kernels: MatrixKernels;
  left: StridedMatrix;
  right: PackedMatrix;
  product: StridedMatrix;
  least: number;
}

/** GFLOP/s of each, by the shortest of many interleaved products, in less than 20 ms altogether. */
export function measureKernels(all: MatrixKernels[]): number[] {
  const contestants = all.map(prepare);
  const end = performance.now() + MILLISECONDS;
  do {
    for (const contestant of contestants) {
      const { kernels, left, right, product } = contestant;
      const begin = performance.now();
      kernels.multiplyPacked(left, right, product, ROWS, false);
      contestant.least = Math.min(contestant.least, performance.now() - begin);
    }
  } while (performance.now() < end);
  return contestants.map(({ least }) => (2 * ROWS * DEPTH * COLUMNS) / Math.max(least, 1e-4) / 1e6);
}

function prepare(kernels: MatrixKernels): Contestant {
  const weights = kernels.allocate(DEPTH * COLUMNS).fill(0.5);
  return {
    kernels,
    left: columnsOf(kernels.allocate(ROWS * DEPTH).fill(0.5), DEPTH),
    right: kernels.pack(columnsOf(weights, COLUMNS), DEPTH, COLUMNS),
    product: columnsOf(kernels.allocate(ROWS * COLUMNS), COLUMNS),
    least: Infinity,
  };
}
