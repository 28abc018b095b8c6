// Where grammar and network agree: how much of a word's loss rests on each word before it in its sentence, and whether words that an arc
// joins have more of it than words as far apart that none joins.

/** Columns of the window that a word covers, the last included; null where the window has none of it. */
export type WordColumns = { first: number; last: number } | null;

/** What non-arc pairs of a whole file have: shares that nine in ten of them stay under, by lag in words. */
export type FileNull = ReadonlyMap<number, number>;

export interface JoinedWords {
  /** Places among the sentence's words; `earlier` < `later` in the text. */
  earlier: number;
  later: number;
}

export interface PairAgreement extends JoinedWords {
  /** Of ‖∂J(later)/∂x‖ over all earlier words of the sentence, 0…1. */
  share: number;
  /** Words from one to the other; neighbours are at 1. */
  lag: number;
  isArc: boolean;
  /** More than words as far apart without an arc usually have; null: too few of them to tell. */
  stands: boolean | null;
}

/** Of the pairs without an arc in the window, so large a part has to stay under what stands out. */
export const WINDOW_PART = 0.8;
/** Of those of the whole file, where they are known. */
export const FILE_PART = 0.9;
const FEWEST_PAIRS = 4;

/**
 * ‖∂J(later)/∂x(earlier)‖ for all pairs of words, at [later × n + earlier]; NaN where it is not known or the other way round. `norms` is
 * [T, T], row i of the loss of token i + 1. A word of several tokens: its losses and its embeddings are each taken together, as the norm of
 * all their blocks side by side, √Σ‖block‖².
 */
export function pairNorms(words: readonly WordColumns[], norms: ArrayLike<number>, steps: number): Float64Array {
  const n = words.length;
  const out = new Float64Array(n * n).fill(NaN);
  words.forEach((later, b) => {
    // The token of column 0 was predicted before the window.
    if (later === null || later.first === 0) return;
    words.slice(0, b).forEach((earlier, a) => {
      if (earlier === null || earlier.last >= later.first) return;
      let squares = 0;
      for (let i = later.first - 1; i < later.last; i++)
        for (let j = earlier.first; j <= earlier.last; j++) squares += norms[i * steps + j] ** 2;
      out[b * n + a] = Math.sqrt(squares);
    });
  });
  return out;
}

/** All pairs of a sentence whose share is known, arcs or not. */
function pairsOf(words: readonly WordColumns[], arcs: readonly JoinedWords[], norms: ArrayLike<number>, steps: number) {
  const n = words.length;
  const values = pairNorms(words, norms, steps);
  const joined = new Set(arcs.map(({ earlier, later }) => later * n + earlier));
  const pairs: Omit<PairAgreement, 'stands'>[] = [];
  for (let later = 1; later < n; later++) {
    const row = values.subarray(later * n, later * n + later);
    const whole = row.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);
    if (!(whole > 0)) continue;
    row.forEach((value, earlier) => {
      if (Number.isNaN(value)) return;
      const isArc = joined.has(later * n + earlier);
      pairs.push({ earlier, later, share: value / whole, lag: later - earlier, isArc });
    });
  }
  return pairs;
}

export interface AgreementSentence {
  words: readonly WordColumns[];
  /** `silent`: one of punctuation, which says nothing about words; it is not compared with anything. */
  arcs: readonly (JoinedWords & { silent?: boolean })[];
}

/**
 * The pairs of every sentence and which of them stand out: a share above that of four in five of the window's pairs without an arc at the
 * same lag (from lag 2 on, where these are fewer than four, also at lags up to half of it away), or, where the file's own pairs have been
 * measured (`fileNull`), above that of nine in ten of those. By chance one arc in five, or in ten, would.
 */
export function agreementOf(
  sentences: readonly AgreementSentence[],
  norms: ArrayLike<number>,
  steps: number,
  fileNull: FileNull | null = null,
): PairAgreement[][] {
  const all = sentences.map(({ words, arcs }) => pairsOf(words, arcs, norms, steps));
  const byLag = new Map<number, number[]>();
  for (const { lag, share, isArc } of all.flat()) if (!isArc) byLag.set(lag, [...(byLag.get(lag) ?? []), share]);
  const around = (lag: number): number[] => {
    let shares = byLag.get(lag) ?? [];
    for (let away = 1; shares.length < FEWEST_PAIRS && away <= lag / 2; away++)
      shares = [...shares, ...(byLag.get(lag - away) ?? []), ...(byLag.get(lag + away) ?? [])];
    return shares;
  };
  const stands = ({ lag, share, isArc }: Omit<PairAgreement, 'stands'>): boolean | null => {
    const limit = fileNull?.get(lag);
    if (fileNull !== null) return limit === undefined ? null : share > limit;
    const others = around(lag);
    // A pair is not compared with itself.
    const count = others.length - (isArc ? 0 : 1);
    if (count < FEWEST_PAIRS) return null;
    return others.filter((other) => other < share).length >= WINDOW_PART * count;
  };
  return all.map((pairs, k) => {
    const silent = sentences[k].arcs.filter((arc) => arc.silent);
    const isSilent = ({ earlier, later }: JoinedWords): boolean =>
      silent.some((arc) => arc.earlier === earlier && arc.later === later);
    return pairs.map((pair) => ({ ...pair, stands: isSilent(pair) ? null : stands(pair) }));
  });
}
