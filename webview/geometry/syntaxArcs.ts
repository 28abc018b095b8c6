// Elbows over the text, or under it: the free level nearest to it by span, ends of one word beside each other, labels in the line's gap where there is room.
import type { WordExtent } from './syntaxWords';

export interface TreeArc {
  /** Places among the words. */
  head: number;
  dependent: number;
  label: string;
}

export interface DrawnArc extends TreeArc {
  /** Where its two ends stand, px. */
  headX: number;
  dependentX: number;
  left: number;
  right: number;
  /** From 0, next to the text, away from it. */
  level: number;
  /** The end that stands beyond the drawn columns. */
  hidden: 'none' | 'head' | 'dependent' | 'both';
  /** Middle of its label, px; null where there is no room for it. */
  labelX: number | null;
  /** Its label is wider than its line, which therefore stands between it and the text. */
  raised: boolean;
}

export interface ArcLayout {
  arcs: DrawnArc[];
  /** Where the roots are marked, between the arcs on both sides, px. */
  roots: Map<number, number>;
  levels: number;
  /** Labels that did not fit wait for the pointer. */
  compact: boolean;
}

export interface ArcRoom {
  /** Words whose arc comes from no word. */
  roots: ReadonlySet<number>;
  /** Edges of the drawn columns, px. */
  left: number;
  right: number;
  /** Levels from which on labels have no room of their own any more. */
  comfortable: number;
  /** Levels there are in any case: deeper arcs lie over each other on the last one. */
  most: number;
  labelWidth(label: string): number;
}

/** Most px between two ends at one word. */
const END_GAP = 5;
/** Px between what stands on one level, and around a label. */
const GAP = 4;

/**
 * Every arc of which something is drawn. With few levels each label has room of its own, even where the arc is shorter than it; with more,
 * only labels that fit into their arc are written, as always of arcs that leave the drawn columns.
 */
export function layOutArcs(words: readonly WordExtent[], arcs: readonly TreeArc[], room: ArcRoom): ArcLayout {
  const some = arcs.filter(({ head, dependent }) => isDrawn(words[head], words[dependent]));
  const { ended, roots } = withEnds(words, some, room.roots);
  ended.sort((a, b) => a.right - a.left - (b.right - b.left) || a.left - b.left);
  const full = onLevels(ended, room, false);
  return { ...(full.levels <= room.comfortable ? full : onLevels(ended, room, true)), roots };
}

/** Something of it is among the drawn columns: an end, or the line between ends on both sides. */
const isDrawn = (a: WordExtent, b: WordExtent): boolean => a.side === 0 || b.side === 0 || a.side !== b.side;

type Ended = Omit<DrawnArc, 'level' | 'labelX' | 'raised'>;

/** Arcs with their two ends: at one word those to the left stand left, the shortest outermost, so that no two of them cross. */
function withEnds(words: readonly WordExtent[], arcs: readonly TreeArc[], isRoot: ReadonlySet<number>) {
  const reach = ({ head, dependent }: TreeArc): number => Math.abs(words[head].middle - words[dependent].middle);
  const byWord = new Map<number, { arc: TreeArc; other: number }[]>();
  for (const arc of arcs)
    for (const [word, other] of [
      [arc.head, arc.dependent],
      [arc.dependent, arc.head],
    ])
      byWord.set(word, [...(byWord.get(word) ?? []), { arc, other }]);
  for (const word of isRoot) if (!byWord.has(word)) byWord.set(word, []);
  const roots = new Map<number, number>();
  const ends = new Map<TreeArc, Map<number, number>>(arcs.map((arc) => [arc, new Map<number, number>()]));
  for (const [word, met] of byWord) {
    const { left, right, middle, side } = words[word];
    const toLeft = met.filter(({ other }) => other < word).sort((a, b) => reach(a.arc) - reach(b.arc));
    const toRight = met.filter(({ other }) => other > word).sort((a, b) => reach(b.arc) - reach(a.arc));
    const all = [...toLeft, ...(isRoot.has(word) ? [null] : []), ...toRight];
    const gap =
      side !== 0 || all.length < 2 ? 0 : Math.min(END_GAP, Math.max(1, (right - left - 3) / (all.length - 1)));
    all.forEach((end, k) => {
      const x = middle + (k - (all.length - 1) / 2) * gap;
      if (end === null) roots.set(word, x);
      else ends.get(end.arc)?.set(word, x);
    });
  }
  const ended = arcs.map((arc): Ended => {
    const [headX, dependentX] = [arc.head, arc.dependent].map((word) => ends.get(arc)?.get(word) ?? 0);
    const [headOut, dependentOut] = [arc.head, arc.dependent].map((word) => words[word].side !== 0);
    const hidden = headOut ? (dependentOut ? 'both' : 'head') : dependentOut ? 'dependent' : 'none';
    return { ...arc, headX, dependentX, left: Math.min(headX, dependentX), right: Math.max(headX, dependentX), hidden };
  });
  return { ended, roots };
}

