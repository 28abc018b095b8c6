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

const overlaps = (a: PlacedLabel, left: number, width: number, y: number): boolean =>
  left < a.left + a.width + 4 && a.left < left + width + 4 && Math.abs(a.y - y) < LINE;

const crossings = (obstacles: readonly Point[], left: number, width: number, y: number): number => {
  let count = 0;
  for (const p of obstacles)
    if (p.x >= left - 2 && p.x <= left + width + 2 && p.y > y - ASCENT && p.y < y + LINE - ASCENT + 2) count++;
  return Math.min(count, 4);
};

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
      const starts: { left: number; anchor: 'start' | 'end' }[] = [];
      if (request.x + width <= area.right) starts.push({ left: request.x, anchor: 'start' });
      if (area.right - width >= area.left) starts.push({ left: area.right - width, anchor: 'end' });
      for (const { left, anchor } of starts) {
        for (let y = request.band[0]; y <= request.band[1]; y += 1) {
          if (placed.some((other) => overlaps(other, left, width, y))) continue;
          const cost =
            Math.abs(y - request.y) +
            CROSSING_COST * crossings(obstacles, left, width, y) +
            SHORTENING_COST * shortening +
            (anchor === 'end' && starts.length > 1 ? FAR_COST : 0);
          if (best !== null && best.cost <= cost) continue;
          best = {
            cost,
            label: { id: request.id, text, x: anchor === 'end' ? area.right : left, y, anchor, left, width },
          };
        }
      }
    }
    if (best !== null) placed.push(best.label);
  }
  return placed;
}
