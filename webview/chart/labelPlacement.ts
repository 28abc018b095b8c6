// Places direct labels beside their curves: near the value they name, never over each other, off the curves where there is room.

export interface Point {
  x: number;
  y: number;
}

export interface LabelRequest {
  id: string;
  /** Texts to try, the fullest first; shorter ones are used where the full one does not fit. */
  texts: string[];
  /** x where the label would begin, right of the thing it names. */
  x: number;
  /** Baseline wanted. */
  y: number;
  /** Lowest and highest baseline allowed. */
  band: [number, number];
  /** y of a horizontal line the label may stand at anywhere, from `x` leftwards. */
  line?: number;
  /** The point named; a label that finds no room beside it is joined to it by a thin leader. */
  target?: Point;
}

export interface PlacedLabel {
  id: string;
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
  /** Left edge and width of the text, for tests of overlap. */
  left: number;
  width: number;
  /** Ends of a thin line from the thing named to a label that stands far from it. */
  leader: [Point, Point] | null;
}

interface Start {
  left: number;
  anchor: 'start' | 'end';
  cost: number;
}

export interface Area {
  left: number;
  right: number;
}

/** Height of a line of 11 px text: from `ASCENT` above its baseline to `LINE − ASCENT` below. */
export const LINE = 13;
export const ASCENT = 10;
const CROSSING_COST = 30;
/** Of standing at the far end of the chart although there is room beside the curve. */
const FAR_COST = 25;
const SHORTENING_COST = 6;
/** Every pixel away from a line counts the more, the more a reader would have to guess what is named. */
const NEAR = 14;
const BEYOND_NEAR_COST = 2;
const ALONG_COST = 0.04;
const ALONG_STEP = 24;
/** A label this far from what it names gets a leader, px. */
const LEADER_FROM = 9;

const overlaps = (a: PlacedLabel, left: number, width: number, y: number): boolean =>
  left < a.left + a.width + 4 && a.left < left + width + 4 && Math.abs(a.y - y) < LINE;

const MOST_CROSSINGS = 4;

/** The heights of what lies above, below or under a text that begins at `left`. */
const heightsWithin = (obstacles: readonly Point[], left: number, width: number): number[] =>
  obstacles.flatMap(({ x, y }) => (x >= left - 2 && x <= left + width + 2 ? [y] : []));

const crossings = (heights: readonly number[], y: number): number => {
  let count = 0;
  for (const height of heights)
    if (height > y - ASCENT && height < y + LINE - ASCENT + 2 && ++count === MOST_CROSSINGS) break;
  return count;
};

/** Where a text of that width may begin, with what it costs to begin there. */
function startsOf({ x, line }: LabelRequest, width: number, area: Area): Start[] {
  const starts: Start[] = [];
  if (x + width <= area.right) starts.push({ left: x, anchor: 'start', cost: 0 });
  const last = area.right - width;
  if (last >= area.left) starts.push({ left: last, anchor: 'end', cost: starts.length > 0 ? FAR_COST : 0 });
  if (line !== undefined)
    for (let left = x - ALONG_STEP; left >= area.left; left -= ALONG_STEP)
      if (left + width <= area.right) starts.push({ left, anchor: 'start', cost: (x - left) * ALONG_COST });
  return starts;
}

const distanceCost = (distance: number): number => distance + BEYOND_NEAR_COST * Math.max(0, distance - NEAR);

/** From the thing named to the nearest edge of a label that stands away from it. */
function leaderOf({ line, target }: LabelRequest, { left, width, y }: PlacedLabel): PlacedLabel['leader'] {
  const named = target ?? (line === undefined ? null : { x: left + width / 2, y: line });
  if (named === null) return null;
  const [top, bottom] = [y - ASCENT + 1, y + LINE - ASCENT];
  const edge = named.y < top ? top : named.y > bottom ? bottom : named.y;
  if (Math.abs(edge - named.y) < LEADER_FROM) return null;
  return [named, { x: Math.max(left + 4, Math.min(named.x, left + width - 4)), y: edge }];
}

/**
 * Labels in order of importance; one that finds no free place is left out.
 * @param measure width of a text in px
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  obstacles: readonly Point[],
  area: Area,
  measure: (text: string) => number,
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const request of requests) {
    let best: { cost: number; label: PlacedLabel } | null = null;
    for (const [shortening, text] of request.texts.entries()) {
      const width = measure(text);
      for (const { left, anchor, cost: startCost } of startsOf(request, width, area)) {
        // Most places are too far away to be worth a look at what they would cover.
        let heights: number[] | null = null;
        for (let y = request.band[0]; y <= request.band[1]; y += 1) {
          const least = distanceCost(Math.abs(y - request.y)) + SHORTENING_COST * shortening + startCost;
          if (best !== null && best.cost <= least) continue;
          if (placed.some((other) => overlaps(other, left, width, y))) continue;
          heights ??= heightsWithin(obstacles, left, width);
          const cost = least + CROSSING_COST * crossings(heights, y);
          if (best !== null && best.cost <= cost) continue;
          best = {
            cost,
            label: {
              id: request.id,
              text,
              x: anchor === 'end' ? area.right : left,
              y,
              anchor,
              left,
              width,
              leader: null,
            },
          };
        }
      }
    }
    if (best !== null) placed.push({ ...best.label, leader: leaderOf(request, best.label) });
  }
  return placed;
}
