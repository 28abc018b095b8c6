// Which unit stands on which row: sorted once by how slowly a unit forgets, the same order in every gate.
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';

/** What an order was made from. */
export interface OrderBasis {
  runId: string;
  step: number;
  units: number;
  /** Offset of the window's first token, and how many tokens it holds. */
  start: number;
  tokens: number;
}

/** The basis of a frame's order. */
export function orderBasis({ runId, step, hiddenUnits, tokens }: FrameHeader): OrderBasis {
  return { runId, step, units: hiddenUnits, start: tokens[0]?.start ?? 0, tokens: tokens.length };
}

/**
 * Whether rows stay where they are for a new frame: always in the same window while a training goes on, until its steps have
 * doubled; otherwise as long as weights and window are the same, so that a run looks the same whenever it is opened.
 */
export function keepsOrder(before: OrderBasis, now: OrderBasis, training: boolean): boolean {
  if (before.runId !== now.runId || before.units !== now.units) return false;
  if (before.start !== now.start || before.tokens !== now.tokens) return false;
  return before.step === now.step || (training && now.step > before.step && now.step < 2 * before.step);
}

/** Mean over the window of one gate per unit. */
function means(values: Float32Array, units: number): Float64Array {
  const sums = new Float64Array(units);
  for (let k = 0; k < values.length; k++) sums[k % units] += values[k] ?? 0;
  const steps = Math.max(1, values.length / units);
  return sums.map((sum) => sum / steps);
}

/** Lag-1 autocorrelation of each unit's hidden state over the window: near 1 where it changes slowly. */
function persistence(values: Float32Array, units: number): Float64Array {
  const steps = Math.floor(values.length / units);
  const mean = means(values, units);
  const out = new Float64Array(units);
  for (let unit = 0; unit < units; unit++) {
    let together = 0;
    let alone = 1e-12;
    for (let t = 0; t < steps; t++) {
      const now = (values[t * units + unit] ?? 0) - (mean[unit] ?? 0);
      alone += now * now;
      if (t > 0) together += now * ((values[(t - 1) * units + unit] ?? 0) - (mean[unit] ?? 0));
    }
    out[unit] = together / alone;
  }
  return out;
}

/**
 * Display row → unit, slowest to forget first: by the mean forget gate (LSTM), by 1 − the mean update gate (GRU),
 * by the autocorrelation of h (vanilla).
 */
export function unitOrder(header: FrameHeader, arrays: FrameArrays): Uint16Array {
  const units = header.hiddenUnits;
  const forget = arrays['gate.f'];
  const update = arrays['gate.u'];
  const hidden = arrays['gate.h'];
  const slowness = forget
    ? means(forget.values, units)
    : update
      ? means(update.values, units).map((u) => 1 - u)
      : persistence(hidden?.values ?? new Float32Array(units), units);
  return Uint16Array.from(
    Array.from({ length: units }, (_, unit) => unit).sort((a, b) => (slowness[b] ?? 0) - (slowness[a] ?? 0) || a - b),
  );
}
