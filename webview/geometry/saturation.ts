// How often each unit of a gate is saturated, after Karpathy, Johnson and Fei-Fei, "Visualizing and understanding recurrent networks"
// (2015): the share of steps with a gate under .1 ("left saturated", shut) and over .9 ("right saturated", open). For values of
// −1…1 (candidate, vanilla h) the ends are −.9 and .9.
import type { GateInfo } from '../../src/protocol/traceFrame';

export interface Saturation {
  /** Share of steps at the lower end, per unit, 0…1. */
  left: Float64Array;
  /** Share of steps at the upper end, per unit. */
  right: Float64Array;
}

/** Where the ends begin; null for values that have none. */
export function saturationEnds(range: GateInfo['range']): { low: number; high: number } | null {
  if (range === 'unit') return { low: 0.1, high: 0.9 };
  return range === 'signed' ? { low: -0.9, high: 0.9 } : null;
}

/** Gates whose saturation is told: what comes of an activation with two ends, not what is computed from other gates. */
export function saturatingGates(gates: readonly GateInfo[]): GateInfo[] {
  return gates.filter(({ key, range }) => saturationEnds(range) !== null && (key !== 'h' || gates.length === 1));
}

/** Shares of the steps of values [T,H]. */
export function saturation(values: Float32Array, units: number, range: GateInfo['range']): Saturation {
  const out = { left: new Float64Array(units), right: new Float64Array(units) };
  const ends = saturationEnds(range);
  const steps = Math.floor(values.length / units);
  if (!ends || steps === 0) return out;
  for (let k = 0; k < steps * units; k++) {
    if (values[k] < ends.low) out.left[k % units] += 1 / steps;
    if (values[k] > ends.high) out.right[k % units] += 1 / steps;
  }
  return out;
}

/** Units whose dots lie nearest to a point of the plot, the nearest first; several where dots lie on each other. */
export function unitsNear({ left, right }: Saturation, x: number, y: number, within: number): number[] {
  return Array.from(left.keys())
    .map((unit) => ({ unit, distance: Math.hypot(right[unit] - x, left[unit] - y) }))
    .filter(({ distance }) => distance <= within)
    .sort((a, b) => a.distance - b.distance || a.unit - b.unit)
    .map(({ unit }) => unit);
}
