// The groups that arcs are counted in: the points of curves against the distance, and relations.
import type { Arc } from './wordPairs';

/** Distances of a curve's points, in words. */
export type Distances = readonly { from: number; to: number | null }[];

export type ArcOrder = 'headFirst' | 'dependentFirst';
export const ARC_CURVES = ['headFirst', 'dependentFirst', 'both'] as const;

/** Arcs that say nothing about words: they are in no curve. */
const PUNCTUATION = 'punct';

/** Groups that an arc is counted in. */
export const GROUPS_OF_AN_ARC = 3;

/** Numbers of the groups that arcs are counted in: points of curves first, then relations as they come. */
export class ArcGroups {
  private readonly ofRelations = new Map<string, { relation: string; order: ArcOrder; group: number; n: number }>();

  constructor(private readonly distances: Distances) {}

  get size(): number {
    return ARC_CURVES.length * this.distances.length + this.ofRelations.size;
  }

  point(order: (typeof ARC_CURVES)[number], bin: number): number {
    return ARC_CURVES.indexOf(order) * this.distances.length + bin;
  }

  /** Of an arc over `lag` words: its point in its own order's curve and in that of both, −1 where it is in neither, and its relation. */
  of({ relation, headFirst }: Arc, lag: number): [number, number, number] {
    const order = headFirst ? 'headFirst' : 'dependentFirst';
    const name = `${relation} ${order}`;
    let entry = this.ofRelations.get(name);
    if (!entry) this.ofRelations.set(name, (entry = { relation, order, group: this.size, n: 0 }));
    entry.n++;
    const bin = this.distances.findIndex(({ from, to }) => lag >= from && (to === null || lag <= to));
    const isOn = bin >= 0 && relation !== PUNCTUATION;
    return [isOn ? this.point(order, bin) : -1, isOn ? this.point('both', bin) : -1, entry.group];
  }

  /** Most frequent first. */
  relations() {
    return [...this.ofRelations.values()].sort((a, b) => b.n - a.n || (a.relation < b.relation ? -1 : 1));
  }
}
