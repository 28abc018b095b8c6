// How strongly the loss at the focus step depends on every earlier state: absolute log bars, with the LSTM's paths drawn over them.
import * as l10n from '@vscode/l10n';
import { line } from 'd3-shape';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { rampColour } from '../colourRamps';
import { createKeyedContent, html, setText, svg } from '../dom';
import { LARGEST_POWER, SMALLEST_POWER, gradientBoundAt, gradientLevel, reachableRow } from '../geometry/gradientScale';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import { hasPlaces } from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';
import { scientific } from '../shownText';
import { gradientCaption } from './gradientCaption';
import { pairText } from './gradientTriangle';
import { reachBracket } from './reachBracket';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = { S: 116, M: 116, L: 150 } as const;

/** Lines over the bars: array, class and label, in the order of their keys. */
const PATHS = [
  {
    array: 'gradient.cell',
    name: 'cell-path',
    text: (): string => l10n.t('through the cell, ‖∂J(i)/∂c(j)‖'),
    title: (): string => l10n.t('Total: everything by which the loss at i depends on the cell state at j.'),
  },
  {
    array: 'gradient.direct',
    name: 'direct-path',
    text: (): string => l10n.t('its direct path alone, ∏ f'),
    title: (): string =>
      l10n.t('‖∂J(i)/∂c(i) ∘ f(i) ∘ … ∘ f(j+1)‖: only along the cell state, every gate held as it is.'),
  },
  {
    array: 'gradient.hiddenPath',
    name: 'hidden-path',
    text: (): string => l10n.t('the rest, through h and the gates'),
    title: (): string =>
      l10n.t('‖total − direct‖: the norm of the difference of the two gradients, not the difference of their norms.'),
  },
];

/** The bars with header, toggle and caption. */
export function createGradientBars(events: ViewEvents): View {
  const track = createTrack('bars');
  const explanation = html('span', { class: 'note' });
  const toggle = html('input', { type: 'checkbox' });
  const header = html(
    'div',
    { class: 'section-header' },
    html('b', {}, l10n.t('Gradient')),
    explanation,
    html('label', { class: 'header-right toggle' }, toggle, l10n.t('relative to i')),
  );
  const caption = html('p', { class: 'caption' });
  const key = html('div', { class: 'path-keys' });
  const keyed = createKeyedContent(key);
  const value = html('div');
  const pathValues = html('div');
  track.right.append(value, pathValues);
  const target = html('div', {
    ...{ class: 'heatmap-target bars-target', role: 'application', tabindex: 0 },
    'data-gradient-keys': 'columns',
  });
  track.element.append(target);
  const changed = createChangeGuard();
  toggle.addEventListener('change', () => events.relativeGradient(toggle.checked));
  const element = html(
    'section',
    { class: 'gradient', 'aria-label': l10n.t('Gradient') },
    header,
    key,
    track.element,
    caption,
  );

  return {
    element,
    update(picture) {
      const { axis, arrays, header: frame, focus, relativeGradient, stale, theme } = picture;
      const row = reachableRow(frame, arrays['gradient.hidden'].values, focus);
      const scale = relativeGradient && row[focus] > 0 ? 1 / row[focus] : 1;
      const at = picture.hover ?? focus;
      const reached = at < row.length;
      setText(value, reached ? scientific(row[at] * scale) : '');
      pathValues.replaceChildren(...(reached ? pathReadOuts(picture, at, scale) : []));
      target.setAttribute('aria-label', reached ? pairText(picture, focus, at) : l10n.t('no gradient at step {0}', at));
      const drawnFrom = [
        arrays,
        focus,
        relativeGradient,
        stale,
        theme,
        axis.width,
        axis.column,
        axis.first,
        axis.count,
      ];
      if (!changed(drawnFrom)) return;
      const height = HEIGHT[axis.size];
      track.resize(axis, height);
      track.hatch(picture);
      target.style.left = `${axis.left}px`;
      target.style.width = `${axis.count * axis.column}px`;
      target.style.height = `${height}px`;
      const paths = PATHS.filter(({ array }) => arrays[array]);
      keyed(`${paths.length} ${frame.cell} ${hasPlaces(frame)} ${JSON.stringify(frame.bound)}`, () => [
        ...paths.map((path) => pathKey(path.name, path.text(), path.title())),
        boundKey(frame),
      ]);
      toggle.checked = relativeGradient;
      setText(
        explanation,
        axis.size === 'S'
          ? l10n.t('‖∂J(i)/∂h(j)‖, log scale')
          : relativeGradient
            ? l10n.t('bars: ‖∂J(i)/∂h(j)‖ divided by its value at i · log scale')
            : l10n.t('bars: ‖∂J(i)/∂h(j)‖, what the loss at i sends back to each step j · absolute, log scale'),
      );
      explanation.title = explanation.textContent;
      track.drawing.replaceChildren(
        ...scaleMarks(picture, height),
        ...bars(picture, row, scale, height),
        ...boundLine(picture, row, scale, height),
        ...pathLines(picture, scale, height),
        ...reachBracket(picture, row),
      );
      setText(caption, gradientCaption(picture, row));
    },
  };
}

