// The scales of the comparison's chart: gradients against lag, both as powers, lag 0 standing apart on the left, and under them memory
// lengths on the same lags.
import type { LagMedian, MemoryLength } from '../../src/protocol/lagStatistics';
import { placeLabels, type PlacedLabel } from './labelPlacement';

export interface ComparedCurve {
  name: string;
  /** Chooses line style and marker. */
  index: number;
  points: readonly LagMedian[];
  memory: MemoryLength | null;
  ablationMemory: MemoryLength | null;
}

export interface ChartPoint {
  value: LagMedian;
  x: number;
  y: number;
  /** y of the least and the greatest seed; those outside the picture stand on its edge. */
  low: number;
  high: number;
}

export interface ChartLine {
  name: string;
  index: number;
  points: ChartPoint[];
}

export interface ChartInterval {
  y: number;
  /** Ends of the interval, px; `open`: it goes on beyond the longest lag. */
  from: number;
  to: number;
  open: boolean;
  /** null: at least the longest lag. */
  at: number | null;
}

export interface CompareChart {
  left: number;
  right: number;
  top: number;
  bottom: number;
  height: number;
  /** Where the axis is broken between lag 0 and lag 1. */
  gap: number;
  powers: number[];
  lags: number[];
  lines: ChartLine[];
  labels: PlacedLabel[];
  rows: { name: string; index: number; y: number; gradient: ChartInterval | null; ablation: ChartInterval | null }[];
  x(lag: number): number;
  y(value: number): number;
}

const TOP = 10;
const PLOT = 200;
/** Lag labels, their title, and the heading of the rows. */
const AXIS = 58;
export const ROW = 32;
/** From lag 0 to lag 1. */
const APART = 26;
const GUTTER = 14;
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
/** Under this nothing is worth telling apart. */
const SMALLEST = 1e-10;

/** The chart in `width` px; `least` is the smallest room on the right for what stands there. */
export function compareChart(
  curves: readonly ComparedCurve[],
  width: number,
  least: number,
  measure: (text: string) => number,
): CompareChart {
  const widest = Math.max(0, ...curves.map(({ name }) => measure(name)));
  const [left, right] = [Math.max(44, widest + GUTTER), width - Math.max(least, widest + GUTTER + 4)];
  const [top, bottom] = [TOP, TOP + PLOT];
  const drawn = curves.map(({ points }) => points.filter(({ median }) => median >= SMALLEST));
  const longest = Math.max(2, ...drawn.flat().map(({ lag }) => lag));
  const values = drawn.flat().flatMap(({ low, median, high }) => [Math.max(low, SMALLEST), median, high]);
  const highest = Math.ceil(Math.log10(Math.max(1, ...values)) - 1e-9);
  const lowest = Math.min(highest - 2, Math.floor(Math.log10(Math.min(0.01, ...values))));
  const gap = left + APART;
  const x = (lag: number): number => (lag === 0 ? left + 6 : gap + (Math.log(lag) / Math.log(longest)) * (right - gap));
  const y = (value: number): number => {
    const power = value > 0 ? Math.log10(value) : -Infinity;
    const share = (Math.max(lowest, Math.min(highest, power)) - lowest) / (highest - lowest);
    return bottom - share * (bottom - top);
  };
  const lines = curves.map(({ name, index }, k) => ({
    ...{ name, index },
    points: drawn[k].map((value) => ({
      ...{ value, x: x(value.lag), y: y(value.median), low: y(value.low), high: y(value.high) },
    })),
  }));
  const every = Math.max(1, Math.ceil((highest - lowest) / 6));
  const interval = (of: MemoryLength | null, at: number): ChartInterval | null => {
    if (of === null) return null;
    const end = (lag: number | null): number => x(Math.min(longest, lag ?? longest));
    return {
      ...{ y: at, from: end(of.low), to: end(of.high), open: of.high === null },
      at: of.lag === null ? null : end(of.lag),
    };
  };
  const rows = curves.map(({ name, index, memory, ablationMemory }, k) => {
    const at = bottom + AXIS + k * ROW + ROW / 2;
    return { name, index, y: at, gradient: interval(memory, at - 7), ablation: interval(ablationMemory, at + 7) };
  });
  return {
    ...{ left, right, top, bottom, gap, lines, rows, x, y },
    height: bottom + AXIS + curves.length * ROW + 2,
    powers: Array.from({ length: Math.floor((highest - lowest) / every) + 1 }, (_, k) => highest - k * every),
    lags: [0, ...TICKS.filter((lag) => lag <= longest)],
    labels: lineLabels(lines, { right, width, top, bottom }, measure),
  };
}

/** Names beside the ends of their lines. */
function lineLabels(
  lines: readonly ChartLine[],
  { right, width, top, bottom }: Record<'right' | 'width' | 'top' | 'bottom', number>,
  measure: (text: string) => number,
): PlacedLabel[] {
  const requests = lines.flatMap(({ name, index, points }) => {
    const last = points.at(-1);
    if (!last) return [];
    const band: [number, number] = [top + 8, bottom - 2];
    return [{ id: String(index), texts: [name], x: last.x + 8, y: last.y + 4, band, target: last }];
  });
  const obstacles = lines.flatMap(({ points }) => points);
  return placeLabels(requests, obstacles, { left: right - 200, right: width - 2 }, measure);
}

/** The marker of the n-th model around (x, y): circle, square, triangle, diamond. */
export function markerPath(index: number, x: number, y: number, r = 3.4): string {
  if (index % 4 === 0) return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  if (index % 4 === 1) return `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
  if (index % 4 === 2) return `M${x},${y - r * 1.2}l${r * 1.2},${r * 2.1}h${-2.4 * r}Z`;
  return `M${x},${y - r * 1.4}l${r * 1.4},${r * 1.4}l${-r * 1.4},${r * 1.4}l${-r * 1.4},${-r * 1.4}Z`;
}
