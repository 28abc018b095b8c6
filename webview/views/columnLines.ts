// The marks that cross every picture: a pair of lines at the focus step, a band under the pointer, an edge where the text changed.
import { html } from '../dom';
import { firstStaleColumn } from '../geometry/staleColumns';
import { columnX } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';

/** An overlay as tall as the zone that never catches the pointer. */
export function createColumnLines(): View {
  const focus = html('div', { class: 'column-focus' });
  const hover = html('div', { class: 'column-hover' });
  const stale = html('div', { class: 'column-stale' });
  const element = html('div', { class: 'column-lines', 'aria-hidden': 'true' }, stale, hover, focus);
  return {
    element,
    update(picture) {
      const { axis } = picture;
      place(focus, picture, picture.focus);
      place(hover, picture, picture.hover);
      const edited = firstStaleColumn(picture.header, picture.stale);
      stale.hidden = edited === null || edited < axis.first || edited >= axis.first + axis.count;
      if (edited !== null) stale.style.left = `${columnX(axis, edited)}px`;
    },
  };
}

function place(mark: HTMLElement, { axis }: Picture, t: number | null): void {
  const outside = t === null || t < axis.first || t >= axis.first + axis.count;
  mark.hidden = outside;
  if (outside) return;
  mark.style.left = `${columnX(axis, t)}px`;
  mark.style.width = `${axis.column}px`;
}
