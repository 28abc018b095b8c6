// Views for one kind of picture: of a text whose next tokens are predicted, or of one example of a task.
import { html } from '../dom';
import type { View } from '../picture';

/** The view, taken off the page and not updated for pictures of the other kind; whether it is hidden otherwise stays its own affair. */
export function only(kind: 'text' | 'task', view: View): View {
  const holder = html('div', { class: 'only' });
  let shown = false;
  return {
    element: holder,
    update(picture) {
      const fits = (picture.header.prediction !== undefined) === (kind === 'task');
      if (fits !== shown) holder.replaceChildren(...(fits ? [view.element] : []));
      shown = fits;
      if (fits) view.update(picture);
    },
  };
}
