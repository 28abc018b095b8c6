// Arrows from tokens to what is predicted of an example: from the left, and where layers read both ways from the right, too.
import { columnMiddle, columnX, type TimeAxis } from './timeAxis';

/** Room between the last column and the mark that stands for the whole example, px. */
const BEHIND = 10;

/** Where arrows arrive: at a column, or behind the last one. */
export function predictionX(axis: TimeAxis, at: number | null): number {
  return at === null ? columnX(axis, axis.first + axis.count) + BEHIND : columnMiddle(axis, at);
}

export interface ArrowBox {
  /** Middle of the source and where it arrives, px. */
  from: number;
  to: number;
  /** Base line the arrows stand on, px. */
  baseline: number;
  height: number;
  /** Width at the source's end, px. */
  width: number;
}

/** SVG path of a crescent, `width` wide at its source, a point where it arrives, whichever side it comes from. */
export function arrowPath({ from, to, baseline, height, width }: ArrowBox): string {
  const side = from > to ? -1 : 1;
  const distance = Math.max(1, Math.abs(to - from));
  const outer = (distance + width / 2) / 2;
  const inner = Math.max(0.5, (distance - width / 2) / 2);
  const [there, back] = side === 1 ? [1, 0] : [0, 1];
  const round = (value: number): string => value.toFixed(2);
  return [
    `M${round(from - (side * width) / 2)},${round(baseline)}`,
    `A${round(outer)},${round(height)} 0 0 ${there} ${round(to)},${round(baseline)}`,
    `A${round(inner)},${round(Math.max(1, height - width * 0.75))} 0 0 ${back} ${round(from + (side * width) / 2)},${round(baseline)}Z`,
  ].join('');
}
