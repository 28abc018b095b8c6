// Precision, recall and F1 of every class from the counts of predictions.

export interface ClassScore {
  /** Examples of the class, and predictions of it. */
  n: number;
  predicted: number;
  /** Hits per prediction; NaN where there is none. */
  precision: number;
  /** Hits per example; NaN where there is none. */
  recall: number;
  /** 2·hits / (n + predicted); NaN where there are neither. */
  f1: number;
}

/** `confusion`: rows what is right, columns what was predicted. */
export function classScores(confusion: readonly (readonly number[])[]): ClassScore[] {
  return confusion.map((row, at) => {
    const n = row.reduce((a, b) => a + b, 0);
    const predicted = confusion.reduce((sum, each) => sum + each[at], 0);
    return { n, predicted, precision: row[at] / predicted, recall: row[at] / n, f1: (2 * row[at]) / (n + predicted) };
  });
}
