// One row of the time zone: names in the left gutter, a drawing on the time axis, read-outs in the right gutter.
import { html, svg } from '../dom';
import { firstStaleColumn } from '../geometry/staleColumns';
import { columnX, type TimeAxis } from '../geometry/timeAxis';
import type { Picture } from '../picture';

export interface Track {
  readonly element: HTMLElement;
  readonly left: HTMLElement;
  readonly right: HTMLElement;
  readonly drawing: SVGSVGElement;
  /** Fits the row to the axis; `height` in px. */
  resize(axis: TimeAxis, height: number): void;
  /** Hatches the columns whose text has changed since. */
  hatch(picture: Picture): void;
}

/** An empty row with a class of its own. */
export function createTrack(name: string): Track {
  const left = html('div', { class: 'gutter-left' });
  const right = html('div', { class: 'gutter-right' });
  const drawing = svg('svg', { 'aria-hidden': 'true' });
  const stale = html('div', { class: 'hatch', hidden: true });
  const element = html('div', { class: `track ${name}` }, left, drawing, stale, right);
  return {
    element,
    left,
    right,
    drawing,
    resize(axis, height) {
      element.style.height = `${height}px`;
      drawing.setAttribute('width', String(axis.width));
      drawing.setAttribute('height', String(height));
    },
    hatch({ axis, header, stale: staleness }) {
      const column = firstStaleColumn(header, staleness);
      stale.hidden = column === null || column >= axis.first + axis.count;
      if (column === null) return;
      const from = Math.max(axis.first, column);
      stale.style.left = `${columnX(axis, from)}px`;
      stale.style.width = `${Math.max(0, axis.first + axis.count - from) * axis.column}px`;
    },
  };
}

/** True when any of the values differs from the last call's: a drawing that ignores the pointer is left alone under it. */
export function createChangeGuard(): (values: readonly unknown[]) => boolean {
  let last: readonly unknown[] = [];
  return (values) => {
    const changed = values.length !== last.length || values.some((value, k) => value !== last[k]);
    last = values;
    return changed;
  };
}

/** True once for every new frame, axis, theme or order: when a picture must be drawn anew and not only its marks moved. */
export function createRedrawGuard(): (picture: Picture) => boolean {
  let last: Picture | null = null;
  return (picture) => {
    const same =
      last !== null &&
      last.arrays === picture.arrays &&
      last.theme === picture.theme &&
      last.order === picture.order &&
      last.stale === picture.stale &&
      last.axis.width === picture.axis.width &&
      last.axis.column === picture.axis.column &&
      last.axis.first === picture.axis.first &&
      last.axis.count === picture.axis.count;
    last = picture;
    return !same;
  };
}