function pathKey(name: string, text: string, title: string): HTMLElement {
  const sample = svg('svg', { width: 22, height: 8, 'aria-hidden': 'true' });
  sample.append(svg('path', { class: `path-line ${name}`, d: 'M0,4h22' }));
  return html('span', { class: `path-key ${name}-key`, title }, sample, text);
}

/** The lines' values at a step, in their colours. */
function pathReadOuts({ arrays, header, focus }: Picture, at: number, scale: number): HTMLElement[] {
  return PATHS.filter(({ array }) => arrays[array]).map(({ array, name, text }) => {
    const value = arrays[array].values[focus * header.tokens.length + at] * scale;
    return html('div', { class: `${name}-key`, title: text() }, scientific(value));
  });
}

/** A vanilla network's bound with its numbers; of other cells, that there is none. */
function boundKey({ bound, cell, layers = 1 }: Picture['header']): HTMLElement {
  if (!bound && cell === 'vanilla' && layers > 1) return lowerBoundKey();
  if (!bound) {
    const around = cell === 'lstm' ? 'f' : '1 − u';
    const why = l10n.t(
      '(γ σ_max)^(i−j) bounds vanilla networks only: here {0} leads around W_h at every step.',
      around,
    );
    return html(
      'span',
      { class: 'path-key note', title: why },
      l10n.t('no bound from W_h: {0} leads around it', around),
    );
  }
  const { slope, norm } = bound;
  const text = l10n.t('bound ‖∂J(i)/∂h(i)‖ (γ σ_max)^(i−j), γ σ_max = {0} · {1}', slope, scientific(norm));
  const why =
    slope * norm < 1
      ? l10n.t('The gradient is never above this line: γ σ_max < 1, so it must vanish.')
      : l10n.t(
          'The gradient is never above this line, which grows here: γ σ_max ≥ 1 allows exploding and does not cause it.',
        );
  return pathKey('bound-path', text, why);
}

/** Of a layer that others read: what they send back comes on other ways, too. */
function lowerBoundKey(): HTMLElement {
  const title = l10n.t(
    '(γ σ_max)^(i−j) bounds the top layer only: from here the loss is reached through the layers above, too.',
  );
  return html('span', { class: 'path-key note', title }, l10n.t('no bound here: the layers above lead around W_h'));
}

const levelY = (norm: number, height: number): number => height - 1 - gradientLevel(norm) * (height - 2);

function scaleMarks({ axis }: Picture, height: number): SVGElement[] {
  const right = columnX(axis, axis.first + axis.count);
  const marks: SVGElement[] = [];
  for (let power = SMALLEST_POWER; power <= LARGEST_POWER; power++) {
    const y = levelY(10 ** power, height);
    const even = power % 2 === 0;
    marks.push(svg('path', { class: even ? 'grid' : 'grid faint', d: `M${axis.left},${y}H${right}` }));
    if (even)
      marks.push(svg('text', { class: 'note axis-label', x: axis.left - 7, y: Math.max(9, y + 4) }, powerOfTen(power)));
  }
  return marks;
}

function bars({ axis, theme }: Picture, row: Float32Array, scale: number, height: number): SVGElement[] {
  return columns(axis)
    .filter((t) => row[t] > 0)
    .map((t) => {
      const y = levelY(row[t] * scale, height);
      return svg('rect', {
        class: 'bar',
        x: columnX(axis, t) + 0.5,
        y: y.toFixed(1),
        width: axis.column - 1,
        height: Math.max(0, height - y).toFixed(1),
        fill: rampColour(theme.gradient, 0.18 + 0.82 * gradientLevel(row[t] * scale)),
      });
    });
}

function pathLines({ axis, arrays, header, focus }: Picture, scale: number, height: number): SVGElement[] {
  const present = PATHS.filter(({ array }) => arrays[array]);
  const visible = 10 ** SMALLEST_POWER;
  return present.flatMap(({ array, name }) => {
    const row = reachableRow(header, arrays[array].values, focus);
    const path = line<number>(
      (t) => columnMiddle(axis, t),
      (t) => levelY(row[t] * scale, height),
    ).defined((t) => row[t] * scale > visible)(columns(axis));
    const d = path ?? '';
    return [svg('path', { class: 'path-halo', d }), svg('path', { class: `path-line ${name}`, d })];
  });
}

/** What the gradient never exceeds, as far as it lies within the scale. */
function boundLine(
  { axis, header: { bound }, focus, place }: Picture,
  row: Float32Array,
  scale: number,
  height: number,
) {
  if (!bound || !(row[focus] > 0)) return [];
  const at = (t: number): number => gradientBoundAt(row[focus], bound, Math.abs(focus - t)) * scale;
  const path = line<number>(
    (t) => columnMiddle(axis, t),
    (t) => levelY(at(t), height),
  ).defined((t) => at(t) > 10 ** SMALLEST_POWER && at(t) <= 10 ** LARGEST_POWER)(
    columns(axis).filter((t) => (place.reverse ? t >= focus : t <= focus)),
  );
  const d = path ?? '';
  return [svg('path', { class: 'path-halo', d }), svg('path', { class: 'path-line bound-path', d })];
}
