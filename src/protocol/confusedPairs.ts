// What a confusion matrix of many classes is looked at for: which class is taken for which other most often.

export interface ConfusedPair {
  /** Classes by their places in the matrix. */
  right: number;
  predicted: number;
  count: number;
  /** Examples of the right class. */
  of: number;
}

/** `confusion` [right][predicted]; the pairs of different classes that occur, most frequent first, at most `most`. */
export function confusedPairs(confusion: readonly (readonly number[])[], most: number): ConfusedPair[] {
  const pairs = confusion.flatMap((row, right) => {
    const of = row.reduce((a, b) => a + b, 0);
    return row.flatMap((count, predicted) =>
      count > 0 && predicted !== right ? [{ right, predicted, count, of }] : [],
    );
  });
  return pairs.sort((a, b) => b.count - a.count || b.count / b.of - a.count / a.of).slice(0, most);
}
