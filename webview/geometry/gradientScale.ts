// The absolute log scale every gradient picture shares, 10⁻⁸ … 10¹, and how far back a gradient reaches on it.
import type { FrameHeader } from '../../src/protocol/traceFrame';

export const SMALLEST_POWER = -8;
export const LARGEST_POWER = 1;

/** Position of a norm on the scale, 0 (at or under 10⁻⁸) … 1 (10 and over). */
export function gradientLevel(norm: number): number {
  if (!(norm > 0)) return 0;
  const level = (Math.log10(norm) - SMALLEST_POWER) / (LARGEST_POWER - SMALLEST_POWER);
  return Math.max(0, Math.min(1, level));
}

/** Row i of a [T, T] matrix, up to and including column i. */
export function lossRow(values: Float32Array, steps: number, i: number): Float32Array {
  return values.subarray(i * steps, i * steps + i + 1);
}

/** Row i of a [T, T] matrix as far as a network could fill it: up to column i, or all of it where layers read both ways. */
export function reachableRow(
  { bidirectional, tokens }: Pick<FrameHeader, 'bidirectional' | 'tokens'>,
  values: Float32Array,
  i: number,
): Float32Array {
  const steps = tokens.length;
  return bidirectional ? values.subarray(i * steps, (i + 1) * steps) : lossRow(values, steps, i);
}

/** A [T, T] matrix as it were if time ran the other way. */
export function mirroredPairs(values: Float32Array, steps: number): Float32Array {
  return Float32Array.from(values.subarray(0, steps * steps)).reverse();
}

export interface Reach {
  /** Steps back from i, and ahead of it. */
  back: number;
  ahead: number;
}

/**
 * The largest lags in both directions at which the norm of row i is still at least `share` of its value at i; null where the row holds no
 * loss.
 */
export function gradientReaches(row: Float32Array, i: number, share = 0.01): Reach | null {
  const least = share * row[i];
  if (!(row[i] > 0)) return null;
  const first = row.findIndex((norm) => norm >= least);
  const last = row.findLastIndex((norm) => norm >= least);
  return { back: i - first, ahead: last - i };
}

/**
 * The largest lag at which the norm is still at least `share` of its lag-0 value; every step further back is below.
 * null where the row holds no loss.
 */
export function gradientReach(row: Float32Array, share = 0.01): number | null {
  return gradientReaches(row, row.length - 1, share)?.back ?? null;
}

/**
 * The most that a vanilla network's gradient can be `lag` steps back: ‖∂J(i)/∂h(i)‖ (γ σ_max)^lag, γ the largest slope of its
 * activation and σ_max the norm of W_h.
 */
export function gradientBoundAt(
  atFocus: number,
  { slope, norm }: { slope: number; norm: number },
  lag: number,
): number {
  return atFocus * (slope * norm) ** lag;
}
