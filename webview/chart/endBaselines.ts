// Where the labels at the ends of two curves stand.
import { LINE } from './labelPlacement';

/** Baselines wanted for the labels at the curves' ends: level with them, and in their order where both cannot be. */
export function endBaselines(
  validation: number | null,
  training: number | null,
  [highest, lowest]: [number, number],
): { validation: number; training: number } {
  const level = (end: number | null): number => (end ?? 0) + 4;
  if (validation === null || training === null || Math.abs(validation - training) >= LINE)
    return { validation: level(validation), training: level(training) };
  const middle = (level(validation) + level(training)) / 2;
  const upper = Math.round(Math.max(highest, Math.min(middle - LINE / 2, lowest - LINE)));
  return training < validation
    ? { training: upper, validation: upper + LINE }
    : { validation: upper, training: upper + LINE };
}
