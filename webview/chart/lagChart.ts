// The scales of singular values against the lag: lags linear, so that a constant factor per step is a straight line; values as powers of ten.
import type { JacobianLags, LagQuantiles } from '../../src/protocol/spectra';

export interface LagPoint {
  lag: number;
  x: number;
  /** px; those outside the picture stand on its edge. */
  median: number;
  low: number;
  high: number;
  value: LagQuantiles;
}

export interface LagLine {
  /** 0 for σ₁. */
  index: number;
  points: LagPoint[];
}

export interface LagChart {
  /** Plot area, px. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Powers of ten at the bottom and the top. */
  smallest: number;
  largest: number;
  longest: number;
  lines: LagLine[];
  x(lag: number): number;
  y(power: number): number;
}

const LEFT = 40;
const RIGHT = 26;
const TOP = 10;
const BOTTOM = 36;
/** Under this nothing is worth telling apart. */
const SMALLEST_SHOWN = -16;
const LARGEST_SHOWN = 16;

const withinReach = (power: number): number => Math.max(SMALLEST_SHOWN, Math.min(LARGEST_SHOWN, power));

/** The chart in `width` × `height` px. */
export function lagChart({ curves }: JacobianLags, width: number, height: number): LagChart {
  const [left, right, top, bottom] = [LEFT, width - RIGHT, TOP, height - BOTTOM];
  const longest = Math.max(1, ...curves.map(({ lag }) => lag));
  const powers = curves.flatMap(({ values }) =>
    values.flatMap((value) => (value ? [withinReach(value.low), withinReach(value.high)] : [])),
  );
  const largest = Math.max(1, Math.ceil(Math.max(...powers, 0)));
  const smallest = Math.min(-2, Math.floor(Math.min(...powers, 0)));
  const x = (lag: number): number => left + (lag / longest) * (right - left);
  const y = (power: number): number =>
    bottom - ((Math.max(smallest, Math.min(largest, power)) - smallest) / (largest - smallest)) * (bottom - top);
  const count = Math.max(0, ...curves.map(({ values }) => values.length));
  const lines = Array.from({ length: count }, (_, index) => ({
    index,
    points: curves.flatMap(({ lag, values }) => {
      const value = values[index] ?? null;
      if (value === null) return [];
      return [{ lag, value, x: x(lag), median: y(value.median), low: y(value.low), high: y(value.high) }];
    }),
  }));
  return { left, right, top, bottom, smallest, largest, longest, lines, x, y };
}

/** Powers of ten to label, at most about seven of them. */
export function powerTicks({ smallest, largest }: LagChart): number[] {
  const every = Math.max(1, Math.ceil((largest - smallest) / 7));
  const ticks: number[] = [];
  for (let power = Math.ceil(smallest / every) * every; power <= largest; power += every) ticks.push(power);
  return ticks;
}

/** Lags to label: round numbers from 0 on. */
export function lagTicks({ longest }: LagChart): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((candidate) => longest / candidate <= 6) ?? 500;
  return Array.from({ length: Math.floor(longest / step) + 1 }, (_, k) => k * step);
}

/** The first lag at which the median of σ₁ is under 10^power and stays so; null where it is not at the longest. */
export function lagUnder({ curves }: JacobianLags, power: number): number | null {
  let found: number | null = null;
  for (const { lag, values } of curves) {
    const median = values[0]?.median ?? -Infinity;
    if (median >= power) found = null;
    else found ??= lag;
  }
  return found;
}
