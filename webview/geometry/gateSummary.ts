// What stands above a gate's heatmap: its mean over units at every step, and the shares of units nearly open and nearly shut.
import type { GateInfo } from '../../src/protocol/traceFrame';

export interface GateSummary {
  /** Per step, drawn on 0…1: the mean of a unit-range gate, the mean absolute value of a state (of tanh c for a cell). */
  mean: Float64Array;
  /** Share of units over .9 (in absolute value for states). */
  open: Float64Array;
  /** Share of units under .1; only meaningful for gates that range over 0…1. */
  shut: Float64Array;
}

/** The value a heatmap draws, on the gate's own scale: 0…1 for gates, −1…1 for states; a cell state as tanh c. */
export function drawnValue(range: GateInfo['range'], value: number): number {
  if (range === 'cell') return Math.tanh(value);
  if (range === 'positive') return Math.min(1, value);
  return value;
}

/** Position of a value on its colour ramp, 0…1. */
export function rampPosition(range: GateInfo['range'], value: number): number {
  const drawn = drawnValue(range, value);
  return range === 'unit' || range === 'positive' ? drawn : 0.5 + 0.5 * drawn;
}

/** Summaries of values [T, H] (row-major), one entry per step. */
export function gateSummary(values: Float32Array, units: number, range: GateInfo['range']): GateSummary {
  const steps = Math.floor(values.length / units);
  const out = { mean: new Float64Array(steps), open: new Float64Array(steps), shut: new Float64Array(steps) };
  for (let t = 0; t < steps; t++) {
    for (let unit = 0; unit < units; unit++) {
      const value = Math.abs(drawnValue(range, values[t * units + unit]));
      out.mean[t] += value / units;
      if (value > 0.9) out.open[t] += 1 / units;
      if (value < 0.1) out.shut[t] += 1 / units;
    }
  }
  return out;
}
