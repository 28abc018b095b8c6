// The text itself, one column per token: surprisal as tint and as hanging bars, and the gradient of the focus step as a ribbon under it.
import * as l10n from '@vscode/l10n';
import { rampColour } from '../colourRamps';
import { html, setText, svg } from '../dom';
import { gradientLevel, lossRow } from '../geometry/gradientScale';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { glyphOf } from '../shownText';
import { createRedrawGuard, createTrack } from './track';

const HEIGHT = 54;
const BAR_TOP = 26;
const BAR_HEIGHT = 16;
const RIBBON_TOP = 46;
/** Bits at which tint and bars are full. */
const FULL_SURPRISAL = 8;

/** The text row. */
export function createTextStrip(): View {
  const track = createTrack('text');
  track.left.append(
    html('b', {}, l10n.t('Text')),
    html('div', { class: 'note surprisal-note' }, l10n.t('surprisal, bits')),
    html('div', { class: 'note' }, l10n.t('gradient from i')),
  );
  const value = html('span');
  track.right.append(value);
  const redraw = createRedrawGuard();
  let letters: SVGTextElement[] = [];
  let ribbon: SVGRectElement[] = [];
  let bold: SVGTextElement | undefined;

  return {
    element: track.element,
    update(picture) {
      const { axis, arrays, header, focus } = picture;
      if (redraw(picture)) {
        track.resize(axis, HEIGHT);
        ({ letters, ribbon } = draw(track.drawing, picture));
        bold = undefined;
      }
      bold?.classList.remove('focus');
      bold = letters[focus - axis.first];
      bold?.classList.add('focus');
      const gradient = arrays['gradient.hidden'];
      const row = gradient ? lossRow(gradient.values, header.tokens.length, focus) : new Float32Array(0);
      ribbon.forEach((rect, k) => {
        const t = axis.first + k;
        const shown = t < row.length && Number.isFinite(row[t]);
        rect.setAttribute('fill', shown ? rampColour(picture.theme.gradient, gradientLevel(row[t])) : 'none');
      });
      const bits = arrays.surprisal?.values[picture.hover ?? focus];
      setText(value, bits === undefined || Number.isNaN(bits) ? '' : l10n.t('{0} bit', bits.toFixed(1)));
    },
  };
}

function draw(drawing: SVGSVGElement, picture: Picture): { letters: SVGTextElement[]; ribbon: SVGRectElement[] } {
  const { axis, header, arrays } = picture;
  const surprisal = arrays.surprisal?.values;
  const letters: SVGTextElement[] = [];
  const ribbon: SVGRectElement[] = [];
  const back: SVGElement[] = [];
  for (const t of columns(axis)) {
    const x = columnX(axis, t);
    const level = Math.min(1, Math.max(0, (surprisal?.[t] ?? 0) / FULL_SURPRISAL)) || 0;
    back.push(
      svg('rect', {
        class: 'tint',
        x,
        y: 0,
        width: axis.column,
        height: 24,
        opacity: (0.5 * level * level).toFixed(3),
      }),
      svg('rect', {
        class: 'surprisal',
        x: x + 1,
        y: BAR_TOP,
        width: axis.column - 2,
        height: Math.max(0.5, level * BAR_HEIGHT).toFixed(1),
      }),
    );
    ribbon.push(svg('rect', { x, y: RIBBON_TOP, width: axis.column, height: 7, 'shape-rendering': 'crispEdges' }));
    const token = header.tokens[t];
    if (!token.known) back.push(svg('path', { class: 'unknown', d: `M${x + 1},22.5h${axis.column - 2}` }));
    letters.push(letter(token.text, columnMiddle(axis, t), axis.column));
  }
  const right = columnX(axis, axis.first + axis.count);
  drawing.replaceChildren(
    ...back,
    ...ribbon,
    svg('path', { class: 'grid', d: `M${axis.left},${RIBBON_TOP + 7.5}H${right}` }),
    ...letters,
  );
  return { letters, ribbon };
}

/** A token in its column; words too wide for it are cut with an ellipsis, the whole stands in the tooltip. */
function letter(token: string, middle: number, width: number): SVGTextElement {
  const glyph = glyphOf(token);
  const room = Math.max(1, Math.floor(width / 7.4));
  const characters = [...glyph];
  const cut = width > 20 && characters.length > room;
  const shown = cut ? `${characters.slice(0, room - 1).join('')}…` : glyph;
  const node = svg('text', { class: /^\s+$/.test(token) ? 'letter blank' : 'letter', x: middle, y: 17 }, shown);
  if (cut) node.append(svg('title', {}, token));
  return node;
}
