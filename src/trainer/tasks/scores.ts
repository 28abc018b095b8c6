// How well predictions hit: accuracy with its interval, F1, the confusion matrix, and what always saying the same would reach.

/** z of a two-sided 95 % interval of the normal distribution. */
const Z = 1.959963984540054;

/** Counts of predictions by class: rows what is right, columns what was predicted. */
export class Confusion {
  readonly counts: number[][];

  constructor(readonly classes: number) {
    this.counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  }

  add(right: number, predicted: number): void {
    this.counts[right][predicted]++;
  }

  get total(): number {
    return this.counts.flat().reduce((a, b) => a + b, 0);
  }

  get hits(): number {
    return this.counts.reduce((sum, row, at) => sum + row[at], 0);
  }

  /** Mean F1 = 2·hits / (occurrences + predictions) over the classes that occur or are predicted. */
  get macroF1(): number {
    const values = this.counts.flatMap((row, at) => {
      const occurs = row.reduce((a, b) => a + b, 0);
      const predicted = this.counts.reduce((sum, each) => sum + each[at], 0);
      return occurs + predicted > 0 ? [(2 * row[at]) / (occurs + predicted)] : [];
    });
    return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : NaN;
  }
}

/** Wilson's score interval (1927) of a share, 95 %: `hits` of `n`, predictions independent of each other. */
export function wilsonInterval(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const share = hits / n;
  const centre = share + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
