// Pure geometry of the scrubber: the snapshots and the newest weights on the training chart's own step axis.
import { scaleSqrt } from 'd3-scale';

export interface ScrubberMark {
  /** Training step. */
  step: number;
  /** The newest weights, which move on while training; the others are snapshots. */
  live: boolean;
  x: number;
  /** Too close to its neighbour for a diamond: drawn as a tick. */
  crowded: boolean;
}

/** Half of a diamond's width, px. */
export const DIAMOND = 4;

/**
 * From step to x, as the training chart draws it: `left` at step 0, `right` at the planned end, and √step between: most happens early, and
 * snapshots are kept in factors.
 */
export function stepScale(left: number, right: number, plannedSteps: number, step: number): (step: number) => number {
  return scaleSqrt([0, Math.max(plannedSteps, step, 1)], [left, right]);
}

/** Marks in the order of their steps; a snapshot of the newest weights is not told apart from them. */
export function scrubberMarks(snapshots: readonly number[], step: number, x: (step: number) => number): ScrubberMark[] {
  const steps = [...snapshots.filter((other) => other !== step), step].sort((a, b) => a - b);
  return steps.map((at, k) => ({
    step: at,
    live: at === step,
    x: x(at),
    crowded: [steps[k - 1], steps[k + 1]].some(
      (other) => other !== undefined && Math.abs(x(other) - x(at)) < 2 * DIAMOND + 1,
    ),
  }));
}

/** Index of the mark that is looked at, `snapshot` null being the newest weights; the nearest where it is not kept any more. */
export function lookedAt(marks: readonly ScrubberMark[], snapshot: number | null): number {
  const live = marks.findIndex((mark) => mark.live);
  if (snapshot === null) return live;
  return nearestBy(marks, (mark) => Math.abs(mark.step - snapshot));
}

/** Index of the mark nearest to a place on screen. */
export function nearestMark(marks: readonly ScrubberMark[], x: number): number {
  return nearestBy(marks, (mark) => Math.abs(mark.x - x));
}

function nearestBy(marks: readonly ScrubberMark[], distance: (mark: ScrubberMark) => number): number {
  let nearest = 0;
  marks.forEach((mark, k) => {
    if (distance(mark) < distance(marks[nearest])) nearest = k;
  });
  return nearest;
}

/** Where a key leads from mark `index` of `count`; null for keys that move nothing. */
export function scrubberKey(key: string, index: number, count: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - 5,
    PageUp: index + 5,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
