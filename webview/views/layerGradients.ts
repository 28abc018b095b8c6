// ‖∂J(i)/∂h(j)‖ of the focus step over layer × time: a heatmap with a row for every layer and direction, and their bars one under the other
// on one absolute scale. Shown for networks that have several, and of every network that was trained for a task: there it is the gradient of
// the one prediction.
import * as l10n from '@vscode/l10n';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { rampColour } from '../colourRamps';
import { createKeyedContent, html, setShown, setText, svg } from '../dom';
import { SMALLEST_POWER, gradientLevel } from '../geometry/gradientScale';
import { gradientsByPlace, type PlaceGradient } from '../geometry/layerGradients';
import { columnX, columns, type TimeAxis } from '../geometry/timeAxis';
import { PLACE_CHOICE, hasPlaces, placeKey, placeLabel, placeText, samePlace } from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';
import { quoted, scientific } from '../shownText';
import { createHeatmap, paintHeatmap } from './heatmap';
import { createChangeGuard, createTrack } from './track';

const ROW = 15;
/** Of the bars of one place; of many places less. */
const BARS = { few: 40, many: 26 };
const FEW = 4;
const GAP = 5;
export const BARS_CHOICE = 'network.bars';

export function createLayerGradients(events: ViewEvents): View {
  const title = html('b');
  const note = html('span', { class: 'note' });
  const toggle = html('input', { type: 'checkbox' });
  toggle.addEventListener('change', () => events.choose(BARS_CHOICE, toggle.checked));
  const header = html(
    'div',
    { class: 'section-header' },
    title,
    note,
    html('label', { class: 'header-right toggle' }, toggle, l10n.t('bars, too')),
  );
  const map = createTrack('layer-map');
  const canvas = createHeatmap();
  map.element.insertBefore(canvas, map.drawing);
  const target = html('div', { class: 'heatmap-target', role: 'application', tabindex: 0 });
  map.element.append(target);
  const bars = createTrack('layer-bars');
  const caption = html('p', { class: 'caption' });
  const element = html(
    'section',
    { class: 'layer-gradients', 'aria-label': l10n.t('Gradient by layer'), hidden: true },
    ...[header, map.element, bars.element, caption],
  );
  const tracks = [
    { track: map, fill: createKeyedContent(map.left) },
    { track: bars, fill: createKeyedContent(bars.left) },
  ];
  const changed = createChangeGuard();
  let shown: { picture: Picture; rows: PlaceGradient[] } | null = null;
  const look = ({ place }: PlaceGradient): void => events.choose(PLACE_CHOICE, placeKey(place));

  target.addEventListener('keydown', (event) => {
    if (!shown || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    const { rows, picture } = shown;
    const at = rows.findIndex(({ place }) => samePlace(place, picture.place)) + (event.key === 'ArrowUp' ? -1 : 1);
    look(rows[Math.max(0, Math.min(rows.length - 1, at))]);
  });
  target.addEventListener('click', (event) => {
    if (shown) look(shown.rows[Math.max(0, Math.min(shown.rows.length - 1, Math.floor(event.offsetY / ROW)))]);
  });
  target.addEventListener('pointermove', (event) => {
    if (!shown) return;
    const { picture, rows } = shown;
    const row = rows[Math.floor(event.offsetY / ROW)] as PlaceGradient | undefined;
    target.title = row
      ? pairText(picture, row, Math.floor(event.offsetX / picture.axis.column) + picture.axis.first)
      : '';
  });

  return {
    element,
    update(picture) {
      const { header: frame, axis, focus, hover, sections, theme, place, stale, frameArrays } = picture;
      const shows = hasPlaces(frame) || frame.prediction !== undefined;
      setShown(element, shows);
      if (!shows) return;
      const withBars = sections[BARS_CHOICE] !== false;
      const rows = gradientsByPlace(frame, frameArrays, focus);
      shown = { picture, rows };
      const at = hover ?? focus;
      const height = rows.length > FEW ? BARS.many : BARS.few;
      showReadOuts(map.right, rows, at, ROW);
      showReadOuts(bars.right, rows, at, height + GAP);
      const own = rows.find((row) => samePlace(row.place, place));
      if (own) target.setAttribute('aria-label', pairText(picture, own, at));
      const { width, column, first, count } = axis;
      if (!changed([frameArrays, focus, theme, place, stale, width, column, first, count, withBars])) return;
      toggle.checked = withBars;
      setShown(bars.element, withBars);
      setText(title, hasPlaces(frame) ? l10n.t('Gradient by layer') : l10n.t('Gradient'));
      setText(note, noteText(picture));
      note.title = note.textContent;
      for (const { track, fill } of tracks) {
        const step = track === map ? ROW : height + GAP;
        track.resize(axis, rows.length * step + (track === map ? 4 : 0));
        track.hatch(picture);
        fill(JSON.stringify([rows.map((row) => row.place), place, step, axis.size]), () =>
          rows.map((row) => nameButton(picture, row, step, look)),
        );
      }
      const level = (row: number, j: number): number => {
        const norm = rows[row].norms[j];
        return norm > 0 ? gradientLevel(norm) : NaN;
      };
      paintHeatmap(canvas, axis, 0, { rows: rows.length, height: rows.length * ROW, level, ramp: theme.gradient });
      target.style.left = `${axis.left}px`;
      target.style.width = `${axis.count * axis.column}px`;
      target.style.height = `${rows.length * ROW}px`;
      map.drawing.replaceChildren(...mapMarks(axis, rows, place));
      bars.drawing.replaceChildren(...(withBars ? rows.flatMap((row, k) => barMarks(picture, row, k, height)) : []));
      setText(caption, captionText(picture, rows));
    },
  };
}

function nameButton(picture: Picture, row: PlaceGradient, height: number, look: (row: PlaceGradient) => void) {
  const name = html(
    'button',
    {
      type: 'button',
      class: `place-name ${row.place.reverse ? 'reads-backward' : 'reads-forward'}`,
      title: hasPlaces(picture.header) ? l10n.t('Look at {0}', placeText(row.place, picture.header)) : null,
      'aria-pressed': String(samePlace(row.place, picture.place)),
    },
    placeLabel(row.place, picture.header, picture.axis.size === 'S') || 'h',
  );
  name.style.height = `${height}px`;
  name.addEventListener('click', () => look(row));
  return name;
}

function showReadOuts(holder: HTMLElement, rows: PlaceGradient[], at: number, height: number): void {
  while (holder.children.length < rows.length) holder.append(html('div', { class: 'layer-value' }));
  while (holder.children.length > rows.length) holder.lastChild?.remove();
  rows.forEach(({ norms }, k) => {
    const line = holder.children[k] as HTMLElement;
    line.style.height = `${height}px`;
    setText(line, norms[at] > 0 ? scientific(norms[at]) : '');
  });
}

/** What a screen reader and the pointer say of one cell. */
function pairText({ header, focus }: Picture, { place, norms }: PlaceGradient, j: number): string {
  const norm = norms[j] ?? 0;
  const size = norm > 0 ? scientific(norm) : l10n.t('none, no path leads there');
  const where = placeText(place, header) || 'h';
  if (header.prediction)
    return l10n.t(
      'gradient of the loss of {0} on {1}, step {2}: {3}',
      quoted(header.prediction.target),
      where,
      j,
      size,
    );
  return l10n.t('gradient of the loss at step {0} on {1}, step {2}: {3}', ...[focus, where, j, size]);
}

function mapMarks(axis: TimeAxis, rows: PlaceGradient[], place: Picture['place']): SVGElement[] {
  const at = rows.findIndex((row) => samePlace(row.place, place));
  const right = columnX(axis, axis.first + axis.count);
  const frame = { x: axis.left, y: at * ROW + 0.5, width: right - axis.left, height: ROW - 1 };
  return [
    ...rows.map((_, k) => svg('path', { class: 'grid', d: `M${axis.left},${(k + 1) * ROW}H${right}` })),
    svg('rect', { class: 'focus-row', ...frame }),
  ];
}

function barMarks({ axis, theme }: Picture, { norms }: PlaceGradient, k: number, height: number): SVGElement[] {
  const bottom = k * (height + GAP) + height;
  const y = (norm: number): number => bottom - 1 - gradientLevel(norm) * (height - 2);
  const right = columnX(axis, axis.first + axis.count);
  const powers = height < BARS.few ? [SMALLEST_POWER, 0] : [SMALLEST_POWER, -4, 0];
  return [
    ...powers.map((power) =>
      svg(
        'path',
        { class: 'grid', d: `M${axis.left},${y(10 ** power)}H${right}` },
        svg('title', {}, powerOfTen(power)),
      ),
    ),
    ...(axis.size === 'S' ? [] : [0, SMALLEST_POWER]).map((power) =>
      svg(
        'text',
        { class: 'note axis-label', x: axis.left - 4, y: y(10 ** power) + (power === 0 ? 5 : 1) },
        powerOfTen(power),
      ),
    ),
    ...columns(axis)
      .filter((t) => norms[t] > 0)
      .map((t) =>
        svg('rect', {
          class: 'bar',
          x: columnX(axis, t) + 0.5,
          y: y(norms[t]).toFixed(1),
          width: axis.column - 1,
          height: Math.max(0, bottom - y(norms[t])).toFixed(1),
          fill: rampColour(theme.gradient, 0.18 + 0.82 * gradientLevel(norms[t])),
        }),
      ),
  ];
}

function noteText({ header: { prediction }, axis }: Picture): string {
  if (prediction)
    return axis.size === 'S'
      ? l10n.t('‖∂J/∂h(j)‖, log scale')
      : l10n.t(
          '‖∂J/∂h(j)‖ of the loss of {0}, by layer and direction · absolute, log scale',
          quoted(prediction.target),
        );
  return axis.size === 'S'
    ? l10n.t('‖∂J(i)/∂h(j)‖, log scale')
    : l10n.t('‖∂J(i)/∂h(j)‖ of the loss at i, by layer and direction · absolute, log scale');
}

/** How much of the gradient arrives at each layer. */
function captionText({ header }: Picture, rows: PlaceGradient[]): string {
  if (!rows.every(({ together }) => together > 0)) return '';
  const each = rows
    .map(({ place, together }) => `${placeLabel(place, header) || 'h'} = ${scientific(together)}`)
    .join(' · ');
  if (header.prediction) return l10n.t('Over all steps together, √Σⱼ ‖∂J/∂h(j)‖²: {0}.', each);
  return l10n.t('Over all steps together, √Σⱼ ‖∂J(i)/∂h(j)‖²: {0}.', each);
}
