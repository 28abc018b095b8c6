// How well one linear layer reads classes from states it was not trained on.
import { trainReadout } from '../../engine/inspection/linearReadout';
import { wilsonInterval } from './scores';

export interface LabelledState {
  row: ArrayLike<number>;
  label: number;
}

export interface ReadoutScore {
  accuracy: number;
  interval: [number, number];
  /** Mean over the classes of the share of theirs that is right: one by their number where nothing can be read. */
  balancedAccuracy: number;
  /** Always saying the class that is most frequent in training. */
  majority: number;
}

export function linearReadoutScores(
  training: readonly LabelledState[],
  judged: readonly LabelledState[],
  classes: number,
): ReadoutScore {
  const readout = trainReadout(
    training.map(({ row }) => row),
    training.map(({ label }) => label),
    classes,
  );
  const [right, of, seen] = [0, 1, 2].map(() => new Array<number>(classes).fill(0));
  for (const { label } of training) seen[label]++;
  for (const { row, label } of judged) {
    of[label]++;
    if (readout.predict(row) === label) right[label]++;
  }
  const hits = right.reduce((a, b) => a + b, 0);
  const shares = right.flatMap((count, label) => (of[label] > 0 ? [count / of[label]] : []));
  return {
    accuracy: hits / judged.length,
    interval: wilsonInterval(hits, judged.length),
    balancedAccuracy: shares.reduce((a, b) => a + b, 0) / shares.length,
    majority: of[seen.indexOf(Math.max(...seen))] / judged.length,
  };
}
