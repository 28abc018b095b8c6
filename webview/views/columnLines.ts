// The marks that cross every picture: a pair of lines at the focus step, a band under the pointer, hatching over what is stale.
import { html } from '../dom';
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
      const edited = firstStaleColumn(picture);
      stale.hidden = edited === null;
      if (edited === null) return;
      stale.style.left = `${columnX(axis, edited)}px`;
      stale.style.width = `${(axis.first + axis.count - edited) * axis.column}px`;
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

/** First drawn column that an edit after training touches or follows; null when the picture is of the live text throughout. */
export function firstStaleColumn({ stale, header, axis }: Picture): number | null {
  const edit = stale?.edit;
  if (!edit || header.origin === 'document') return null;
  const column = header.tokens.findIndex((token) => token.end > edit.start);
  return column < 0 ? null : Math.max(axis.first, column);
}
