// Geometry of how a network forgets where it began: steps linear, distances as powers of ten, a name on every line.
import { area, line } from 'd3-shape';
import type { FadingCurve } from '../../src/protocol/spectra';

export interface FadingLine {
  radius: number;
  /** Whether this is the network as it is. */
  own: boolean;
  path: string;
  /** Where the name begins. */
  name: { x: number; y: number };
  /** First step from which on the distance stays under 1 %; null where it does not. */
  forgotten: number | null;
}

export interface FadingChart {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Powers of ten. */
  powers: number[];
  steps: number[];
  lines: FadingLine[];
  /** The quartiles of the network as it is. */
  band: string;
  x(step: number): number;
  y(power: number): number;
}

const MARGIN = { left: 40, right: 70, top: 12, bottom: 36 };
/** Below lies the rounding of float32. */
const SMALLEST = -6;
const NAME_HEIGHT = 14;
const NAME_WIDTH = 44;
const FORGOTTEN = 0.01;

/** Curves whose radius is within 2 % of the network's own say the same again. */
export function distinctCurves<C extends { radius: number }>([own, ...scaled]: readonly C[]): C[] {
  return [own, ...scaled.filter(({ radius }) => Math.abs(radius - own.radius) > 0.02 * own.radius)];
}

/** First step from which on the median stays under 1 %. */
export function forgottenAfter({ median }: Pick<FadingCurve, 'median'>): number | null {
  const last = median.findLastIndex((value) => !(value < FORGOTTEN));
  return last === median.length - 1 ? null : last + 1;
}

/** @param curves the network as it is first, each with a value at step 0 and after every step */
export function fadingChart(curves: readonly FadingCurve[], width: number, height: number): FadingChart {
  const [left, right] = [MARGIN.left, Math.max(MARGIN.left + 40, width - MARGIN.right)];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const end = Math.max(1, ...curves.map(({ median }) => median.length - 1));
  const largest = Math.max(0.3, Math.log10(Math.max(...curves.flatMap(({ median }) => Array.from(median)))));
  const x = (step: number): number => left + (step / end) * (right - left);
  const y = (power: number): number =>
    top + ((largest - Math.max(SMALLEST, Math.min(largest, power))) / (largest - SMALLEST)) * (bottom - top);
  const at = (value: number): number => round(y(Math.log10(value)));
  const taken: number[] = [];
  const lines = curves.map((curve, k) => {
    const { radius, median } = curve;
    // The first one under the picture leads out of it.
    const inside = (step: number): boolean => step === 0 || median[step - 1] > 10 ** SMALLEST;
    const path = line<number>((_, step) => round(x(step)), at).defined((_, step) => inside(step))(Array.from(median));
    const stays = median[median.length - 1] > 10 ** SMALLEST;
    const name = stays
      ? { x: right + 6, y: free(taken, at(median[median.length - 1]) + 4, bottom) }
      : besideFall(median, radius < curves[0].radius, x, y, bottom - NAME_HEIGHT * (0.8 + k));
    return { radius, own: k === 0, path: path ?? '', name, forgotten: forgottenAfter(curve) };
  });
  const [own] = curves;
  const band = area<number>()
    .x((_, step) => round(x(step)))
    .y0((_, step) => at(own.low[step]))
    .y1((_, step) => at(own.high[step]))(Array.from(own.median));
  const powers = [0, -2, -4, -6];
  return { left, right, top, bottom, powers, steps: stepTicks(end), lines, band: band ?? '', x, y };
}

/** Where a falling line passes the height `level`: left of it and under it if it can, for no slower line is there; else right and above. */
function besideFall(
  median: Float64Array,
  under: boolean,
  x: (step: number) => number,
  y: (power: number) => number,
  level: number,
): { x: number; y: number } {
  const passes = (height: number): number => x(median.findLastIndex((value) => y(Math.log10(value)) <= height) + 1);
  const leftmost = passes(level - NAME_HEIGHT / 2) - NAME_WIDTH - 6;
  return { x: under && leftmost > x(0) + 4 ? leftmost : passes(level + NAME_HEIGHT / 2) + 5, y: level + 4 };
}

/** A baseline as near to `wanted` as others leave room. */
function free(taken: number[], wanted: number, lowest: number): number {
  const offsets = Array.from({ length: 24 }, (_, k) => (k % 2 ? 1 : -1) * Math.ceil(k / 2) * (NAME_HEIGHT / 2));
  const fits = (y: number): boolean => y <= lowest && taken.every((other) => Math.abs(other - y) >= NAME_HEIGHT - 1);
  const y = offsets.map((offset) => wanted + offset).find(fits) ?? wanted;
  taken.push(y);
  return y;
}

export function stepTicks(end: number): number[] {
  const every = [1, 2, 5, 10, 20, 50, 100, 200].find((candidate) => end / candidate <= 6) ?? 500;
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, k) => k * every);
}

const round = (value: number): number => Math.round(value * 10) / 10;
