// Arcs beside pairs of words without an arc, which are matched to them one by one: at the same lag, of the same parts of speech. Means over
// groups of arcs, their ratios, and how far these would go with other sentences.
import { seededUniform } from '../../text/datasets/seededOrder';
import { ARC_CURVES, ArcGroups, GROUPS_OF_AN_ARC, type ArcOrder, type Distances } from './arcGroups';
import { matchArcs, type MatchedArcs } from './matchedArcs';
import type { WordPairs } from './wordPairs';

export interface ArcsAgainstNull {
  /** Means over the arcs, and over what pairs without an arc have in their cells; of norms geometric ones, of shares ordinary ones. */
  arc: number;
  none: number;
  /** arc / none */
  ratio: number;
  /** The middle 95 % of ratios with sentences drawn anew. */
  low: number;
  high: number;
}

export interface ArcMeasure {
  n: number;
  /** Of them those compared with pairs of the same classes of words only. */
  coarse: number;
  value: ArcsAgainstNull | null;
  share: ArcsAgainstNull | null;
}

export interface ArcEstimates {
  curves: { order: ArcOrder | 'both'; points: ArcMeasure[] }[];
  relations: (ArcMeasure & { relation: string; order: ArcOrder })[];
  /** Arcs with nothing to be compared with. */
  unmatched: number;
  /** By order and point as in `curves`, with sentences drawn anew: the same drawings for the same sentences. */
  resampled: ArcDrawings[][];
}

/** What each drawing gives. */
export interface ArcDrawings {
  /** Geometric mean of the norms on arcs. */
  value: Float64Array;
  /** Mean share of arcs, and its ratio to that of pairs without an arc. */
  share: Float64Array;
  ratio: Float64Array;
}

const RESAMPLINGS = 200;
/** Documents are drawn anew rather than sentences where there are at least so many: sentences of one are alike. */
const FEWEST_DOCUMENTS = 30;
const PURPOSE = 71;

/** Sums over the pairs of one group or cell. */
interface Sums {
  n: Float64Array;
  value: Float64Array;
  share: Float64Array;
}

const sumsOf = (length: number): Sums => ({
  n: new Float64Array(length),
  value: new Float64Array(length),
  share: new Float64Array(length),
});

/**
 * Estimates over the pairs of several models that read the same sentences (or of one). `documents` names each sentence's document.
 * Yields between pieces of work of some 10 ms.
 */
export function* estimateArcs(
  tables: readonly WordPairs[],
  documents: readonly (string | null)[],
  distances: Distances,
): Generator<void, ArcEstimates> {
  const units = drawnUnits(documents);
  const groups = new ArcGroups(distances);
  const matched = yield* matchArcs(tables, units.of, groups);
  const size = groups.size;
  const coarse = new Float64Array(size);
  const { arcs } = matched;
  for (let k = 0; k < arcs.cell.length; k++)
    for (const group of arcs.groups.subarray(GROUPS_OF_AN_ARC * k, GROUPS_OF_AN_ARC * (k + 1)))
      if (group >= 0) coarse[group] += matched.coarse[arcs.cell[k]];
  const whole = meansOf(matched, size, null);
  const draws: { value: Float64Array; share: Float64Array; arc: Sums }[] = [];
  const random = seededUniform(1, PURPOSE);
  for (let draw = 0; draw < RESAMPLINGS; draw++) {
    yield;
    const weights = new Float64Array(units.count);
    for (let k = 0; k < units.count; k++) weights[Math.floor(random() * units.count)]++;
    const { arc, none } = meansOf(matched, size, weights);
    draws.push({
      arc,
      value: arc.value.map((sum, g) => Math.exp((sum - none.value[g]) / arc.n[g])),
      share: arc.share.map((sum, g) => sum / none.share[g]),
    });
  }
  const measure = (group: number): ArcMeasure => {
    const n = whole.arc.n[group];
    const against = (of: 'value' | 'share'): ArcsAgainstNull | null => {
      const isLogarithm = of === 'value';
      const [arc, none] = [whole.arc[of][group] / n, whole.none[of][group] / n].map((mean) =>
        isLogarithm ? Math.exp(mean) : mean,
      );
      if (!(n > 0) || !(none > 0)) return null;
      return { arc, none, ratio: arc / none, ...middle(draws.map((ratios) => ratios[of][group])) };
    };
    return { n, coarse: coarse[group], value: against('value'), share: against('share') };
  };
  return {
    curves: ARC_CURVES.map((order) => ({
      order,
      points: distances.map((_, bin) => measure(groups.point(order, bin))),
    })),
    relations: groups.relations().map(({ relation, order, group }) => ({ relation, order, ...measure(group) })),
    unmatched: matched.unmatched,
    resampled: ARC_CURVES.map((order) =>
      distances.map((_, bin) => {
        const group = groups.point(order, bin);
        const over = (of: (draw: (typeof draws)[number]) => number) => Float64Array.from(draws, of);
        return {
          value: over(({ arc }) => Math.exp(arc.value[group] / arc.n[group])),
          share: over(({ arc }) => arc.share[group] / arc.n[group]),
          ratio: over(({ share }) => share[group]),
        };
      }),
    ),
  };
}

/** What is drawn anew: documents, or sentences where there are few of them. */
function drawnUnits(documents: readonly (string | null)[]): { of: Int32Array; count: number } {
  const named = [...new Set(documents)];
  if (named.length < FEWEST_DOCUMENTS || named.includes(null))
    return { of: Int32Array.from(documents, (_, k) => k), count: documents.length };
  const ids = new Map(named.map((name, k) => [name, k]));
  return { of: Int32Array.from(documents, (name) => ids.get(name) ?? 0), count: named.length };
}

/** By group: sums over its arcs, and over their cells' means; each unit as often as its weight says, once without weights. */
function meansOf(
  { arcs, nulls, cells }: MatchedArcs,
  size: number,
  weights: Float64Array | null,
): { arc: Sums; none: Sums } {
  const sums = sumsOf(cells);
  for (let k = 0; k < nulls.cell.length; k++) {
    const weight = weights === null ? 1 : weights[nulls.unit[k]];
    if (weight === 0) continue;
    const cell = nulls.cell[k];
    sums.n[cell] += weight;
    sums.value[cell] += weight * nulls.value[k];
    sums.share[cell] += weight * nulls.share[k];
  }
  const [arc, none] = [sumsOf(size), sumsOf(size)];
  for (let k = 0; k < arcs.cell.length; k++) {
    const weight = weights === null ? 1 : weights[arcs.unit[k]];
    const cell = arcs.cell[k];
    // In a draw a cell can be empty: its arcs have nothing to be compared with then.
    if (weight === 0 || sums.n[cell] === 0) continue;
    for (let g = GROUPS_OF_AN_ARC * k; g < GROUPS_OF_AN_ARC * (k + 1); g++) {
      const group = arcs.groups[g];
      if (group < 0) continue;
      arc.n[group] += weight;
      arc.value[group] += weight * arcs.value[k];
      arc.share[group] += weight * arcs.share[k];
      none.value[group] += (weight * sums.value[cell]) / sums.n[cell];
      none.share[group] += (weight * sums.share[cell]) / sums.n[cell];
    }
  }
  return { arc, none };
}

/** The middle 95 % of what is a number. */
export function middle(values: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(values.filter((value) => Number.isFinite(value))).sort();
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}
