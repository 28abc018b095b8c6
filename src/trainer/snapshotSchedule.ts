// After which steps the weights are kept: before the first one, after 1, 2, 4 and 8, then eight times in every factor of ten, because
// most happens early.

const PER_DECADE = 8;

/** Whether the weights after `step` updates belong to the series. */
export function isSnapshotStep(step: number): boolean {
  if (step <= 8) return step === 0 || (step & (step - 1)) === 0;
  return Math.round(10 ** (Math.round(Math.log10(step) * PER_DECADE) / PER_DECADE)) === step;
}
