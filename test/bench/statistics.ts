// Medians over rounds, which one disturbed burst does not move, and how figures are written.

/** The middle value, of an even number the mean of the middle two. Throws RangeError for none. */
export function median(values: number[]): number {
  if (values.length === 0) throw new RangeError('no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three significant digits as one reads them: 0.0123, 1.23, 12.3, 123, 1234. */
export function threeDigits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}

export function onThreads(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
