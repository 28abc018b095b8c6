// How each level of shading looks in the four kinds of theme: a tint and a bar under the letters; in high contrast the bar alone.
import type { ShadedBy } from '../../protocol/questions';
import { LEVELS } from './shadingLevels';

export interface ShadingStyle {
  /** CSS colour behind the letters; null for none. */
  tint: string | null;
  /** Under the letters. */
  bar: { colour: string; pixels: number };
}
export interface ThemeKind {
  dark: boolean;
  highContrast: boolean;
}

type Colour = readonly [number, number, number];

/** The inspector's tint of surprisal. */
const SURPRISAL: Record<'dark' | 'light', Colour> = { dark: [255, 138, 76], light: [194, 65, 0] };
/** The inspector's ramp of gradients, from the ground to ink. */
const GRADIENT: Record<'dark' | 'light', readonly Colour[]> = {
  dark: [
    [31, 31, 31],
    [56, 32, 92],
    [106, 33, 114],
    [160, 48, 106],
    [211, 74, 82],
    [242, 123, 45],
    [252, 185, 58],
    [253, 243, 176],
  ],
  light: [
    [255, 255, 255],
    [253, 236, 203],
    [251, 203, 132],
    [245, 154, 85],
    [224, 97, 75],
    [178, 51, 99],
    [113, 32, 112],
    [43, 17, 80],
  ],
};
/** Letters stay readable over the fullest tint (4.5 : 1 in VS Code's default themes). */
const FULLEST_TINT = { surprisal: 0.4, influence: 0.22 } as const;

/** `level` from 1 to LEVELS. */
export function shadingStyle(by: ShadedBy, level: number, { dark, highContrast }: ThemeKind): ShadingStyle {
  const theme = dark ? 'dark' : 'light';
  const share = level / LEVELS;
  const pixels = Math.ceil(share * (highContrast ? 5 : 3));
  if (by === 'surprisal') {
    const tint = css(SURPRISAL[theme], FULLEST_TINT.surprisal * share * share);
    const colour = css(SURPRISAL[theme], highContrast ? 1 : 0.1 + 0.9 * share * share);
    return { tint: highContrast ? null : tint, bar: { colour, pixels } };
  }
  const colour = onRamp(GRADIENT[theme], share);
  const tint = css(colour, FULLEST_TINT.influence * share);
  return { tint: highContrast ? null : tint, bar: { colour: css(colour, 1), pixels: highContrast ? pixels : 3 } };
}

/** The colour at a share of the ramp, 0 … 1. */
function onRamp(stops: readonly Colour[], share: number): Colour {
  const at = share * (stops.length - 1);
  const below = stops[Math.floor(at)];
  const above = stops[Math.min(stops.length - 1, Math.floor(at) + 1)];
  const mix = (k: 0 | 1 | 2): number => Math.round(below[k] + (above[k] - below[k]) * (at - Math.floor(at)));
  return [mix(0), mix(1), mix(2)];
}

function css(colour: Colour, opacity: number): string {
  return `rgba(${colour.join(', ')}, ${opacity.toFixed(3)})`;
}
