// Ticks of the training chart's axes and the marks of its clipping events.
import type { Metric } from '../../src/protocol/run';

export interface Tick {
  at: number;
  label: string;
}

export interface StepTick extends Tick {
  anchor: 'start' | 'middle' | 'end';
}

/** What the step axis needs to know: how much fits, and how steps are written. */
export interface StepAxis {
  compact: boolean;
  measure: (text: string) => number;
  words: { integer: (value: number) => string; steps: (planned: string) => string };
}

/** A value of a logarithmic axis, short enough for the gutter. */
export function axisNumber(value: number, integer: (value: number) => string): string {
  if (value >= 1e6 || value < 1e-2) return value.toExponential(0).replace('e+', 'e').replace('-', '−');
  if (value >= 10_000) return `${value / 1000}k`;
  return value >= 1000 ? integer(value) : String(value);
}

/** x of every clipping event, one per pixel at most. */
export function clipMarks(metrics: readonly Metric[], x: (step: number) => number): number[] {
  const marks: number[] = [];
  let before = 0;
  for (const { step, clippedSteps } of metrics) {
    const at = Math.round(x(step));
    if (clippedSteps > before && marks.at(-1) !== at) marks.push(at);
    before = clippedSteps;
  }
  return marks;
}

/** 1, 2, 5, 10, 20, 50 … under `end`, largest first. */
function roundSteps(end: number): number[] {
  const steps: number[] = [];
  for (let power = 1; power < end; power *= 10) steps.unshift(...[5, 2, 1].map((digit) => digit * power));
  return steps.filter((step) => step < end);
}

/** Round steps that fit beside the planned end, which is always named, and 0. */
export function stepTicks(input: StepAxis, end: number, x: (step: number) => number): StepTick[] {
  const { measure, words } = input;
  const last = words.steps(words.integer(end));
  const room = x(end) - measure(last) - 14;
  const gap = input.compact ? 20 : 36;
  const start = x(0) + measure(words.integer(0)) + gap;
  let free = room;
  const inner = roundSteps(end).filter((step) => {
    const half = measure(words.integer(step)) / 2;
    if (x(step) + half > free || x(step) - half < start) return false;
    free = x(step) - half - gap;
    return true;
  });
  return [
    { at: x(0), label: words.integer(0), anchor: 'start' as const },
    ...inner.reverse().map((step) => ({ at: x(step), label: words.integer(step), anchor: 'middle' as const })),
    { at: x(end), label: last, anchor: 'end' as const },
  ];
}
