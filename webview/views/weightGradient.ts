// ‖∂J/∂W_h‖ contributed at each step: linear bars, whose flatness beside the fading gradient shows why a weight gradient hides vanishing.
import * as l10n from '@vscode/l10n';
import { html, setText, svg } from '../dom';
import { columnX, columns } from '../geometry/timeAxis';
import type { View } from '../picture';
import { scientific } from '../shownText';
import { createRedrawGuard, createTrack } from './track';

const HEIGHT = 36;

/** The strip. */
export function createWeightGradient(): View {
  const track = createTrack('weight');
  const largestNote = html('div', { class: 'note' });
  track.left.append(html('b', {}, '‖∂J/∂W‖'), html('div', { class: 'note' }, l10n.t('at each t')), largestNote);
  const value = html('span', { class: 'low' });
  track.right.append(value);
  const redraw = createRedrawGuard();
  return {
    element: track.element,
    update(picture) {
      const { axis, arrays } = picture;
      const values = arrays['gradient.weight'].values;
      if (redraw(picture)) {
        const largest = values.reduce((most, norm) => (norm > most ? norm : most), 0);
        track.resize(axis, HEIGHT + 10);
        track.hatch(picture);
        setText(largestNote, l10n.t('max {0}', scientific(largest)));
        const y = (norm: number): number => HEIGHT - (largest > 0 ? (norm / largest) * (HEIGHT - 14) : 0);
        const right = columnX(axis, axis.first + axis.count);
        track.drawing.replaceChildren(
          svg('path', { class: 'grid', d: `M${axis.left},${y(largest)}H${right}M${axis.left},${HEIGHT}H${right}` }),
          ...columns(axis).map((t) =>
            svg('rect', {
              class: 'weight-bar',
              x: columnX(axis, t) + 0.5,
              y: y(values[t]).toFixed(1),
              width: axis.column - 1,
              height: Math.max(0, HEIGHT - y(values[t])).toFixed(1),
            }),
          ),
        );
      }
      setText(value, scientific(values[picture.hover ?? picture.focus]));
    },
  };
}
