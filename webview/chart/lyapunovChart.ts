// Pure geometry of the Lyapunov exponents over training: a curve for each, against ln(1 + step), so that step 0 has a place.
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface ExponentPoint {
  step: number;
  exponents: ArrayLike<number>;
}

export interface LyapunovChart {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x(step: number): number;
  y(value: number): number;
  /** Largest exponent first; where one is −∞ its curve has a gap. */
  curves: { path: string; end: { x: number; y: number; value: number } | null }[];
  steps: number[];
  values: number[];
}

const MARGIN = { left: 60, right: 66, top: 20, bottom: 36 };
/** A range of exponents is never drawn narrower than this, nats per step. */
const NARROWEST = 0.02;
/** Lines of the names at the curves' ends stand at least so far apart, px. */
const NAME_HEIGHT = 12;

/** @param end the last step of the axis */
export function lyapunovChart(
  points: readonly ExponentPoint[],
  end: number,
  width: number,
  height: number,
): LyapunovChart {
  const [left, right] = [MARGIN.left, Math.max(MARGIN.left + 40, width - MARGIN.right)];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const place = scaleLinear([0, Math.log1p(Math.max(1, end))], [left, right]);
  const x = (step: number): number => place(Math.log1p(step));
  const finite = points.flatMap(({ exponents }) => Array.from(exponents).filter(Number.isFinite));
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  const missing = Math.max(0, NARROWEST - (high - low)) / 2;
  const y = scaleLinear([low - missing, high + missing], [bottom, top]).nice(5);
  const count = Math.max(0, ...points.map(({ exponents }) => exponents.length));
  const curves = Array.from({ length: count }, (_, k) => {
    const path = line<ExponentPoint>(
      ({ step }) => round(x(step)),
      ({ exponents }) => round(y(exponents[k])),
    ).defined(({ exponents }) => Number.isFinite(exponents[k]))(points);
    const last = points.findLast(({ exponents }) => Number.isFinite(exponents[k]));
    return {
      path: path ?? '',
      end: last ? { x: x(last.step), y: y(last.exponents[k]), value: last.exponents[k] } : null,
    };
  });
  return { left, right, top, bottom, x, y, curves, steps: stepTicks(end, x), values: y.ticks(5) };
}

/** 0, 1, 10, 100 … and the last step, where they have room. */
function stepTicks(end: number, x: (step: number) => number): number[] {
  const ticks = [0];
  for (let step = 1; step < end; step *= 10) if (x(end) - x(step) > 44) ticks.push(step);
  return [...ticks, end];
}

/** Curves whose ends have room for a name, the largest exponents first. */
export function namedCurves({ curves }: LyapunovChart): number[] {
  const taken: number[] = [];
  return curves.flatMap(({ end }, k) => {
    if (end === null || taken.some((y) => Math.abs(y - end.y) < NAME_HEIGHT)) return [];
    taken.push(end.y);
    return [k];
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
