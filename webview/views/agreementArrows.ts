// Arrows from the words of a prefix into the prediction after it, a row for each model: above the words what speaks for the first
// continuation, below them what speaks for the second.
import * as l10n from '@vscode/l10n';
import type { ScoredProbe } from '../agreementProbe';
import { probabilityText, signedText } from '../agreementCurves';
import { html, setText, svg } from '../dom';
import { ARROW_ROOM, prefixMove, prefixRow, wordWidths, type PrefixRow } from '../geometry/prefixArrows';
import { glyphOf } from '../shownText';
import { measureText } from '../textMeasure';
import { keysText, rowText, wordText, type Place } from './agreementArrowWords';

/** Of a row: under the words their numbers. */
const BAND = 36;
/** Without an arrow on that side: room for the continuation's name alone. */
const NO_ARROWS = 20;
const ROW_GAP = 10;
const SIDE = 6;
const BEHIND = 14;
const NAME_WIDTH = 8;

export interface PrefixArrows {
  readonly element: HTMLElement;
  /** At least one model. */
  update(probes: readonly ScoredProbe[]): void;
}

/** To be updated only when something has changed: what is isolated is forgotten. */
export function createPrefixArrows(): PrefixArrows {
  const holder = html('div', { class: 'agreement-prefix', tabindex: 0, role: 'application' });
  const said = html('p', { class: 'agreement-said', role: 'status' });
  let probes: readonly ScoredProbe[] = [];
  let marks: SVGElement[][][] = [];
  let chosen: Place | null = null;

  function isolate(place: Place | null): void {
    chosen = place;
    holder.classList.toggle('isolating', place !== null);
    marks.forEach((row, r) =>
      row.forEach((own, at) =>
        own.forEach((mark) => mark.classList.toggle('chosen', place?.row === r && place.at === at)),
      ),
    );
    setText(said, place === null ? keysText(probes) : wordText(probes, place));
  }

  holder.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && chosen !== null) return isolate(null);
    const lengths = probes.map(({ pair }) => pair.columns.length);
    const place = prefixMove(event, lengths, chosen);
    if (place === null) return;
    event.preventDefault();
    isolate(place);
    marks[place.row][place.at].at(-1)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  holder.addEventListener('blur', () => isolate(null));
  holder.addEventListener('pointerleave', () => isolate(null));

  return {
    element: html('div', {}, holder, said),
    update(next) {
      probes = next;
      const drawn = drawRows(next, isolate);
      marks = drawn.marks;
      holder.replaceChildren(drawn.picture);
      holder.setAttribute('aria-label', [l10n.t('Arrows into the prediction'), ...next.map(rowText)].join('. '));
      isolate(null);
      // The prediction stands at the right end.
      holder.scrollLeft = holder.scrollWidth;
    },
  };
}

const nameOf = (text: string): string => glyphOf(text) || '␣';
/** In the code font of 13 px, whose letters are as wide as each other unless they come from another script's. */
const nameWidth = (text: string): number => Math.max(NAME_WIDTH * [...text].length, measureText(text) * 1.2);
const numberWidth = (value: number): number => measureText(signedText(value));

