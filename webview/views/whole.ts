// Views that need the gradients of every loss: they keep their picture, dimmed, while there is only a first look at a new place.
import * as l10n from '@vscode/l10n';
import type { View } from '../picture';

/** The view, marked as stale and not updated until the whole picture is there. */
export function whole(view: View): View {
  const { element } = view;
  element.classList.add('whole');
  return {
    element,
    update(picture) {
      const waits = picture.header.rowOnly === true;
      element.classList.toggle('waits', waits);
      element.setAttribute('aria-busy', String(waits));
      element.dataset.waits = waits ? l10n.t('stale: computing…') : '';
      if (!waits) view.update(picture);
    },
  };
}