function onLevels(arcs: readonly Ended[], room: ArcRoom, compact: boolean): Omit<ArcLayout, 'roots'> {
  const taken: { left: number; right: number }[][] = [];
  const laidOut = arcs.map((arc): DrawnArc => {
    const width = room.labelWidth(arc.label) + 2 * GAP;
    const fits = width <= arc.right - arc.left - 2 * GAP;
    const half = width / 2;
    const labelX = Math.max(room.left + half, Math.min(room.right - half, (arc.left + arc.right) / 2));
    // At an edge where several arcs leave, labels wider than what is seen of theirs would stand on each other's stubs.
    const isWritten = fits || (!compact && arc.hidden === 'none');
    const [left, right] = isWritten
      ? [Math.min(arc.left, labelX - half), Math.max(arc.right, labelX + half)]
      : [arc.left, arc.right];
    const isFree = (level: { left: number; right: number }[]): boolean =>
      level.every((other) => right + GAP / 2 <= other.left || left - GAP / 2 >= other.right);
    const found = taken.findIndex(isFree);
    const level = found < 0 ? taken.length : found;
    if (level >= room.most) return { ...arc, level: room.most - 1, labelX: null, raised: false };
    (taken[level] ??= []).push({ left, right });
    return { ...arc, level, labelX: isWritten ? labelX : null, raised: isWritten && !fits };
  });
  return { arcs: laidOut, levels: taken.length, compact };
}

const RADIUS = 3;
/** A line stands so many px nearer to the text than a label that is wider than it. */
const RAISED = 6;
/** Px that a line which leaves the drawn columns goes on, dotted. */
const BEYOND = 6;

export interface ArcBox {
  /** Where the ends stand, px. */
  foot: number;
  /** −1: lines lie over their ends, 1: under them. */
  side: -1 | 1;
  /** Px from the ends to the first level's line, and from each level to the next. */
  first: number;
  step: number;
}

/** Middle of a level's labels. */
export const levelY = ({ foot, side, first, step }: ArcBox, level: number): number =>
  foot + side * (first + level * step);

const lineY = (box: ArcBox, { level, raised }: DrawnArc): number =>
  levelY(box, level) - (raised ? box.side * RAISED : 0);

/** At most two decimals. */
const n = (value: number): string => String(Number(value.toFixed(2)));

const isOut = ({ hidden }: DrawnArc, end: 'head' | 'dependent'): boolean => hidden === 'both' || hidden === end;

/** SVG path of an arc's line: off one end, along its level, back at the other; an end beyond the columns stays on its level. */
export function arcPath(arc: DrawnArc, box: ArcBox): string {
  const { foot, side } = box;
  const y = lineY(box, arc);
  const [leftEnd, rightEnd] =
    arc.headX <= arc.dependentX ? (['head', 'dependent'] as const) : (['dependent', 'head'] as const);
  const r = Math.min(RADIUS, (arc.right - arc.left) / 2);
  const begin = isOut(arc, leftEnd)
    ? `M${n(arc.left)},${n(y)}`
    : `M${n(arc.left)},${n(foot)}V${n(y - side * r)}q0,${n(side * r)} ${n(r)},${n(side * r)}`;
  const end = isOut(arc, rightEnd)
    ? `H${n(arc.right)}`
    : `H${n(arc.right - r)}q${n(r)},0 ${n(r)},${n(-side * r)}V${n(foot)}`;
  return begin + end;
}

/** How the line goes on where an end is beyond the columns; empty where both are among them. */
export function openEndPath(arc: DrawnArc, box: ArcBox): string {
  const y = n(lineY(box, arc));
  const ends = (['head', 'dependent'] as const).filter((end) => isOut(arc, end));
  return ends.map((end) => `M${n(endX(arc, end))},${y}h${outwards(arc, end) * BEYOND}`).join('');
}

const endX = (arc: DrawnArc, end: 'head' | 'dependent'): number => (end === 'head' ? arc.headX : arc.dependentX);

const outwards = (arc: DrawnArc, end: 'head' | 'dependent'): 1 | -1 =>
  endX(arc, end) > endX(arc, end === 'head' ? 'dependent' : 'head') ? 1 : -1;

/** A filled arrowhead at the end of the dependent, or of the head: at the word, or outwards where the word is beyond the columns. */
export function arrowheadPath(arc: DrawnArc, box: ArcBox, at: 'head' | 'dependent'): string {
  const x = endX(arc, at);
  if (!isOut(arc, at)) {
    const back = n(box.foot + box.side * 5.5);
    return `M${n(x - 3)},${back}L${n(x)},${n(box.foot)}L${n(x + 3)},${back}Z`;
  }
  const y = lineY(box, arc);
  const back = n(x - 6 * outwards(arc, at));
  return `M${back},${n(y - 3)}L${n(x)},${n(y)}L${back},${n(y + 3)}Z`;
}
