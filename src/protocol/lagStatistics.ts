// What a measure by lag says over many loss steps and several seeds: medians, their spread over seeds, and memory length.
// Memory length: the first lag at which the median falls under ε = 1 % of its value at lag 0. Where it never does within the
// window it is not a number but "at least the longest lag". Gradients are taken relative to each loss step's own lag 0 first, so
// that W_h = gI gives ln ε / ln g whatever the losses are. The inspector and the command line reckon with the same functions.

/** One seed's measurements: `rows[k][m]` at loss step k and lag `lags[m]`, NaN where the window does not reach so far back. */
export interface LagRows {
  /** Ascending from 0. */
  lags: readonly number[];
  rows: readonly ArrayLike<number>[];
}

/** Of what a measure has at lag 0. */
export const MEMORY_SHARE = 0.01;
/** A lag that fewer loss steps look back over says nothing about what is typical. */
const FEWEST_STEPS = 12;
/** Resamplings of an interval, and the share of them that lies within. */
const RESAMPLINGS = 200;
const CONFIDENCE = 0.95;

/**
 * Rows by lag out of a matrix [T,T], row i column j ≤ i, of those steps whose loss is known. Lags that fewer than 12 steps look
 * back over are left out; of a window with few steps those that fewer than half of them do.
 */
export function lagRowsOf(norms: ArrayLike<number>, steps: number): LagRows {
  const known: number[] = [];
  for (let i = 0; i < steps; i++) if (norms[i * steps + i] > 0) known.push(i);
  const fewest = Math.max(1, Math.min(FEWEST_STEPS, Math.ceil(known.length / 2)));
  const longest = known[known.length - fewest] ?? 0;
  const lags = Array.from({ length: known.length === 0 ? 0 : longest + 1 }, (_, lag) => lag);
  const rows = known.map((i) => Float64Array.from(lags, (lag) => (lag <= i ? norms[i * steps + i - lag] : NaN)));
  return { lags, rows };
}

/** Every loss step's values as shares of its own at lag 0. */
export function relativeToStart({ lags, rows }: LagRows): LagRows {
  return { lags, rows: rows.map((row) => Float64Array.from(row, (value) => value / row[0])) };
}

export interface LagMedian {
  lag: number;
  median: number;
  /** Least and greatest of the seeds' own medians. */
  low: number;
  high: number;
  /** Measurements: loss steps times seeds. */
  n: number;
}

/** Medians over all loss steps of all seeds, which have the same lags as far as the shortest goes. */
export function medianByLag(seeds: readonly LagRows[]): LagMedian[] {
  return sharedLags(seeds).flatMap((lag, m) => {
    const each = seeds.map(({ rows }) => column(rows, m));
    const all = each.flat();
    const own = each.filter((values) => values.length > 0).map(upperMedian);
    if (all.length === 0) return [];
    return [{ lag, median: upperMedian(all), low: Math.min(...own), high: Math.max(...own), n: all.length }];
  });
}

export interface MemoryLength {
  /** null: never under ε up to the longest lag. */
  lag: number | null;
  /** The middle 95 % of resampled seeds and stretches of loss steps; null: at least the longest lag. */
  low: number | null;
  high: number | null;
  longest: number;
  /** Loss steps, of one seed, and seeds. */
  steps: number;
  seeds: number;
}

/**
 * Memory length over seeds and loss steps. The interval resamples whole seeds, and in each of them stretches of √n neighbouring loss
 * steps, since neighbours are alike. null where nothing is measured at lag 0 or nothing but it.
 */
export function memoryLength(seeds: readonly LagRows[], share = MEMORY_SHARE): MemoryLength | null {
  const lags = sharedLags(seeds);
  const measured = seeds.map(({ rows }) => rows).filter((rows) => rows.length > 0);
  if (lags.length < 2 || measured.length === 0) return null;
  const lag = firstUnder(measured.flat(), lags, share);
  if (lag === undefined) return null;
  const random = smallGenerator(measured.length * 7919 + measured[0].length);
  const found: number[] = [];
  for (let k = 0; k < RESAMPLINGS; k++) {
    const rows = measured.flatMap(() => resampledRows(measured[Math.floor(random() * measured.length)], random));
    found.push(firstUnder(rows, lags, share) ?? Infinity);
  }
  found.sort((a, b) => a - b);
  const at = (part: number): number | null => {
    const value = found[Math.round(part * (RESAMPLINGS - 1))];
    return value === Infinity ? null : value;
  };
  const [low, high] = [at((1 - CONFIDENCE) / 2), at((1 + CONFIDENCE) / 2)];
  return { lag, low, high, longest: lags[lags.length - 1], steps: measured[0].length, seeds: measured.length };
}

/** The first lag whose median is under a share of that at lag 0; null where there is none, undefined where lag 0 has nothing. */
function firstUnder(
  rows: readonly ArrayLike<number>[],
  lags: readonly number[],
  share: number,
): number | null | undefined {
  const start = upperMedian(column(rows, 0));
  if (!(start > 0)) return undefined;
  const threshold = share * start;
  for (let m = 1; m < lags.length; m++) {
    let [n, under] = [0, 0];
    for (const row of rows) {
      if (Number.isNaN(row[m])) continue;
      n++;
      if (row[m] < threshold) under++;
    }
    // Just so the upper median is under it.
    if (n > 0 && under > n >> 1) return lags[m];
  }
  return null;
}

/** As many rows again, in stretches of √n neighbours that begin anywhere and go on at the other end. */
function resampledRows(rows: readonly ArrayLike<number>[], random: () => number): ArrayLike<number>[] {
  const n = rows.length;
  const stretch = Math.max(1, Math.round(Math.sqrt(n)));
  const drawn: ArrayLike<number>[] = [];
  while (drawn.length < n) {
    const first = Math.floor(random() * n);
    for (let k = 0; k < stretch && drawn.length < n; k++) drawn.push(rows[(first + k) % n]);
  }
  return drawn;
}

function sharedLags(seeds: readonly LagRows[]): readonly number[] {
  return seeds.reduce<readonly number[]>(
    (shortest, { lags }) => (lags.length < shortest.length ? lags : shortest),
    seeds[0]?.lags ?? [],
  );
}

const column = (rows: readonly ArrayLike<number>[], m: number): number[] =>
  rows.map((row) => row[m]).filter((value) => !Number.isNaN(value));

/** The middle value; of an even number of values the upper of the two. NaN of none. */
function upperMedian(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? NaN;
}

/** Numbers in [0, 1), the same every time: an interval must not flicker from one redraw to the next (mulberry32). */
function smallGenerator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
