// Ticks of the training chart's axes and the marks of its clipping events.
import { scaleLinear } from 'd3-scale';
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

/** Round steps that fit beside the planned end, which is always named. */
export function stepTicks(input: StepAxis, end: number, x: (step: number) => number): StepTick[] {
  const { measure, words } = input;
  const last = words.steps(words.integer(end));
  const room = x(end) - measure(last) - 14;
  const inner = scaleLinear([0, end], [0, 1])
    .ticks(input.compact ? 4 : 8)
    .filter((step) => Number.isInteger(step) && step < end && x(step) + measure(words.integer(step)) / 2 < room);
  return [
    ...inner.map((step) => ({
      at: x(step),
      label: words.integer(step),
      anchor: step === 0 ? ('start' as const) : ('middle' as const),
    })),
    { at: x(end), label: last, anchor: 'end' as const },
  ];
}
