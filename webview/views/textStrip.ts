// The text itself, one column per token: surprisal as tint and as hanging bars, and the gradient of the focus step as a ribbon under it.
import * as l10n from '@vscode/l10n';
import type { TokenInfo } from '../../src/protocol/traceFrame';
import { rampColour } from '../colourRamps';
import { html, setText, svg } from '../dom';
import { gradientLevel, lossRow } from '../geometry/gradientScale';
import { newlyTypedColumns } from '../geometry/staleColumns';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { glyphOf, quoted, shareText } from '../shownText';
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
  const target = html('div', { class: 'text-target', role: 'application', tabindex: 0 });
  track.element.insertBefore(target, track.drawing);
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
        target.style.left = `${axis.left}px`;
        target.style.width = `${axis.count * axis.column}px`;
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
      target.setAttribute('aria-label', spoken(picture));
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
    letters.push(letter(token, columnMiddle(axis, t), axis.column));
  }
  for (const t of newlyTypedColumns(header, picture.stale)) {
    if (t >= axis.first && t < axis.first + axis.count)
      back.push(svg('path', { class: 'newly-typed', d: `M${columnX(axis, t)},1h${axis.column}` }));
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

/** The focus step for those who hear it: the token read, how surprising it was, what is expected next. */
function spoken({ header, arrays, focus }: Picture): string {
  const bits = arrays.surprisal?.values[focus] ?? NaN;
  const expected = (header.predictions[focus] ?? []).slice(0, 3);
  return [
    l10n.t('step {0}, {1}', focus, quoted(header.tokens[focus]?.text ?? '')),
    ...(Number.isNaN(bits) ? [] : [l10n.t('{0} bit', bits.toFixed(1))]),
    ...expected.map(({ text, probability }) =>
      l10n.t('next {0}: {1}', quoted(text), probability > 0 ? shareText(probability) : '0 %'),
    ),
  ].join(', ');
}

/** A token in its column; words too wide for it are cut with an ellipsis, the whole stands in the tooltip. */
function letter({ text, known }: TokenInfo, middle: number, width: number): SVGTextElement {
  const glyph = glyphOf(text);
  const room = Math.max(1, Math.floor((width - 2) / 7.8));
  const characters = [...glyph];
  const cut = width > 20 && characters.length > room;
  const shown = cut ? `${characters.slice(0, room - 1).join('')}…` : glyph;
  const node = svg('text', { class: /^\s+$/.test(text) ? 'letter blank' : 'letter', x: middle, y: 17 }, shown);
  if (!known)
    node.append(svg('title', {}, l10n.t('{0} is not in the vocabulary: read as the unknown token', quoted(text))));
  else if (cut) node.append(svg('title', {}, text));
  return node;
}
