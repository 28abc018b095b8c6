// Views for one kind of picture: of a text whose next tokens are predicted, or of one example of a task.
import { setShown } from '../dom';
import type { View } from '../picture';

/** The view, hidden and not updated for pictures of the other kind. */
export function only<V extends View>(kind: 'text' | 'task', view: V): V {
  const fits = (isTask: boolean): boolean => (kind === 'task') === isTask;
  return {
    ...view,
    update(picture) {
      const shown = fits(picture.header.prediction !== undefined);
      setShown(view.element, shown);
      if (shown) view.update(picture);
    },
  };
}
