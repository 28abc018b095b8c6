// Which stretch of a document is shaded, and which is read for it: bounded by what is seen, never the whole document.
import type { ShadedBy } from '../../protocol/questions';
import type { Stretch } from './shadingLevels';

/** UTF-16 units shaded at once: what is seen of one endless line may be all of it. No token is shorter than one unit. */
const MOST_SHADED = 8192;
/** Units read before what is shaded, to warm the state up: 256 tokens, with room for words. */
const WARM_UP = 2000;
/** Units read behind, for the token that follows and one that the cut halves. */
const BEHIND = 400;

/**
 * The part of what is seen that is shaded, null for nothing: all of it where it is not too long, else what is around the cursor, or
 * its beginning. Influence leads to the cursor's token alone, so what comes after the cursor is left out.
 */
export function stretchToShade(by: ShadedBy, seen: readonly Stretch[], cursor: number): Stretch | null {
  if (seen.length === 0) return null;
  const start = Math.min(...seen.map((range) => range.start));
  const end = Math.max(...seen.map((range) => range.end));
  if (by === 'influence') {
    // From far below what is seen nothing leads to it any more.
    const first = Math.max(start, cursor - MOST_SHADED / 2);
    return first < Math.min(cursor, end) ? { start: first, end: Math.min(cursor, end) } : null;
  }
  const isInside = cursor >= start && cursor <= end;
  const first = isInside ? Math.max(start, Math.min(cursor - MOST_SHADED / 2, end - MOST_SHADED)) : start;
  return end > first ? { start: first, end: Math.min(end, first + MOST_SHADED) } : null;
}

/** What is read of a document of `length` units so that a stretch can be shaded. */
export function stretchToRead(by: ShadedBy, shaded: Stretch, cursor: number, length: number): Stretch {
  const last = by === 'influence' ? Math.max(cursor, shaded.end) : shaded.end;
  return { start: Math.max(0, shaded.start - WARM_UP), end: Math.min(length, last + BEHIND) };
}

/** What is read of a document so that the token at an offset can be looked into. */
export function stretchAround(offset: number, length: number): Stretch {
  return stretchToRead('surprisal', { start: offset, end: offset + 1 }, offset, length);
}
