// Domains and ticks of the two logarithmic axes of the training chart; they change by steps, seldom, so that nothing creeps.

const MANTISSAS = [1, 2, 5];

/** Largest 1, 2 or 5 × 10ⁿ that is at most `value` (> 0). */
export function niceBelow(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const mantissa = [...MANTISSAS].reverse().find((m) => m * decade <= value * (1 + 1e-9)) ?? 1;
  return mantissa * decade;
}

/**
 * Domain of the loss axis.
 * @param untrained loss of guessing evenly, the top of the axis; a loss over it raises the top, at most fourfold
 * @param floor the least a loss can be in this unit, drawable on a log axis
 */
export function lossDomain(values: readonly number[], untrained: number, floor: number): [number, number] {
  let least = untrained * 0.5;
  let most = untrained;
  for (const value of values) {
    if (value > 0 && value < least) least = value;
    if (value > most) most = value;
  }
  const usual = untrained * 1.04;
  const raised = Math.ceil(Math.max(0, Math.log(most / usual)) / Math.log(1.25));
  const top = Math.min(usual * 1.25 ** raised, untrained * 4);
  const bottom = Math.max(niceBelow(least * 0.98), floor);
  return [Math.min(bottom, top / 2), top];
}

/** Domain of the gradient-norm axis: a decade under and half a decade over the clipping threshold (or 1), more where the data need it. */
export function normDomain(values: readonly number[], clipNorm: number): [number, number] {
  const reference = clipNorm > 0 ? clipNorm : 1;
  let low = reference / 10;
  let high = reference * 3;
  for (const value of values) {
    if (value > 0 && value < low) low = 10 ** Math.floor(Math.log10(value));
    if (value > high) high = 10 ** Math.ceil(Math.log10(value));
  }
  return [Math.max(low, reference * 1e-4), high];
}

/** Values worth a grid line, fullest first, kept `distance` px apart. */
export function logTicks(
  domain: [number, number],
  position: (value: number) => number,
  distance: number,
  first: number[] = [],
): number[] {
  const [low, high] = domain;
  const candidates = [...first];
  const decades = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) decades.push(10 ** e);
  for (const mantissa of [1, 2, 5, 3, 4, 6, 8]) for (const decade of decades) candidates.push(mantissa * decade);
  const kept: number[] = [];
  for (const value of candidates) {
    const rounded = Number(value.toPrecision(6));
    if (rounded < low * 0.999 || rounded > high * 1.001) continue;
    if (kept.every((other) => Math.abs(position(other) - position(rounded)) >= distance)) kept.push(rounded);
  }
  return kept.sort((a, b) => a - b);
}
