// How long a unit keeps what it has: a cell that keeps the share f of itself in every step keeps e^(−t/τ) after t steps, τ = −1/ln f.
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';

/** Mean over the window of values [T,H], per unit. */
export function meanPerUnit(values: Float32Array, units: number): Float64Array {
  const sums = new Float64Array(units);
  for (let k = 0; k < values.length; k++) sums[k % units] += values[k];
  const steps = Math.max(1, values.length / units);
  return sums.map((sum) => sum / steps);
}

/** Lag-1 autocorrelation of each unit's values [T,H] over the window: near 1 where it changes slowly. */
function persistence(values: Float32Array, units: number): Float64Array {
  const steps = Math.floor(values.length / units);
  const mean = meanPerUnit(values, units);
  const out = new Float64Array(units);
  for (let unit = 0; unit < units; unit++) {
    let together = 0;
    let alone = 1e-12;
    for (let t = 0; t < steps; t++) {
      const now = values[t * units + unit] - mean[unit];
      alone += now * now;
      if (t > 0) together += now * (values[(t - 1) * units + unit] - mean[unit]);
    }
    out[unit] = together / alone;
  }
  return out;
}

/**
 * Share of itself that a unit keeps from one step to the next, per unit: the mean forget gate (LSTM), 1 − the mean update gate (GRU),
 * the lag-1 autocorrelation of h (vanilla), which is that share in a process of first order.
 */
export function keptShares({ hiddenUnits }: FrameHeader, arrays: FrameArrays): Float64Array {
  const forget = arrays['gate.f'];
  const update = arrays['gate.u'];
  if (forget) return meanPerUnit(forget.values, hiddenUnits);
  if (update) return meanPerUnit(update.values, hiddenUnits).map((u) => 1 - u);
  return persistence(arrays['gate.h']?.values ?? new Float32Array(hiddenUnits), hiddenUnits);
}

/** τ = −1/ln share, in steps; 0 where nothing is kept, infinite where everything is. */
export function timeConstant(share: number): number {
  if (!(share > 0)) return 0;
  return share < 1 ? -1 / Math.log(share) : Infinity;
}
