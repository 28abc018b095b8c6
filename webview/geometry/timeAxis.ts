// The one time axis of the inspector: the grid of the design, in whole pixels, so that every picture lines up.

import { allowedColumn, type AxisZoom } from './axisZoom';

export interface TimeAxis {
  /** S under 640 px, M to 1399, L from 1400. */
  size: 'S' | 'M' | 'L';
  /** Content width of the pictures, gutters included. */
  width: number;
  /** Width left beside them at L: the rail for the cell and the spectrum; 0 where they stand below. */
  rail: number;
  /** Gutters: names on the left, read-outs on the right. */
  left: number;
  right: number;
  /** Width of one timestep. */
  column: number;
  /** Columns that fit. */
  steps: number;
  /** Columns drawn: the frame's, as far as they fit. */
  count: number;
  /** First column of the frame that is drawn. */
  first: number;
  unit: TokenUnit;
}

/** What stands in a column; wide characters (Korean, Chinese, emoji) need more room than Latin ones. */
export type TokenUnit = 'characters' | 'wideCharacters' | 'words';

const LEFT = { S: 36, M: 96, L: 104 } as const;
const RIGHT = { S: 44, M: 56, L: 60 } as const;
/** Room more between wide characters and the read-outs, which are wider in their languages too. */
const WIDE_RIGHT = 8;
/** Least room for the cell and the spectrum beside the pictures of a wide panel. */
const RAIL = 336;
/** Room the page's padding takes from the panel. */
const PANEL_PADDING = 16;
const CHARACTER_COLUMN = 8;
/** Steps a wide panel shows before its columns grow. */
const WIDE_STEPS = 104;
const WIDE_CHARACTER_COLUMN = 15;
const WIDE_CHARACTERS = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]/gu;
/** Share of wide characters from which on every column gets their width. */
const WIDE_SHARE = 0.05;
/** Words are written slantwise, so that their columns need no more room than a line of type. */
const WORD_COLUMN = { S: 20, M: 24, L: 28 } as const;

/** The unit to draw a run's text in: its tokens' kind, with wide characters told from narrow ones by `text`. */
export function drawnUnit(unit: 'characters' | 'words', text: string): TokenUnit {
  if (unit === 'words') return 'words';
  const wide = text.match(WIDE_CHARACTERS)?.length ?? 0;
  return wide > text.length * WIDE_SHARE ? 'wideCharacters' : 'characters';
}

function sizeOf(panelWidth: number): TimeAxis['size'] {
  return panelWidth < 640 ? 'S' : panelWidth < 1400 ? 'M' : 'L';
}

function rightGutter(size: TimeAxis['size'], unit: TokenUnit): number {
  return RIGHT[size] + (unit === 'wideCharacters' ? WIDE_RIGHT : 0);
}

function columnWidth(size: TimeAxis['size'], room: number, unit: TokenUnit): number {
  if (unit === 'words') return WORD_COLUMN[size];
  if (unit === 'wideCharacters') return WIDE_CHARACTER_COLUMN;
  return size === 'L' ? Math.max(CHARACTER_COLUMN, Math.min(14, Math.floor(room / WIDE_STEPS))) : CHARACTER_COLUMN;
}

/** Room for columns between the gutters, px. */
function roomForColumns(panelWidth: number, unit: TokenUnit): number {
  const size = sizeOf(panelWidth);
  const width = Math.max(120, panelWidth - PANEL_PADDING);
  return width - LEFT[size] - rightGutter(size, unit) - (size === 'L' ? RAIL : 0);
}

/** Steps that fit into a panel of `panelWidth` CSS pixels, zoomed out further perhaps; at least one. */
export function columnsThatFit(panelWidth: number, unit: TokenUnit, zoom: AxisZoom | null = null): number {
  const room = roomForColumns(panelWidth, unit);
  const usual = columnWidth(sizeOf(panelWidth), room, unit);
  const column = zoom === null ? usual : Math.min(usual, allowedColumn(zoom.column, unit));
  return Math.max(1, Math.floor(room / column));
}

/** Width of the rail beside the pictures; 0 in panels that are not wide. */
export function railWidth(panelWidth: number, unit: TokenUnit): number {
  const { rail } = timeAxis(panelWidth, 1, unit);
  return rail;
}

/**
 * The axis for a panel and a frame of `frameSteps` timesteps. When not all fit, those from the zoom's first one on are drawn; where the
 * focus is not among them, or without a zoom, those that end 8 columns after the focus (in few columns it stands in the middle).
 */
export function timeAxis(
  panelWidth: number,
  frameSteps: number,
  unit: TokenUnit,
  focus = frameSteps - 1,
  zoom: AxisZoom | null = null,
): TimeAxis {
  const size = sizeOf(panelWidth);
  const content = Math.max(120, panelWidth - PANEL_PADDING);
  const right = rightGutter(size, unit);
  const room = roomForColumns(panelWidth, unit);
  const usual = columnWidth(size, room, unit);
  const column = zoom === null ? usual : allowedColumn(zoom.column, unit);
  const steps = Math.max(1, Math.floor(room / column));
  const width = size === 'L' ? LEFT[size] + Math.floor(room / usual) * usual + right : content;
  const count = Math.min(steps, frameSteps);
  const chosen =
    zoom !== null && focus >= zoom.first && focus < zoom.first + count
      ? zoom.first
      : focus + Math.min(8, Math.ceil(count / 2)) - count;
  const first = Math.max(0, Math.min(frameSteps - count, chosen));
  return {
    size,
    width,
    rail: content - width,
    left: LEFT[size],
    right,
    column,
    steps,
    count,
    first,
    unit,
  };
}

/** Left edge of column `t`, in pixels from the left of the pictures. */
export function columnX(axis: TimeAxis, t: number): number {
  return axis.left + (t - axis.first) * axis.column;
}

/** Middle of column `t`. */
export function columnMiddle(axis: TimeAxis, t: number): number {
  return columnX(axis, t) + axis.column / 2;
}

/** The column under `x`, or null outside the drawn ones. */
export function columnAt(axis: TimeAxis, x: number): number | null {
  const t = Math.floor((x - axis.left) / axis.column) + axis.first;
  return t >= axis.first && t < axis.first + axis.count ? t : null;
}

/** Drawn columns, left to right. */
export function columns(axis: TimeAxis): number[] {
  return Array.from({ length: axis.count }, (_, k) => axis.first + k);
}
