// Where the bars of a small histogram stand: equally wide bins from the smallest to the largest value, each histogram to its own scale.

export interface HistogramBar {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Edges of the bin. */
  from: number;
  to: number;
  count: number;
}

export interface HistogramBars {
  /** Of the bins that hold values. */
  bars: HistogramBar[];
  /** Where the value 0 lies, null where it is outside. */
  zero: number | null;
}

/** The lowest bar that can be seen: one value among 65,536 is still there. */
const LOWEST = 1;

/** Values that are all the same stand as one narrow bar in the middle. */
export function histogramBars(
  counts: readonly number[],
  [smallest, largest]: readonly [number, number],
  { width, height }: { width: number; height: number },
): HistogramBars {
  const bin = width / counts.length;
  const tall = (count: number, most: number) => Math.max(LOWEST, (height * count) / most);
  if (!(largest > smallest)) {
    const count = counts.reduce((a, b) => a + b, 0);
    const bar = { x: (width - bin) / 2, y: 0, width: bin, height, from: smallest, to: largest, count };
    return { bars: [bar], zero: smallest === 0 ? width / 2 : null };
  }
  const most = Math.max(...counts);
  const at = (k: number) => smallest + ((largest - smallest) * k) / counts.length;
  const bars = counts.flatMap((count, k) => {
    const tallness = tall(count, most);
    const place = { x: k * bin, y: height - tallness, width: bin, height: tallness };
    return count > 0 ? [{ ...place, from: at(k), to: at(k + 1), count }] : [];
  });
  const zero = smallest <= 0 && largest >= 0 ? (-smallest / (largest - smallest)) * width : null;
  return { bars, zero };
}
