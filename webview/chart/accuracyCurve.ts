// How often a network with a task is right, over the losses on a scale of its own: nothing right at their foot, everything at their top.
import type { Metric } from '../../src/protocol/run';
import type { LabelRequest, Point } from './labelPlacement';

export interface AccuracyInput {
  /** How often always saying the same would be right; null where that is not known. */
  majority: number | null;
  words: { accuracy: (share: number) => string; majority: (share: number) => string };
}

export interface AccuracyCurve {
  points: Point[];
  /** Height of the majority's accuracy. */
  majority: number | null;
  labels: Omit<LabelRequest, 'band'>[];
}

interface Frame {
  x: (step: number) => number;
  top: number;
  bottom: number;
  right: number;
  /** Where labels of curves begin. */
  end: number;
  measure: (text: string) => number;
}

export function accuracyCurve(
  metrics: readonly Metric[],
  { majority, words }: AccuracyInput,
  { x, top, bottom, right, end, measure }: Frame,
): AccuracyCurve {
  const y = (share: number): number => bottom - share * (bottom - top);
  const measured = metrics.flatMap(({ step, validationAccuracy: share }) =>
    typeof share === 'number' ? [{ step, share }] : [],
  );
  const points = measured.map(({ step, share }) => ({ x: x(step), y: y(share) }));
  const labels: AccuracyCurve['labels'] = [];
  const [last, newest] = [points.at(-1), measured.at(-1)];
  if (last && newest)
    labels.push({ id: 'accuracy', texts: [words.accuracy(newest.share)], x: end, y: last.y + 4, target: last });
  if (majority === null) return { points, majority: null, labels };
  const text = words.majority(majority);
  const line = y(majority);
  labels.push({ id: 'majority', texts: [text], x: right - measure(text), y: line - 3, line });
  return { points, majority: line, labels };
}
