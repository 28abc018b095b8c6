// What more threads are worth on this machine now, measured on products and meetings as a training step has them.
import { columnsOf, type MatrixKernels } from './matrixKernels';
import { partOf } from './programs';

const [LANES, UNITS, COLUMNS] = [32, 128, 512];
/** Timesteps of the program: products with a meeting after every eighth, as between the passes of a small batch. */
const TIMESTEPS = 32;
const TIMESTEPS_PER_MEETING = 8;
const WARM_UP = 4;
const MILLISECONDS = 10;
export const THREAD_BENCHMARK_BYTES = 1 << 20;

/** Median milliseconds of the program on the kernels' threads, in about 10 ms. */
export function measureThreads(kernels: MatrixKernels): number {
  const weights = kernels.allocate(UNITS * COLUMNS).fill(0.01);
  const states = kernels.allocate(LANES * UNITS).fill(0.5);
  const gates = kernels.allocate(LANES * COLUMNS);
  const packed = kernels.pack(columnsOf(weights, COLUMNS), UNITS, COLUMNS);
  const program = kernels.program((share) => {
    const lanes = partOf(share, LANES);
    const from = columnsOf(states.subarray(lanes.first * UNITS), UNITS);
    const into = columnsOf(gates.subarray(lanes.first * COLUMNS), COLUMNS);
    for (let t = 0; t < TIMESTEPS; t++) {
      kernels.multiplyPacked(from, packed, into, lanes.count, false);
      if (t % TIMESTEPS_PER_MEETING === 0) share.sync();
    }
  });
  for (let run = 0; run < WARM_UP; run++) program.run();
  const times: number[] = [];
  const end = performance.now() + MILLISECONDS;
  do {
    const begin = performance.now();
    program.run();
    times.push(performance.now() - begin);
  } while (performance.now() < end);
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** Thread counts that are tried where the number is left to a measurement: one, half of `most`, `most`. */
export function threadCounts(most: number): number[] {
  return [...new Set([1, Math.max(1, most >> 1), most])];
}
