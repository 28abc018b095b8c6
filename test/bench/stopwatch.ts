// Timing for the benchmarks: the median of repeated calls, so that one pause of the machine does not count.

/** Median milliseconds of `times` calls after `warmUp` calls that are not counted. */
export function medianMilliseconds(action: () => void, times: number, warmUp: number): number {
  for (let i = 0; i < warmUp; i++) action();
  const measured = Array.from({ length: times }, () => {
    const begin = performance.now();
    action();
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  return measured[Math.floor(measured.length / 2)];
}
