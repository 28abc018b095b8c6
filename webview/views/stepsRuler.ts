// The ruler of the time axis: steps counted from the focus step i.
import * as l10n from '@vscode/l10n';
import { html, svg } from '../dom';
import { columnMiddle, columns } from '../geometry/timeAxis';
import type { View } from '../picture';
import { createTrack } from './track';

const HEIGHT = 18;

/** The ruler's row. */
export function createStepsRuler(): View {
  const track = createTrack('ruler');
  track.left.append(html('span', { class: 'note' }, l10n.t('steps from i')));
  let shown = '';
  return {
    element: track.element,
    update({ axis, focus }) {
      const key = [axis.width, axis.column, axis.first, axis.count, focus].join();
      if (key === shown) return;
      shown = key;
      track.resize(axis, HEIGHT);
      const every = axis.column >= 40 ? 1 : axis.column >= 14 ? 5 : 10;
      const marks = columns(axis).filter((t) => (focus - t) % every === 0);
      track.drawing.replaceChildren(
        ...marks.flatMap((t) => {
          const x = columnMiddle(axis, t);
          const lag = focus - t;
          const text = lag === 0 ? 'i' : lag > 0 ? `−${lag}` : `+${-lag}`;
          return [svg('path', { class: 'tick', d: `M${x},0v4` }), svg('text', { class: 'note', x, y: 15 }, text)];
        }),
      );
    },
  };
}
