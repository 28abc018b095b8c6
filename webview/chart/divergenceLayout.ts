// Pure geometry of the last gradient norms before a run diverged; null norms were not finite and are where the line ends.
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Divergence } from '../../src/protocol/run';
import { logTicks } from './logScales';

export interface DivergenceLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  path: string;
  /** Single finite norms with nothing finite beside them. */
  dots: { x: number; y: number }[];
  ticks: { at: number; exponent: number }[];
  firstStep: number;
  restored: number | null;
  end: number;
}

/** @param width of the picture; the label of the end is drawn right of `end` when `roomAtEnd` px are free, else left of it */
export function divergenceLayout(
  divergence: Divergence,
  width: number,
  compact: boolean,
  roomAtEnd: number,
): DivergenceLayout {
  const { norms, step } = divergence;
  const left = compact ? 36 : 84;
  const right = Math.max(left + 60, Math.min(width - roomAtEnd - 8, left + 520));
  const [top, bottom] = [18, 76];
  const firstNorm = Math.max(0, step - norms.length + 1);
  // A run that exploded in its first step still has an axis, whose right end is that step.
  const firstStep = Math.min(firstNorm, step - 1);
  const x = scaleLinear([firstStep, step], [left, right]);
  const finite = norms.filter((n): n is number => n !== null && n > 0);
  const low = 10 ** Math.floor(Math.log10(Math.min(...finite, 1)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...finite, 10)));
  const y = scaleLog([low, high], [bottom, top]).clamp(true);
  const points = norms.map((norm, k) =>
    norm === null ? null : { x: x(firstNorm + k), y: norm > 0 ? y(norm) : bottom },
  );
  const path = line<{ x: number; y: number } | null>(
    (p) => Math.round((p?.x ?? 0) * 10) / 10,
    (p) => Math.round((p?.y ?? 0) * 10) / 10,
  ).defined((p) => p !== null)(points);
  const alone = points.filter((p, k): p is { x: number; y: number } => p !== null && !points[k - 1] && !points[k + 1]);
  const decades = logTicks([low, high], y, 1).filter((v) => Number.isInteger(Math.round(Math.log10(v) * 1e6) / 1e6));
  const every = Math.ceil(decades.length / 4);
  return {
    width,
    height: bottom + 20,
    left,
    right,
    top,
    bottom,
    path: path ?? '',
    dots: alone,
    ticks: decades
      .filter((v) => Math.round(Math.log10(v)) % every === 0)
      .map((v) => ({ at: y(v), exponent: Math.round(Math.log10(v)) })),
    firstStep,
    restored: divergence.restoredStep >= firstStep ? x(divergence.restoredStep) : null,
    end: x(step),
  };
}
