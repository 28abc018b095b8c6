// The share of the gradient that goes around each layer of a residual, highway or dense network, at every step, against what goes through it.
import * as l10n from '@vscode/l10n';
import { createKeyedContent, html, setShown, setText, svg } from '../dom';
import { skipShares, type SkipShares } from '../geometry/skipShares';
import { columnX, columns } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { shareText } from '../shownText';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 24;
const GAP = 5;

/** Hidden where nothing leads around layers. */
export function createSkipShares(): View {
  const note = html('span', { class: 'note' });
  const header = html('div', { class: 'section-header' }, html('b', {}, l10n.t('Around the layers')), note);
  const track = createTrack('skip-shares');
  const fillNames = createKeyedContent(track.left);
  const caption = html('p', { class: 'caption' });
  const element = html(
    'section',
    { class: 'skip-section', 'aria-label': l10n.t('Around the layers'), hidden: true },
    ...[header, track.element, caption],
  );
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const changed = createChangeGuard();
  let rows: SkipShares[] = [];

  return {
    element,
    update(picture) {
      const { header: frame, frameArrays, axis, theme, stale, hover, focus } = picture;
      const { width, column, first, count } = axis;
      if (changed([frameArrays, theme, stale, width, column, first, count])) {
        rows = skipShares(frame, frameArrays);
        if (rows.length > 0) draw(picture);
      }
      setShown(element, rows.length > 0);
      while (track.right.children.length < rows.length) track.right.append(html('div', { class: 'layer-value' }));
      rows.forEach(({ shares }, k) => {
        const line = track.right.children[k] as HTMLElement;
        line.style.height = `${HEIGHT + GAP}px`;
        const share = shares[hover ?? focus];
        setText(line, share >= 0 ? shareText(share) : '');
      });
    },
  };

  function draw(picture: Picture): void {
    const { axis, header: frame } = picture;
    setText(note, noteText(frame.connections));
    note.title = l10n.t(
      'Norms of ∂J/∂ what lies below the layer, J the losses of this window together: as vectors the two parts add up.',
    );
    track.resize(axis, rows.length * (HEIGHT + GAP));
    track.hatch(picture);
    fillNames(`${rows.map(({ layer }) => layer).join()} ${axis.size}`, () =>
      rows.map(({ layer }) => {
        const name = html(
          'div',
          { class: 'skip-name' },
          axis.size === 'S' ? `${layer + 1}` : l10n.t('layer {0}', layer + 1),
        );
        name.style.height = `${HEIGHT + GAP}px`;
        return name;
      }),
    );
    track.drawing.replaceChildren(...rows.flatMap((row, k) => marks(picture, row, k * (HEIGHT + GAP))));
    const said = rows
      .filter(({ overall }) => overall >= 0)
      .map(({ layer, overall }) => l10n.t('{0} around layer {1}', shareText(overall), layer + 1))
      .join(', ');
    setText(
      caption,
      l10n.t('Of the gradient that arrives below a layer: {0}; the rest comes through the layer.', said),
    );
    track.drawing.setAttribute('aria-label', caption.textContent);
  }
}

function noteText(connections: Picture['header']['connections']): string {
  if (connections === 'highway')
    return l10n.t('share that comes by the carry 1 − T (filled), and through the layer (empty)');
  return connections === 'dense'
    ? l10n.t('share that comes straight from layers further up (filled), and through the layer (empty)')
    : l10n.t('share that comes by the identity (filled), and through the layer (empty)');
}

function marks({ axis }: Picture, { shares }: SkipShares, top: number): SVGElement[] {
  const right = columnX(axis, axis.first + axis.count);
  const filled = columns(axis)
    .filter((t) => shares[t] > 0)
    .map(
      (t) => `M${columnX(axis, t)},${top + HEIGHT}v${(-shares[t] * HEIGHT).toFixed(2)}h${axis.column}V${top + HEIGHT}z`,
    );
  const frame = { x: axis.left, y: top + 0.5, width: right - axis.left, height: HEIGHT - 1 };
  return [
    svg('path', { class: 'skip-around', d: filled.join('') }),
    svg('path', { class: 'grid', d: `M${axis.left},${top + HEIGHT / 2}H${right}` }, svg('title', {}, '50 %')),
    svg('rect', { class: 'skip-frame', ...frame }),
  ];
}
