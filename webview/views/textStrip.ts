// The text itself, one column per token: surprisal as tint and as hanging bars, and the gradient of the focus step as a ribbon under it.
import * as l10n from '@vscode/l10n';
import { FULL_SURPRISAL } from '../../src/protocol/surprisalScale';
import type { TokenInfo } from '../../src/protocol/traceFrame';
import { rampColour } from '../colourRamps';
import { html, setText, svg } from '../dom';
import { gradientLevel, reachableRow } from '../geometry/gradientScale';
import { newlyTypedColumns } from '../geometry/staleColumns';
import { columnMiddle, columnX, columns, type TimeAxis } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { glyphOf, quoted, shareText } from '../shownText';
import { createRedrawGuard, createTrack } from './track';

const HEIGHT = 54;
/** Room above for words, which are written slantwise. */
const SLANT_HEIGHT = 46;
const SLANT_DEGREES = -42;
const LONGEST_WORD = 13;
/** In narrower columns letters would lie over each other: only that of the focus is written. */
const LETTER_COLUMN = 7;
const BAR_TOP = 26;
const BAR_HEIGHT = 16;
const RIBBON_TOP = 46;

/** The text row. */
export function createTextStrip(): View {
  const track = createTrack('text');
  const surprisalNote = html(
    'div',
    {
      class: 'note surprisal-note',
      title: l10n.t(
        '−log₂ of the probability that the network gave the token before it came: tint and bars, full at 8 bits for a character, at 16 for a word',
      ),
    },
    l10n.t('surprisal, bits'),
  );
  track.left.append(
    html('b', {}, l10n.t('Text')),
    surprisalNote,
    html(
      'div',
      {
        class: 'note',
        title: l10n.t('‖∂J(i)/∂h(j)‖, the gradient from the focus step i, in the colours of the bars below'),
      },
      l10n.t('gradient'),
    ),
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
        const top = slantHeight(axis);
        track.resize(axis, top + HEIGHT);
        surprisalNote.style.visibility = header.prediction ? 'hidden' : '';
        track.left.style.top = `${top}px`;
        track.right.style.top = `${top}px`;
        target.style.height = `${top + HEIGHT}px`;
        target.style.left = `${axis.left}px`;
        target.style.width = `${axis.count * axis.column}px`;
        ({ letters, ribbon } = draw(track.drawing, picture));
        bold = undefined;
        track.drawing.classList.toggle('narrow', axis.column < LETTER_COLUMN);
      }
      bold?.classList.remove('focus');
      bold = letters[focus - axis.first];
      bold?.classList.add('focus');
      const gradient = arrays['gradient.hidden'];
      const flow = arrays['flow.hidden']?.values ?? new Float32Array(0);
      const row = gradient ? reachableRow(header, gradient.values, focus) : flow;
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
  const top = slantHeight(axis);
  const surprisal = arrays.surprisal?.values;
  const full = FULL_SURPRISAL[picture.run?.config.unit ?? 'characters'];
  const letters: SVGTextElement[] = [];
  const ribbon: SVGRectElement[] = [];
  const back: SVGElement[] = [];
  const bars: string[] = [];
  for (const t of columns(axis)) {
    const x = columnX(axis, t);
    const level = Math.min(1, Math.max(0, (surprisal?.[t] ?? 0) / full)) || 0;
    back.push(
      svg('rect', {
        class: 'tint',
        x,
        y: top,
        width: axis.column,
        height: 24,
        opacity: (0.5 * level * level).toFixed(3),
      }),
    );
    const height = Math.max(0.5, level * BAR_HEIGHT).toFixed(1);
    bars.push(`M${x + 1},${top + BAR_TOP}h${axis.column - 2}v${height}h${2 - axis.column}z`);
    ribbon.push(
      svg('rect', { x, y: top + RIBBON_TOP, width: axis.column, height: 7, 'shape-rendering': 'crispEdges' }),
    );
    const token = header.tokens[t];
    if (!token.known) back.push(svg('path', { class: 'unknown', d: `M${x + 1},${top + 22.5}h${axis.column - 2}` }));
    letters.push(letter(token, axis, t));
  }
  const { prediction } = header;
  if (prediction?.task === 'cloze' && prediction.at !== null) {
    const box = { x: columnX(axis, prediction.at) + 1, y: top + 2, width: axis.column - 2, height: 21 };
    back.push(svg('rect', { class: 'hidden-token', ...box }, svg('title', {}, l10n.t('hidden from the network'))));
  }
  for (const t of newlyTypedColumns(header, picture.stale)) {
    if (t >= axis.first && t < axis.first + axis.count)
      back.push(svg('path', { class: 'newly-typed', d: `M${columnX(axis, t)},${top + 1}h${axis.column}` }));
  }
  const right = columnX(axis, axis.first + axis.count);
  drawing.replaceChildren(
    ...back,
    svg('path', { class: 'surprisal', d: bars.join('') }),
    ...ribbon,
    svg('path', { class: 'grid', d: `M${axis.left},${top + RIBBON_TOP + 7.5}H${right}` }),
    ...letters,
  );
  return { letters, ribbon };
}

/** The focus step for those who hear it: the token read, how surprising it was, what is expected next. */
function spoken({ header, arrays, focus }: Picture): string {
  const { prediction } = header;
  const bits = arrays.surprisal?.values[focus] ?? NaN;
  const expected = (header.predictions[focus] ?? []).slice(0, 3);
  return [
    l10n.t('step {0}, {1}', focus, quoted(header.tokens[focus]?.text ?? '')),
    ...(Number.isNaN(bits) ? [] : [l10n.t('{0} bit', bits.toFixed(1))]),
    ...(prediction ? [l10n.t('predicted {0}', quoted(prediction.likeliest[0].text))] : []),
    ...(prediction ? [] : expected).map(({ text, probability }) =>
      l10n.t('next {0}: {1}', quoted(text), probability > 0 ? shareText(probability) : '0 %'),
    ),
  ].join(', ');
}

/** Room above the columns for words that rise slantwise from them, px. */
export function slantHeight({ unit }: TimeAxis): number {
  return unit === 'words' ? SLANT_HEIGHT : 0;
}

/** A token in its column; a word rises slantwise from it, cut when very long, and whole in the tooltip. */
function letter({ text, known }: TokenInfo, axis: TimeAxis, t: number): SVGTextElement {
  const glyph = text === '\ufffd' ? text : glyphOf(text);
  const characters = [...glyph];
  const slanted = axis.unit === 'words' && characters.length > 1;
  const cut = slanted && characters.length > LONGEST_WORD;
  const shown = cut ? `${characters.slice(0, LONGEST_WORD - 1).join('')}…` : glyph;
  const x = columnMiddle(axis, t) - (slanted ? 2 : 0);
  const y = slantHeight(axis) + 17;
  const name = ['letter', ...(/^\s+$/.test(text) ? ['blank'] : []), ...(slanted ? ['slanted'] : [])].join(' ');
  const node = svg(
    'text',
    { class: name, x, y, transform: slanted ? `rotate(${SLANT_DEGREES} ${x} ${y})` : null },
    shown,
  );
  if (!known)
    node.append(svg('title', {}, l10n.t('{0} is not in the vocabulary: read as the unknown token', quoted(text))));
  else if (cut) node.append(svg('title', {}, text));
  return node;
}
