// Values with their intervals over a few classes (distances, numbers of attractors), several curves side by side.
import { placeLabels, type PlacedLabel, type Point } from './labelPlacement';

export interface ClassValue {
  /** Which class, from 0. */
  at: number;
  value: number;
  /** null where no interval is known. */
  low: number | null;
  high: number | null;
  /** Of too few items to lean on. */
  few: boolean;
  /** What its mark tells. */
  said: string;
}

export interface ClassCurve {
  name: string;
  /** Chooses line style and marker. */
  index: number;
  /** What another curve is compared with: thin and hollow. */
  isNull: boolean;
  values: ClassValue[];
}

export interface ValueScale {
  isLog: boolean;
  from: number;
  to: number;
  ticks: number[];
}

export interface ClassPoint {
  x: number;
  y: number;
  /** px; null without an interval. */
  low: number | null;
  high: number | null;
  value: ClassValue;
}

export interface PlacedCurve extends Omit<ClassCurve, 'values'> {
  points: ClassPoint[];
  /** Through classes with enough items, and where one has too few. */
  path: string;
  fewPath: string;
}

export interface IntervalChart {
  left: number;
  right: number;
  top: number;
  bottom: number;
  curves: PlacedCurve[];
  labels: PlacedLabel[];
  /** Middle of a class. */
  x(at: number): number;
  y(value: number): number;
}

const TOP = 12;
/** For the names of classes, numbers of items, and what they are. */
const BELOW = 56;
const COUNTS = 16;
const LEFT = 52;
/** Before a curve's name: a piece of its line with its marker. */
export const SAMPLE = 26;
const NAME_GAP = 8;
/** Between the marks of two curves in one class, at most. */
const APART = 9;
/** An interval further than this from all values is cut off at the edge. */
const REACH = 2.5;

const isKnown = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** A logarithmic scale of positive values that shows them all and `shown`; intervals to `REACH` times beyond the values. */
export function ratioScale(values: readonly ClassValue[], shown: number | null): ValueScale {
  const middle = values.flatMap(({ value }) => (isKnown(value) && value > 0 ? [value] : []));
  if (shown !== null) middle.push(shown);
  const [least, most] = [Math.min(...middle), Math.max(...middle)];
  const ends = values.flatMap(({ low, high }) => [low, high]).filter(isKnown);
  const within = ends.map((end) => Math.max(least / REACH, Math.min(most * REACH, end)));
  const pad = 1.08;
  const from = Math.min(least, ...within, shown === null ? least : shown / 1.25) / pad;
  const to = Math.max(most, ...within, shown === null ? most : shown * 1.25) * pad;
  return { isLog: true, from, to, ticks: logTicks(from, to) };
}

/** From 0 to 1. */
export const SHARE_SCALE: ValueScale = { isLog: false, from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };

/** As far above as below 0. */
export function signedScale(values: readonly number[]): ValueScale {
  const most = Math.max(0.5, ...values.filter(Number.isFinite).map(Math.abs));
  const every = [0.25, 0.5, 1, 2, 5, 10, 20].find((step) => most / step <= 3) ?? 50;
  const end = Math.ceil(most / every - 1e-9) * every;
  const count = Math.round(end / every);
  return {
    isLog: false,
    from: -end * 1.06,
    to: end * 1.06,
    ticks: Array.from({ length: 2 * count + 1 }, (_, k) => (k - count) * every),
  };
}

/** Powers of ten where there are many, else with 2 and 5 between them, else finer. */
export function logTicks(from: number, to: number): number[] {
  const decades = Math.log10(to / from);
  const steps = decades > 4 ? [1] : decades > 0.9 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const every = decades > 4 ? Math.ceil(decades / 7) : 1;
  const ticks: number[] = [];
  for (let power = first; power <= last; power++)
    if (power % every === 0)
      for (const step of steps) {
        const tick = Number((step * 10 ** power).toPrecision(6));
        if (tick >= from && tick <= to) ticks.push(tick);
      }
  return ticks;
}

