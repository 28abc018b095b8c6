// Influence arrows: from each token read to the token predicted at the focus step, as wide as its share of ‖∂J(i)/∂x(j)‖.
import * as l10n from '@vscode/l10n';
import { createSlider } from '../controls/slider';
import { html, setText, svg } from '../dom';
import { lossRow } from '../geometry/gradientScale';
import { crescentHeight, crescentPath, strongestSources, type InfluenceSource } from '../geometry/influence';
import { columnMiddle, type TimeAxis } from '../geometry/timeAxis';
import type { Picture, View, ViewEvents } from '../picture';
import { quoted, scientific, shareText } from '../shownText';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 92;
const MOST_ARROWS = 40;
const WIDEST = 14;

/** The arrows' row with its slider for how many of the strongest are drawn. */
export function createInfluenceArrows(events: ViewEvents): View {
  const track = createTrack('influence');
  const title = html('b', {}, l10n.t('Influence'));
  const what = html('div', { class: 'note' }, l10n.t('gradient norm'));
  const count = html('div', { class: 'note' });
  const mass = html('div', { class: 'note' });
  const slider = createSlider({
    label: l10n.t('arrows'),
    min: 1,
    max: MOST_ARROWS,
    step: 1,
    value: 12,
    format: String,
    onInput: (k) => events.topArrows(k),
  });
  track.left.append(title, what, count, mass, slider.element);
  const brief = html('div', { class: 'note influence-brief' });
  const isolated = html('div', { class: 'isolated-arrow', role: 'status' });
  track.element.append(brief, isolated);
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const changed = createChangeGuard();

  return {
    element: track.element,
    update(picture) {
      const { axis, header, arrays, focus, topArrows } = picture;
      slider.set({ value: topArrows });
      if (!changed([arrays, header, focus, topArrows, axis.width, axis.column, axis.first, axis.count])) return;
      track.resize(axis, HEIGHT);
      const input = arrays['gradient.input'];
      const steps = header.tokens.length;
      const row = input ? lossRow(input.values, steps, focus) : new Float32Array(0);
      const influence = strongestSources(row, topArrows, axis.first);
      const drawn = l10n.t('top {0} of {1}', influence.sources.length, influence.candidates);
      const covered = l10n.t('{0} of mass', shareText(influence.coverage));
      setText(count, drawn);
      setText(mass, covered);
      setText(brief, `${drawn} · ${covered}`);
      setText(isolated, influence.sources.length === 0 ? unknownLoss(picture) : '');
      isolated.classList.toggle('right', focus - axis.first < axis.count / 2);
      const target = header.tokens[focus + 1]?.text ?? header.next ?? '';
      track.drawing.setAttribute(
        'aria-label',
        [drawn, covered, ...influence.sources.slice(0, 3).map((source) => describe(picture, source, target))].join(
          '; ',
        ),
      );
      track.drawing.replaceChildren(
        ...crescents(axis, focus, influence.sources, (source) =>
          setText(isolated, source ? describe(picture, source, target) : ''),
        ),
      );
    },
  };
}

function unknownLoss(picture: Picture): string {
  return picture.focus === picture.header.tokens.length - 1 && picture.header.next === null
    ? l10n.t('The text ends here: there is no next token whose loss could send a gradient back.')
    : '';
}

function describe({ header, focus }: Picture, source: InfluenceSource, target: string): string {
  const from = quoted(header.tokens[source.column]?.text ?? '');
  return l10n.t(
    '{0}, {1} steps before {2}: {3} of the gradient, norm {4}',
    from,
    focus + 1 - source.column,
    quoted(target),
    shareText(source.share),
    scientific(source.norm),
  );
}

function crescents(
  axis: TimeAxis,
  focus: number,
  sources: InfluenceSource[],
  isolate: (source: InfluenceSource | null) => void,
): SVGElement[] {
  const to = columnMiddle(axis, focus + 1);
  const longest = Math.max(...sources.map(({ column }) => focus + 1 - column), 8);
  const strongest = sources[0]?.norm ?? 1;
  const group = svg('g', { class: 'arrows' });
  for (const source of [...sources].sort((a, b) => a.column - b.column)) {
    const lag = focus + 1 - source.column;
    const path = svg('path', {
      class: 'arrow',
      d: crescentPath({
        from: columnMiddle(axis, source.column),
        to,
        baseline: HEIGHT - 1,
        height: crescentHeight(lag, longest, HEIGHT - 20),
        width: Math.max(1.2, (Math.min(WIDEST, axis.column * 1.4) * source.norm) / strongest),
      }),
    });
    path.addEventListener('pointerenter', () => {
      group.classList.add('isolating');
      path.classList.add('chosen');
      isolate(source);
    });
    path.addEventListener('pointerleave', () => {
      group.classList.remove('isolating');
      path.classList.remove('chosen');
      isolate(null);
    });
    group.append(path);
  }
  if (sources.length === 0) return [];
  return [group, svg('path', { class: 'tip', d: `M${to - 4},${HEIGHT - 7}L${to},${HEIGHT}L${to + 4},${HEIGHT - 7}Z` })];
}
