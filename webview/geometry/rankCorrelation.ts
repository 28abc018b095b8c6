// Spearman's rank correlation: how alike two orders are, whatever the scales.

/** ρ of pairs, equal values sharing their mean rank; NaN for fewer than three pairs or where one side never varies. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`);
  if (a.length < 3) return NaN;
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const products = (p: number[], q: number[]) => p.reduce((sum, rank, k) => sum + (rank - middle) * (q[k] - middle), 0);
  const spread = Math.sqrt(products(x, x) * products(y, y));
  return spread > 0 ? products(x, y) / spread : NaN;
}

/** What |ρ| of n pairs in random order stays under 95 times in 100 (normal approximation); NaN under ten pairs. */
export function chanceCorrelation(n: number): number {
  return n < 10 ? NaN : 1.96 / Math.sqrt(n - 1);
}

function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (_, k) => k).sort((p, q) => values[p] - values[q]);
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) out[order[k]] = (from + to - 1) / 2;
    from = to;
  }
  return out;
}