/** The chart in `width` × `height` px over so many classes. @param measure width of a text in px */
export function intervalChart(
  curves: readonly ClassCurve[],
  classes: number,
  scale: ValueScale,
  { width, height, hasCounts }: { width: number; height: number; hasCounts: boolean },
  measure: (text: string) => number,
): IntervalChart {
  const names = Math.max(0, ...curves.map(({ name }) => (name === '' ? 0 : measure(name))));
  const [left, right] = [LEFT, Math.max(LEFT + 80, width - (names > 0 ? names + SAMPLE + NAME_GAP + 4 : 12))];
  const [top, bottom] = [TOP, height - BELOW + (hasCounts ? 0 : COUNTS)];
  const column = (right - left) / Math.max(1, classes);
  const apart = Math.min(APART, column / (curves.length + 1));
  const x = (at: number): number => left + (at + 0.5) * column;
  const own = (value: number): number => (scale.isLog ? Math.log(Math.max(value, 1e-300)) : value);
  const [from, to] = [own(scale.from), own(scale.to)];
  const y = (value: number): number =>
    round(bottom - ((Math.max(from, Math.min(to, own(value))) - from) / (to - from)) * (bottom - top));
  const placed = curves.map(({ values, ...curve }, k): PlacedCurve => {
    const points = values
      .filter(({ value }) => Number.isFinite(value))
      .map((value): ClassPoint => ({
        x: round(x(value.at) + (k - (curves.length - 1) / 2) * apart),
        y: y(value.value),
        low: isKnown(value.low) ? y(value.low) : null,
        high: isKnown(value.high) ? y(value.high) : null,
        value,
      }));
    const pairs = points.slice(1).map((point, n): [ClassPoint, ClassPoint] => [points[n], point]);
    const path = (few: boolean): string =>
      pairs
        .filter((pair) => pair.some(({ value }) => value.few) === few)
        .map(([a, b]) => `M${a.x},${a.y}L${b.x},${b.y}`)
        .join('');
    return { ...curve, points, path: path(false), fewPath: path(true) };
  });
  const requests = placed.flatMap(({ name, points }, k) => {
    const last = points.at(-1);
    if (!last || name === '') return [];
    const band: [number, number] = [top + 8, bottom - 2];
    return [{ id: String(k), texts: [name], x: right + NAME_GAP + SAMPLE, y: last.y + 4, band, target: last }];
  });
  const labels = placeLabels(requests, [], { left: right, right: width }, measure);
  return { left, right, top, bottom, curves: placed, labels, x, y };
}

/** From the reference line to the base line of a text above it; what stays free below it, so that a text's halo does not cut it. */
const OVER_LINE = 6;
const UNDER_LINE = 4;
/** A text further from its line would name nothing. */
const FROM_LINE = 34;
/** Between points that stand for what is drawn. */
const SAMPLED = 4;

/** Where the name of a level stands free of curves, marks and intervals, near its line; null where there is no room, or no name. */
export function placeReference(
  { left, right, top, bottom, curves, y }: IntervalChart,
  text: string,
  value: number,
  measure: (text: string) => number,
): PlacedLabel | null {
  if (text === '') return null;
  const level = y(value);
  const obstacles = curves.flatMap(drawnPoints);
  for (let x = left; x <= right; x += SAMPLED) obstacles.push({ x, y: level }, { x, y: level + UNDER_LINE });
  const x = Math.max(left + 4, right - measure(text) - 4);
  const band: [number, number] = [Math.max(top + 10, level - FROM_LINE), Math.min(bottom - 4, level + FROM_LINE)];
  const request = { id: 'reference', texts: [text], x, y: level - OVER_LINE, band, line: level };
  return placeLabels([request], obstacles, { left: left + 4, right }, measure)[0] ?? null;
}

/** What is drawn of a curve, as points near to each other. */
function drawnPoints({ points }: PlacedCurve): Point[] {
  const between = (from: Point, to: Point): Point[] => {
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / SAMPLED));
    return Array.from({ length: count + 1 }, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / count,
      y: from.y + ((to.y - from.y) * k) / count,
    }));
  };
  return points.flatMap((point, at) => {
    const { x, y, low, high } = point;
    const marks = [-5, 0, 5].flatMap((shift) =>
      between({ x: x + shift, y: (high ?? y) - 5 }, { x: x + shift, y: (low ?? y) + 5 }),
    );
    return at + 1 < points.length ? [...marks, ...between(point, points[at + 1])] : marks;
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
