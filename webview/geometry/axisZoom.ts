// The brush of the time axis: the columns that were chosen to be looked at closely, and how wide that makes every column.
import type { SavedChoices } from '../savedChoices';
import type { TimeAxis, TokenUnit } from './timeAxis';

export interface AxisZoom {
  /** Width of a column, px. */
  column: number;
  /** First column of the frame that is drawn, as far as the focus step stays in sight. */
  first: number;
}

/** Names of the choices that hold it; a width of 0 is the usual one. */
export const ZOOM_COLUMN = 'axis.column';
export const ZOOM_FIRST = 'axis.first';

/** Narrowest and widest columns, px: what is written needs room, in wide letters and slanted words more. */
const WIDTHS: Record<TokenUnit, readonly [least: number, most: number]> = {
  characters: [4, 24],
  wideCharacters: [10, 36],
  words: [16, 64],
};

export function zoomOf(sections: SavedChoices['sections']): AxisZoom | null {
  const [column, first] = [sections[ZOOM_COLUMN], sections[ZOOM_FIRST]];
  if (typeof column !== 'number' || !(column > 0)) return null;
  return { column, first: typeof first === 'number' ? first : 0 };
}

/** A column's width within what its unit allows, in whole pixels. */
export function allowedColumn(column: number, unit: TokenUnit): number {
  const [least, most] = WIDTHS[unit];
  return Math.max(least, Math.min(most, Math.floor(column)));
}

/** The zoom in which the columns between two of the drawn ones, both included, fill the axis as far as they may grow. */
export function zoomedTo(axis: TimeAxis, from: number, to: number): AxisZoom {
  const [first, last] = from < to ? [from, to] : [to, from];
  return { column: allowedColumn((axis.steps * axis.column) / (last - first + 1), axis.unit), first };
}

/** Columns `by` px wider, or narrower, with the focus where it is as far as can be. */
export function zoomedBy(axis: TimeAxis, by: number, focus: number): AxisZoom {
  const column = allowedColumn(axis.column + by, axis.unit);
  const before = ((focus - axis.first) * axis.column) / column;
  return { column, first: Math.max(0, Math.round(focus - before)) };
}

/** Columns left free behind a short example, for what it leads to. */
const FREE_COLUMNS = 3;

/** An example of a task is seen as a whole: columns so wide that it fills the usual axis, as far as they may grow; null where it does. */
export function exampleZoom({ steps, column, unit }: TimeAxis, tokens: number): AxisZoom | null {
  const wide = allowedColumn((steps * column) / (tokens + FREE_COLUMNS), unit);
  return wide > column ? { column: wide, first: 0 } : null;
}
