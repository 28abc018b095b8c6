// ‖∂J(i)/∂h(j)‖ for every pair: columns are the shared time axis, rows the loss steps; the empty half carries the scale. Where a network
// reads both ways both halves may be filled, and the scale stands below.
import * as l10n from '@vscode/l10n';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { rampColour } from '../colourRamps';
import { html, svg } from '../dom';
import { LARGEST_POWER, SMALLEST_POWER, gradientLevel } from '../geometry/gradientScale';
import { columnX, type TimeAxis } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { scientific } from '../shownText';
import { createHeatmap, paintHeatmap } from './heatmap';
import { createRedrawGuard, createTrack } from './track';

/** The row's name would stand on the gutter's notes above this, px. */
const NOTES_BOTTOM = 56;
const ROW_HEIGHT = { S: 3, M: 2, L: 3 } as const;
const LEGEND_WIDTH = 200;
/** Bottom of the scale's labels, and of the two lines said under them, px. */
const SCALE_BOTTOM = 54;
const TEXT_BOTTOM = 92;
/** How far those lines reach left of the scale, px. */
const TEXT_REACH = 100;

/** The triangle. */
export function createGradientTriangle(): View {
  const track = createTrack('triangle');
  const canvas = createHeatmap();
  track.element.insertBefore(canvas, track.drawing);
  track.left.append(
    html('b', {}, l10n.t('Every i')),
    html('div', { class: 'note' }, l10n.t('loss step i')),
    html('div', { class: 'note' }, l10n.t('runs down ↓')),
  );
  const target = html('div', {
    class: 'heatmap-target',
    role: 'application',
    tabindex: 0,
    'data-gradient-keys': 'rows',
  });
  track.element.append(target);
  const redraw = createRedrawGuard();
  let shown: { picture: Picture; rowHeight: number } | null = null;
  target.addEventListener('pointermove', (event) => {
    if (!shown) return;
    const { picture, rowHeight } = shown;
    const i = Math.floor(event.offsetY / rowHeight) + picture.axis.first;
    const j = Math.floor(event.offsetX / picture.axis.column) + picture.axis.first;
    target.title = j <= i || picture.header.bidirectional ? pairText(picture, i, j) : '';
  });
  const marks = svg('g');
  track.drawing.append(marks);

  return {
    element: track.element,
    update(picture) {
      const { axis, arrays, header, focus } = picture;
      const { values } = arrays['gradient.hidden'];
      const steps = header.tokens.length;
      const rowHeight = axis.column > 30 ? 10 : axis.column > 12 ? 5 : ROW_HEIGHT[axis.size];
      const height = axis.count * rowHeight;
      shown = { picture, rowHeight };
      if (redraw(picture)) {
        track.resize(axis, height + 8 + (legendPlace(picture, height).under ? SCALE_BOTTOM : 0));
        track.hatch(picture);
        const level = (row: number, j: number): number => {
          const i = row + axis.first;
          return j > i && !header.bidirectional ? NaN : gradientLevel(values[i * steps + j]);
        };
        paintHeatmap(canvas, axis, 0, { rows: axis.count, height, level, ramp: picture.theme.gradient });
        target.style.left = `${axis.left}px`;
        target.style.width = `${axis.count * axis.column}px`;
        target.style.height = `${height}px`;
      }
      const j = header.bidirectional ? (picture.hover ?? focus) : Math.min(picture.hover ?? focus, focus);
      target.setAttribute('aria-label', pairText(picture, focus, j));
      const y = (focus - axis.first) * rowHeight;
      const right = header.bidirectional ? columnX(axis, axis.first + axis.count) : columnX(axis, focus) + axis.column;
      marks.replaceChildren(
        svg('path', { class: 'grid', d: `M${axis.left},0L${columnX(axis, axis.first + axis.count)},${height}` }),
        svg('rect', { class: 'focus-row', x: axis.left, y: y - 0.5, width: right - axis.left, height: rowHeight + 1 }),
        svg('path', { class: 'unit-pointer', d: `M${axis.left - 2},${y + rowHeight / 2}l-7,-4.5v9z` }),
        ...(axis.size === 'S' || y + rowHeight / 2 < NOTES_BOTTOM
          ? []
          : [svg('text', { class: 'row-name', x: axis.left - 12, y: y + rowHeight / 2 + 4 }, `i = ${focus}`)]),
        svg(
          'g',
          { transform: `translate(0,${legendPlace(picture, height).under ? height : 0})` },
          ...legend(picture, height),
        ),
      );
    },
  };
}

export function pairText({ arrays, header }: Picture, i: number, j: number): string {
  const norm = arrays['gradient.hidden'].values[i * header.tokens.length + j];
  return l10n.t('gradient of the loss at step {0} on the state at step {1}: {2}', i, j, scientific(norm));
}

interface LegendPlace {
  left: number;
  right: number;
  /** Under the triangle, where its empty half is too small; depends on the axis alone, so that nothing moves with the focus. */
  under: boolean;
}

/** Height of the empty half over the point `x`, px. */
const roomAt = (x: number, axis: TimeAxis, height: number): number =>
  ((x - axis.left) / (axis.count * axis.column)) * height;

/** The scale stands at the right end of the empty half, left of the focus lines when there is room for it. */
function legendPlace({ axis, focus, header }: Picture, height: number): LegendPlace {
  const end = columnX(axis, axis.first + axis.count) - 12;
  const width = Math.min(LEGEND_WIDTH, end - axis.left);
  const under = header.bidirectional === true || roomAt(end - width, axis, height) <= SCALE_BOTTOM;
  const before = Math.min(end, columnX(axis, focus) - 14);
  const least = under ? axis.left + width : axis.left + (SCALE_BOTTOM / height) * axis.count * axis.column + width;
  const right = !under && focus - axis.first > axis.count * 0.62 && before >= least ? before : end;
  return { left: right - width, right, under };
}

function legend(picture: Picture, height: number): SVGElement[] {
  const { axis, theme } = picture;
  const { left, right, under } = legendPlace(picture, height);
  const width = right - left;
  if (width < 90) return [];
  const stops = Array.from({ length: 50 }, (_, k) =>
    svg('rect', {
      x: left + (k * width) / 50,
      y: 24,
      width: width / 50 + 0.3,
      height: 10,
      fill: rampColour(theme.gradient, k / 49),
    }),
  );
  const at = (power: number): number => left + ((power - SMALLEST_POWER) / (LARGEST_POWER - SMALLEST_POWER)) * width;
  const labels = [SMALLEST_POWER, -4, -2, 0].map((power) =>
    svg(
      'text',
      { class: power === SMALLEST_POWER ? 'note' : 'note middle', x: at(power), y: 47 },
      `${power === SMALLEST_POWER ? '≤ ' : ''}${powerOfTen(power)}`,
    ),
  );
  const roomForText = axis.size !== 'S' && !under && roomAt(left - TEXT_REACH, axis, height) > TEXT_BOTTOM;
  const said = [
    l10n.t('one row = one loss step i, one column = one state j'),
    theme.isDark
      ? l10n.t('bright only near the diagonal = the past is forgotten')
      : l10n.t('dark only near the diagonal = the past is forgotten'),
  ];
  return [
    ...stops,
    svg('rect', { class: 'legend-frame', x: left, y: 24, width, height: 10 }),
    ...labels,
    svg('text', { class: 'end', x: right, y: 16 }, l10n.t('‖∂J(i)/∂h(j)‖, absolute')),
    ...(roomForText ? said.map((text, k) => svg('text', { class: 'note end', x: right, y: 68 + k * 15 }, text)) : []),
  ];
}
