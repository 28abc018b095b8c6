// How surprisal is shaded, in the editor and in the inspector alike: words carry more bits than characters.
import type { RunConfig } from './runConfig';

/** Bits at which shading is full. A character among a hundred has 7 at most where all are alike, a word among ten thousand 13. */
export const FULL_SURPRISAL: Record<RunConfig['unit'], number> = { characters: 8, words: 16 };
