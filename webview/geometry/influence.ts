// Which steps a loss depends on most, what share of the whole they are, and the tapered crescents that show it.

export interface InfluenceSource {
  /** Column of the source token. */
  column: number;
  /** ‖∂J(i)/∂x(j)‖, or what the token adds, with its sign. */
  value: number;
  /** Of the sum of all magnitudes, j ≤ i. */
  share: number;
}

export interface Influence {
  /** Strongest first, whatever the sign. */
  sources: InfluenceSource[];
  /** Share of the total mass the sources hold together, 0…1. */
  coverage: number;
  /** Steps that could have influenced the loss. */
  candidates: number;
}

/**
 * The `count` strongest sources of one row, signed or not; none where the loss is unknown or nothing flows. Of these only columns
 * from `firstDrawn` on are kept and counted as covered, while shares stay shares of the whole row.
 */
export function strongestSources(row: ArrayLike<number>, count: number, firstDrawn = 0): Influence {
  let mass = 0;
  for (let column = 0; column < row.length; column++) mass += Math.abs(row[column]);
  if (!(mass > 0)) return { sources: [], coverage: 0, candidates: row.length };
  const sources = Array.from(row, (value, column) => ({ column, value, share: Math.abs(value) / mass }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || b.column - a.column)
    .slice(0, count)
    .filter(({ column }) => column >= firstDrawn);
  return { sources, coverage: sources.reduce((sum, { share }) => sum + share, 0), candidates: row.length };
}

export interface CrescentBox {
  /** Middle of the source and of the predicted column, px. */
  from: number;
  to: number;
  /** Base line the arrows stand on, px. */
  baseline: number;
  height: number;
  /** Width at the source's end, px. */
  width: number;
}

/** SVG path of a crescent: `width` wide at its source, a point where it arrives (two elliptical arcs), from the left or the right. */
export function crescentPath({ from, to, baseline, height, width }: CrescentBox): string {
  const side = to < from ? -1 : 1;
  const distance = Math.max(1, Math.abs(to - from));
  const outer = (distance + width / 2) / 2;
  const inner = Math.max(0.5, (distance - width / 2) / 2);
  const round = (value: number): string => value.toFixed(2);
  return [
    `M${round(from - (side * width) / 2)},${round(baseline)}`,
    `A${round(outer)},${round(height)} 0 0 ${side > 0 ? 1 : 0} ${round(to)},${round(baseline)}`,
    `A${round(inner)},${round(Math.max(1, height - width * 0.75))} 0 0 ${side > 0 ? 0 : 1} ${round(from + (side * width) / 2)},${round(baseline)}Z`,
  ].join('');
}

/** Height of a crescent over `lag` steps when the longest spans `longest`: ∝ lag^0.55. */
export function crescentHeight(lag: number, longest: number, room: number): number {
  return room * Math.pow(lag / Math.max(8, longest), 0.55);
}
