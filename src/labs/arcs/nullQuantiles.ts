// How much pairs of words without an arc have at every lag: what an arc has to exceed to stand out.
import type { WordPairs } from './wordPairs';

export interface Quantiles {
  half: number;
  ninety: number;
  ninetyFive: number;
}

export interface NullQuantiles {
  lag: number;
  n: number;
  value: Quantiles;
  share: Quantiles;
}

/** Lags with fewer pairs say too little. */
const FEWEST_PAIRS = 30;

/** By lag, ascending. */
export function nullQuantiles(pairs: WordPairs): NullQuantiles[] {
  const byLag = new Map<number, { value: number[]; share: number[] }>();
  for (let pair = 0; pair < pairs.length; pair++) {
    if (pairs.isArc(pair)) continue;
    const lag = pairs.lag(pair);
    let own = byLag.get(lag);
    if (!own) byLag.set(lag, (own = { value: [], share: [] }));
    own.value.push(pairs.value(pair));
    own.share.push(pairs.share(pair));
  }
  return [...byLag]
    .filter(([, { value }]) => value.length >= FEWEST_PAIRS)
    .sort(([a], [b]) => a - b)
    .map(([lag, { value, share }]) => ({
      ...{ lag, n: value.length },
      ...{ value: quantilesOf(value), share: quantilesOf(share) },
    }));
}

function quantilesOf(values: number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { half: at(0.5), ninety: at(0.9), ninetyFive: at(0.95) };
}
