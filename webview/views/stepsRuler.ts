// The ruler of the time axis: steps counted from the focus step i. Dragging over it zooms to the columns chosen; while zoomed, a bar under
// it shows which part of the window that is, and moves it.
import * as l10n from '@vscode/l10n';
import { rampColour } from '../colourRamps';
import { html, setShown, setText, svg } from '../dom';
import { ZOOM_COLUMN, ZOOM_FIRST, zoomOf, zoomedBy, zoomedTo, type AxisZoom } from '../geometry/axisZoom';
import { gradientLevel, lossRow } from '../geometry/gradientScale';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import type { Picture, View, ViewEvents } from '../picture';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 18;
/** Room for the bar under the ruler. */
const OVERVIEW_HEIGHT = 12;
/** A press that moves over fewer columns is a click. */
const LEAST_COLUMNS = 3;
const KEY_STEP = 2;

/** The ruler's row. */
export function createStepsRuler(events: ViewEvents): View {
  const track = createTrack('ruler');
  const hint = l10n.t(
    'Drag to zoom to these steps, double-click for the usual width; keys: + and −, 0 for the usual width.',
  );
  track.left.append(html('span', { class: 'note', title: hint }, l10n.t('steps from i')));
  const target = html('div', { class: 'ruler-target', role: 'application', tabindex: 0, title: hint });
  const brush = html('div', { class: 'ruler-brush', hidden: true });
  const part = html('div', { class: 'overview-part' });
  const ribbon = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const overview = html('div', { class: 'overview off-axis', hidden: true }, ribbon, part);
  const share = html('div', { class: 'note' });
  track.right.append(share);
  track.element.append(target, brush, overview);
  const changed = createChangeGuard();
  let picture: Picture | null = null;
  let from: number | null = null;
  let dragged = false;

  const show = ({ column, first }: AxisZoom): void => {
    // Keys may come faster than frames are drawn: the next one starts from where this one went.
    if (picture) picture = { ...picture, axis: { ...picture.axis, column, first } };
    events.choose(ZOOM_COLUMN, column);
    events.choose(ZOOM_FIRST, first);
  };
  const usual = (): void => events.choose(ZOOM_COLUMN, 0);
  /** The drawn column nearest to the pointer. */
  const columnUnder = ({ axis }: Picture, event: PointerEvent): number => {
    const x = event.clientX - track.element.getBoundingClientRect().left - axis.left;
    return axis.first + Math.max(0, Math.min(axis.count - 1, Math.floor(x / axis.column)));
  };
  target.addEventListener('pointerdown', (event) => {
    if (!picture || event.button !== 0) return;
    target.setPointerCapture(event.pointerId);
    from = columnUnder(picture, event);
    dragged = false;
  });
  target.addEventListener('pointermove', (event) => {
    if (!picture || from === null) return;
    const to = columnUnder(picture, event);
    dragged ||= Math.abs(to - from) + 1 >= LEAST_COLUMNS;
    brush.hidden = !dragged;
    brush.style.left = `${columnX(picture.axis, Math.min(from, to))}px`;
    brush.style.width = `${(Math.abs(to - from) + 1) * picture.axis.column}px`;
  });
  target.addEventListener('pointerup', (event) => {
    brush.hidden = true;
    if (picture && from !== null && dragged) {
      const to = columnUnder(picture, event);
      const { axis, focus } = picture;
      show(zoomedTo(axis, from, to));
      // The focus step stays in sight: where it is not among the chosen ones, the last of them becomes it.
      if (focus < Math.min(from, to) || focus > Math.max(from, to)) events.focus(Math.max(from, to));
    }
    from = null;
  });
  target.addEventListener('pointercancel', () => {
    from = null;
    brush.hidden = true;
  });
  target.addEventListener('click', (event) => {
    if (dragged) event.stopPropagation();
    dragged = false;
  });
  target.addEventListener('dblclick', usual);
  target.addEventListener('keydown', (event) => {
    if (!picture || event.altKey || event.ctrlKey || event.metaKey) return;
    const { axis, focus } = picture;
    if (event.key === '+' || event.key === '=') show(zoomedBy(axis, KEY_STEP, focus));
    else if (event.key === '-') show(zoomedBy(axis, -KEY_STEP, focus));
    else if (event.key === '0') usual();
    else return;
    event.preventDefault();
  });

  const moveTo = (event: PointerEvent): void => {
    if (!picture) return;
    const { axis, header, focus } = picture;
    const box = overview.getBoundingClientRect();
    const middle = ((event.clientX - box.left) / box.width) * header.tokens.length;
    const first = Math.max(0, Math.min(header.tokens.length - axis.count, Math.round(middle - axis.count / 2)));
    show({ column: axis.column, first });
    const inside = Math.max(first, Math.min(first + axis.count - 1, focus));
    if (inside !== focus) events.focus(inside);
  };
  overview.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    overview.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  overview.addEventListener('pointermove', (event) => {
    if (overview.hasPointerCapture(event.pointerId)) moveTo(event);
  });
  overview.addEventListener('dblclick', usual);

  return {
    element: track.element,
    update(next) {
      picture = next;
      const { axis, focus, header, sections, arrays, theme } = next;
      const steps = header.tokens.length;
      const values = [axis.width, axis.column, axis.first, axis.count, focus, arrays, theme];
      if (!changed(values)) return;
      const partly = zoomOf(sections) !== null && axis.count < steps;
      track.resize(axis, HEIGHT + (partly ? OVERVIEW_HEIGHT : 0));
      Object.assign(target.style, { left: `${axis.left}px`, width: `${axis.count * axis.column}px` });
      setShown(overview, partly);
      ribbon.setAttribute('viewBox', `0 0 ${steps} 1`);
      ribbon.replaceChildren(...(partly ? gradientCells(next) : []));
      Object.assign(overview.style, { left: `${axis.left}px`, width: `${axis.count * axis.column}px` });
      Object.assign(part.style, { left: `${(axis.first / steps) * 100}%`, width: `${(axis.count / steps) * 100}%` });
      setText(share, partly ? `${axis.count}/${steps}` : '');
      const said = l10n.t(
        'steps {0} to {1} of {2}, {3} px each',
        axis.first,
        axis.first + axis.count - 1,
        steps,
        axis.column,
      );
      target.setAttribute('aria-label', said);
      overview.title = l10n.t('{0}; drag to move, double-click to see all', said);
      const every = axis.column >= 40 ? 1 : axis.column >= 14 ? 5 : axis.column >= 6 ? 10 : 20;
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

/** The gradient of the focus step on every state of the window: the ribbon under the text, whole. */
function gradientCells({ arrays, header, focus, theme }: Picture): SVGElement[] {
  const gradient = arrays['gradient.hidden'];
  if (!gradient) return [];
  return Array.from(lossRow(gradient.values, header.tokens.length, focus), (norm, x) =>
    svg('rect', { x, width: 1, height: 1, fill: norm > 0 ? rampColour(theme.gradient, gradientLevel(norm)) : 'none' }),
  );
}
