// Arrows over a prefix into what is predicted after it: from above those that speak for the first continuation, from below those for the second.
import { crescentHeight, strongestSources } from './influence';
import { arrowPath } from './predictionArrows';

export interface PrefixWord {
  /** As it is drawn. */
  name: string;
  /** What it adds to ln P(first) − ln P(second), nats. */
  value: number;
}

export interface PlacedWord {
  left: number;
  width: number;
  /** Whether its number finds room under it. */
  hasNumber: boolean;
}

export interface PrefixArrow {
  /** Which word, from 0. */
  at: number;
  /** Share of the sum of all magnitudes, 0…1. */
  share: number;
  /** Speaks for the first continuation. */
  isAbove: boolean;
  /** Up from a base line at 0 that all arrows share; those below are to be mirrored. */
  path: string;
}

export interface PrefixRow {
  words: PlacedWord[];
  /** Strongest first, so that thin arrows lie on wide ones. */
  arrows: PrefixArrow[];
  /** Magnitude of all words that the arrows stand for, 0…1. */
  coverage: number;
}

/** More arrows than these cannot be told apart. */
export const MOST_ARROWS = 40;
const WIDEST = 14;
const LEAST_WIDTH = 13;
const GAP = 7;
/** Heights of longest arrows, px. */
export const ARROW_ROOM = 58;

/** Width in px of words set side by side, each as wide as itself. `names` and `numbers` are measured in their own fonts. */
export function wordWidths(
  words: readonly PrefixWord[],
  isRoomy: boolean,
  nameWidth: (text: string) => number,
  numberWidth: (value: number) => number,
): number[] {
  return words.map(({ name, value }) =>
    Math.max(LEAST_WIDTH, nameWidth(name) + (isRoomy ? GAP : 0), isRoomy ? numberWidth(value) + GAP : 0),
  );
}

/**
 * One model's words, the last of which ends at `right`, with arrows to `target`. Widths of arrows are in proportion to `largest`, the greatest
 * magnitude of all models that are drawn.
 */
export function prefixRow(
  words: readonly PrefixWord[],
  widths: readonly number[],
  { right, target, largest }: { right: number; target: number; largest: number },
  numberWidth: (value: number) => number,
): PrefixRow {
  let left = right - widths.reduce((sum, width) => sum + width, 0);
  const placed = widths.map((width): PlacedWord => {
    const word = { left, width, hasNumber: false };
    left += width;
    return word;
  });
  const { sources, coverage } = strongestSources(
    words.map(({ value }) => value),
    MOST_ARROWS,
  );
  giveNumbers(words, placed, numberWidth, right);
  const middle = ({ left: from, width }: PlacedWord): number => from + width / 2;
  const longest = Math.max(1, ...sources.map(({ column }) => target - middle(placed[column])));
  const arrows = sources.map(({ column, value, share }): PrefixArrow => {
    const from = middle(placed[column]);
    const reach = (target - from) / longest;
    const most = Math.min(WIDEST, placed[column].width * 1.4);
    return {
      ...{ at: column, share, isAbove: value > 0 },
      path: arrowPath({
        ...{ from, to: target, baseline: 0 },
        height: crescentHeight(8 * reach, 8, ARROW_ROOM),
        width: Math.max(1.2, (most * Math.abs(value)) / largest),
      }),
    };
  });
  return { words: placed, arrows, coverage };
}

/** The strongest first, as many as stand side by side without touching. */
function giveNumbers(
  words: readonly PrefixWord[],
  placed: PlacedWord[],
  numberWidth: (value: number) => number,
  right: number,
): void {
  const taken: [number, number][] = [];
  const order = [...words.keys()].sort((a, b) => Math.abs(words[b].value) - Math.abs(words[a].value));
  for (const at of order.slice(0, MOST_ARROWS)) {
    const half = numberWidth(words[at].value) / 2 + 2;
    const middle = placed[at].left + placed[at].width / 2;
    const [from, to] = [middle - half, middle + half];
    const isFree = from >= 0 && to <= right + GAP && taken.every(([other, end]) => to <= other || from >= end);
    if (!isFree) continue;
    taken.push([from, to]);
    placed[at].hasNumber = true;
  }
}

/** Where the keys lead: ← → along the words, ↑ ↓ between models, Home and End; null for any other key. */
export function prefixMove(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>,
  lengths: readonly number[],
  from: { row: number; at: number } | null,
): { row: number; at: number } | null {
  if (altKey || ctrlKey || metaKey || lengths.length === 0) return null;
  // Words that stand one over the other are as far from the end as each other.
  const { row, at } = from ?? { row: 0, at: lengths[0] };
  const end = (of: number): number => Math.max(0, lengths[of] - 1);
  const within = (of: number, wanted: number): { row: number; at: number } => ({
    row: of,
    at: Math.max(0, Math.min(end(of), wanted)),
  });
  switch (key) {
    case 'ArrowLeft':
      return within(row, at - 1);
    case 'ArrowRight':
      return within(row, at + 1);
    case 'Home':
      return within(row, 0);
    case 'End':
      return within(row, end(row));
    case 'ArrowUp':
    case 'ArrowDown': {
      const next = row + (key === 'ArrowUp' ? -1 : 1);
      return next < 0 || next >= lengths.length ? within(row, at) : within(next, lengths[next] - (lengths[row] - at));
    }
    default:
      return null;
  }
}