function drawRows(
  probes: readonly ScoredProbe[],
  isolate: (place: Place | null) => void,
): { picture: SVGSVGElement; marks: SVGElement[][][] } {
  const several = probes.length > 1;
  const rows = probes.map(({ pair }) => {
    const words = pair.columns.map(({ text }, at) => ({ name: nameOf(text), value: pair.influence[at] }));
    const isRoomy = words.some(({ name }) => name.length > 1);
    return { words, widths: wordWidths(words, isRoomy, nameWidth, numberWidth) };
  });
  const right = SIDE + Math.max(...rows.map(({ widths }) => widths.reduce((sum, width) => sum + width, 0)));
  const target = right + BEHIND;
  const largest = Math.max(1e-12, ...probes.flatMap(({ pair }) => Array.from(pair.influence, Math.abs)));
  const labels = probes.map((probe) => predictionTexts(probe, several));
  const width = target + 12 + Math.max(...labels.flat().map((text) => measureText(text) * 1.15));
  let top = 0;
  const marks: SVGElement[][][] = [];
  const groups = probes.map((probe, row) => {
    const { words, widths } = rows[row];
    const placed = prefixRow(words, widths, { right, target, largest }, numberWidth);
    const has = (isAbove: boolean): boolean => placed.arrows.some((arrow) => arrow.isAbove === isAbove);
    const above = (has(true) ? ARROW_ROOM + 8 : NO_ARROWS) + (several ? 12 : 0);
    const below = has(false) ? ARROW_ROOM + 8 : NO_ARROWS;
    const group = drawRow(probe, placed, { target, top: top + above, labels: labels[row], several });
    group.marks.forEach((own, at) => {
      for (const mark of own) {
        mark.addEventListener('pointerenter', () => isolate({ row, at }));
      }
    });
    marks.push(group.marks);
    top += above + BAND + below + ROW_GAP;
    return group.element;
  });
  const height = top - ROW_GAP;
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  // What it shows is told by the element around it, which has the focus.
  const picture = svg('svg', { ...size, class: 'interval-chart prefix-arrows', 'aria-hidden': 'true' }, ...groups);
  return { picture, marks };
}

/** The model where there are several, then first, odds and second. */
function predictionTexts({ name, pair: { continuations, logOdds } }: ScoredProbe, several: boolean): string[] {
  const [first, second] = continuations.map(
    ({ text, logProbability }) => `“${text}” ${probabilityText(logProbability)}`,
  );
  return [several ? name : '', first, l10n.t('ln odds {0}', signedText(logOdds)), second];
}

interface RowPlace {
  target: number;
  /** Of the words; arrows from above arrive there. */
  top: number;
  labels: string[];
  several: boolean;
}

function drawRow(
  { pair: { columns, influence } }: ScoredProbe,
  { words, arrows }: PrefixRow,
  { target, top, labels, several }: RowPlace,
): { element: SVGElement; marks: SVGElement[][] } {
  const bottom = top + BAND;
  const text = (x: number, y: number, content: string, style: string): SVGElement =>
    svg('text', { x, y, class: style }, content);
  const marks: SVGElement[][] = words.map(({ left, width, hasNumber }, at) => {
    const middle = left + width / 2;
    const known = columns[at].known ? '' : ' not-known';
    return [
      svg(
        'g',
        { class: 'prefix-word' },
        svg('rect', { class: 'interval-target', x: left, y: top, width, height: BAND }),
        text(middle, top + 15, nameOf(columns[at].text), `prefix-name middle${known}`),
        ...(hasNumber ? [text(middle, top + 30, signedText(influence[at]), 'note middle')] : []),
      ),
    ];
  });
  const drawn = arrows.map(({ at, isAbove, path }) => {
    const turn = isAbove ? `translate(0,${top})` : `translate(0,${bottom}) scale(1,-1)`;
    const arrow = svg('path', { class: isAbove ? 'arrow raises' : 'arrow lowers', d: path, transform: turn });
    marks[at].unshift(arrow);
    return arrow;
  });
  const tips = [
    ...(arrows.some(({ isAbove }) => isAbove)
      ? [`M${target - 4},${top - 7}L${target},${top}L${target + 4},${top - 7}Z`]
      : []),
    ...(arrows.some(({ isAbove }) => !isAbove)
      ? [`M${target - 4},${bottom + 7}L${target},${bottom}L${target + 4},${bottom + 7}Z`]
      : []),
  ];
  const beside = target + 9;
  return {
    marks,
    element: svg(
      'g',
      {},
      ...drawn,
      svg('path', { class: 'interval-reference', d: `M${target},${top}V${bottom}` }),
      ...tips.map((d) => svg('path', { class: 'tip', d })),
      ...marks.map((own) => own[own.length - 1]),
      ...(several ? [text(beside, top - 20, labels[0], 'line-name')] : []),
      text(beside, top - 1, labels[1], 'prefix-first'),
      text(beside, top + 22, labels[2], 'note'),
      text(beside, bottom + 11, labels[3], 'prefix-second'),
    ),
  };
}
