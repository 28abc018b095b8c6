// Which of nine levels of shading a token gets, and the stretches of text of each level: pure, for either kind of number.
import type { ShadedBy, TextShading } from '../../protocol/questions';
import type { RunConfig } from '../../protocol/runConfig';
import { FULL_SURPRISAL } from '../../protocol/surprisalScale';

/** One decoration type each; below the first level a token is left as it is. */
export const LEVELS = 9;
/** Influence begins to be shaded above 10⁻⁸, as in the inspector; a level is a power of ten wide, the last one reaches to 10. */
const SMALLEST_POWER = -8;

export type TokenUnit = RunConfig['unit'];

/** Bits of surprisal that a level is wide. */
export function levelBits(unit: TokenUnit): number {
  return FULL_SURPRISAL[unit] / (LEVELS + 1);
}

/** 0 (left as it is) … 9 (full). */
export function shadingLevel(by: ShadedBy, value: number, unit: TokenUnit): number {
  if (!(value > 0)) return 0;
  const level = by === 'surprisal' ? value / levelBits(unit) : Math.log10(value) - SMALLEST_POWER + 1;
  return Math.max(0, Math.min(LEVELS, Math.floor(level)));
}

export interface Stretch {
  /** UTF-16 offsets in the document. */
  start: number;
  end: number;
}

/** What each level from the first to the last is given, in the order of the text; tokens that touch and are alike become one. */
export function shadedStretches(by: ShadedBy, { starts, ends, values }: TextShading, unit: TokenUnit): Stretch[][] {
  const levels: Stretch[][] = Array.from({ length: LEVELS }, () => []);
  let before = 0;
  starts.forEach((start, k) => {
    const level = shadingLevel(by, values[k], unit);
    const last = level > 0 ? levels[level - 1].at(-1) : undefined;
    if (last && level === before && last.end === start) last.end = ends[k];
    else if (level > 0) levels[level - 1].push({ start, end: ends[k] });
    before = level;
  });
  return levels;
}

/** The value of the token at an offset; null where none is shaded. */
export function valueAt({ starts, ends, values }: TextShading, offset: number): number | null {
  const k = starts.findLastIndex((start) => start <= offset);
  return k >= 0 && offset < ends[k] ? values[k] : null;
}
