// Geometry of how a network forgets where it began: steps linear, distances as powers of ten, a key beside the lines.
import { area, line } from 'd3-shape';
import type { FadingCurve } from '../../src/protocol/spectra';

export interface FadingLine {
  radius: number;
  /** Whether this is the network as it is. */
  own: boolean;
  path: string;
  /** Where its name begins in the key; a sample of the line has room before it. */
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

const MARGIN = { left: 40, right: 150, top: 12, bottom: 36 };
/** Below lies the rounding of float32. */
const SMALLEST = -6;
const KEY_HEIGHT = 18;
/** px from the plot to the names. */
const SAMPLE = 40;
/** What comes after all lines have left the picture says nothing. */
const LEAST_STEPS = 10;
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
  const known = Math.max(1, ...curves.map(({ median }) => median.length - 1));
  const lasting = Math.max(...curves.map(({ median }) => median.findLastIndex((value) => value > 10 ** SMALLEST)));
  const end = Math.min(known, Math.max(LEAST_STEPS, Math.ceil(1.05 * (lasting + 1))));
  const largest = Math.max(0.3, Math.log10(Math.max(...curves.flatMap(({ median }) => Array.from(median)))));
  const x = (step: number): number => left + (step / end) * (right - left);
  const y = (power: number): number =>
    top + ((largest - Math.max(SMALLEST, Math.min(largest, power))) / (largest - SMALLEST)) * (bottom - top);
  const at = (value: number): number => round(y(Math.log10(value)));
  // The slowest on top.
  const order = [...curves.keys()].sort((i, j) => lastingOf(curves[j]) - lastingOf(curves[i]));
  const lines = curves.map((curve, k) => {
    const { radius, median } = curve;
    // The first one under the picture leads out of it.
    const inside = (step: number): boolean => step === 0 || median[step - 1] > 10 ** SMALLEST;
    const path = line<number>((_, step) => round(x(step)), at).defined((_, step) => inside(step))(
      Array.from(median.subarray(0, end + 1)),
    );
    const name = { x: right + SAMPLE, y: top + KEY_HEIGHT * (order.indexOf(k) + 0.5) + 4 };
    return { radius, own: k === 0, path: path ?? '', name, forgotten: forgottenAfter(curve) };
  });
  const [own] = curves;
  const band = area<number>()
    .x((_, step) => round(x(step)))
    .y0((_, step) => at(own.low[step]))
    .y1((_, step) => at(own.high[step]))(Array.from(own.median.subarray(0, end + 1)));
  const powers = [0, -2, -4, -6];
  return { left, right, top, bottom, powers, steps: stepTicks(end), lines, band: band ?? '', x, y };
}

/** By how long more than rounding is left, then by what is left at the end. */
const lastingOf = ({ median }: Pick<FadingCurve, 'median'>): number =>
  median.findLastIndex((value) => value > 10 ** SMALLEST) + median[median.length - 1];

export function stepTicks(end: number): number[] {
  const every = [1, 2, 5, 10, 20, 50, 100, 200].find((candidate) => end / candidate <= 6) ?? 500;
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, k) => k * every);
}

const round = (value: number): number => Math.round(value * 10) / 10;
