// On how many threads an engine runs: as many as are asked for, else as many as a measurement finds worth it.
import { MOST_THREADS } from './kernelMemory';
import type { ThreadPlatform } from './kernelThread';
import type { MatrixKernels } from './matrixKernels';
import { measureThreads, THREAD_BENCHMARK_BYTES, threadCounts } from './threadBenchmark';

export interface ThreadChoice {
  /** 0 leaves the number to the measurement. */
  wanted: number;
  /** Null where threads cannot be started. */
  platform: ThreadPlatform | null;
}

export const ONE_THREAD: ThreadChoice = { wanted: 1, platform: null };

/** More threads are taken only if they are so many times as fast: they take processors from whoever else is at work. */
const WORTH = 1.15;

/** Nobody gains more than there are threads: where it was measured, one thread had to wait for others on the machine. */
export function gainText(gain: number, count: number): string {
  return gain <= count
    ? `${gain.toFixed(1)} times as fast as one`
    : `at most ${count} times as fast as one (measured ${gain.toFixed(1)}: the machine was busy)`;
}

/** The number of threads and why; `make` gives kernels of the variant that will be used. Bits do not depend on the number. */
export async function chooseThreads(
  { wanted, platform }: ThreadChoice,
  make: (count: number, arenaBytes: number) => MatrixKernels,
): Promise<{ count: number; reasons: string[] }> {
  if (!platform || wanted === 1) return { count: 1, reasons: [] };
  const most = Math.min(wanted || platform.processors, MOST_THREADS);
  const counts = wanted > 0 ? [most] : threadCounts(most);
  const measured: { count: number; milliseconds: number }[] = [];
  for (const count of counts) {
    const kernels = make(count, THREAD_BENCHMARK_BYTES);
    try {
      await kernels.start();
      measured.push({ count, milliseconds: measureThreads(kernels) });
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return { count: 1, reasons: [`threads cannot be started: ${cause}`] };
    } finally {
      kernels.dispose();
    }
  }
  if (wanted > 0) return { count: most, reasons: [] };
  const [alone, ...more] = measured;
  let best = alone;
  for (const each of more) if (best.milliseconds > WORTH * each.milliseconds) best = each;
  const reasons = more.map(
    ({ count, milliseconds }) => `${count} threads ${gainText(alone.milliseconds / milliseconds, count)}`,
  );
  return { count: best.count, reasons };
}
