// Syntactic arcs under the text, on the columns of the influence arrows above it: thin labelled elbows from heads to dependents.
import * as l10n from '@vscode/l10n';
import { html, setShown, setText } from '../dom';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import {
  FUNCTION_HEADS,
  isSyntaxOpen,
  measureSyntax,
  POINTS_TO_HEAD,
  TABLE,
  type SyntaxMeasures,
} from '../syntaxMeasures';
import { agreementText, agreementTitle, arcText, secondReadingText, sourceText } from '../syntaxSentences';
import { drawSyntax, type SyntaxDrawing } from './syntaxDrawing';
import { createSyntaxHeader } from './syntaxHeader';
import { syntaxMove } from './syntaxKeys';
import { createSyntaxTable } from './syntaxTable';
import { createChangeGuard, createTrack } from './track';

/** Room that is kept while nothing is known. */
const EMPTY_HEIGHT = 24;

export function createSyntaxSection(events: ViewEvents): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const header = createSyntaxHeader(events);
  const track = createTrack('syntax');
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const source = html('div', { class: 'note syntax-source' });
  track.left.append(source);
  const target = html('div', { class: 'syntax-target', role: 'application', tabindex: 0 });
  track.element.insertBefore(target, track.drawing);
  const legend = html('span', { class: 'note syntax-legend' });
  const said = html('span', { class: 'syntax-said', role: 'status' });
  const foot = html('div', { class: 'syntax-foot off-axis' }, legend, said);
  const table = createSyntaxTable();
  const element = html('div', { class: 'syntax-section' }, header.element, track.element, foot, table.element);
  const changed = createChangeGuard();
  let drawing: SyntaxDrawing | null = null;
  let shown: { picture: Picture; measures: SyntaxMeasures } | null = null;
  /** Number of the word whose arc is singled out by key. */
  let selected: number | null = null;

  const tell = (word: number | null): void => {
    const placed = word === null ? undefined : drawing?.words[word];
    const text = placed && placed.shown.arcs.length > 0 ? arcText(placed.shown, placed.at) : '';
    setText(said, text);
    said.title = text;
    setShown(legend, text === '');
    for (const marked of track.drawing.querySelectorAll('.chosen')) marked.classList.remove('chosen');
    track.drawing.classList.toggle('isolating', text !== '');
    if (text === '') return;
    for (const part of track.drawing.querySelectorAll(`[data-dependent="${word}"]`)) part.classList.add('chosen');
  };
  const wordUnder = (event: Event): number | null => {
    const part = event.target instanceof Element ? event.target.closest('[data-dependent]') : null;
    return part instanceof SVGElement ? Number(part.dataset.dependent) : null;
  };
  track.drawing.addEventListener('pointerover', (event) => tell(wordUnder(event) ?? selected));
  track.drawing.addEventListener('pointerleave', () => tell(selected));
  target.addEventListener('blur', () => tell((selected = null)));
  target.addEventListener('keydown', (event) => {
    if (!drawing || !shown) return;
    const move = syntaxMove(event, drawing.words, selected ?? firstWord(drawing, shown));
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'focus') return events.focus(move.column);
    selected = move.word;
    tell(selected);
  });

  return {
    element,
    update(picture) {
      const isOpen = isSyntaxOpen(picture);
      element.classList.toggle('open', isOpen);
      for (const part of [track.element, foot]) setShown(part, isOpen);
      const measures = isOpen ? measureSyntax(picture) : null;
      header.update(picture, measures);
      setShown(table.element, measures !== null && picture.sections[TABLE] === true);
      if (measures === null) return;
      shown = { picture, measures };
      track.drawing.classList.toggle('pending', measures.outdated);
      const { axis, sections, theme, header: frame } = picture;
      const { answer, sentences, agrees, ofFile } = measures;
      const size = [axis.width, axis.column, axis.first, axis.count, theme];
      const choices = [
        sections[POINTS_TO_HEAD],
        sections[FUNCTION_HEADS],
        sections[TABLE],
        measures.atFocus?.offset,
        ...sentences.map(({ reading }) => reading),
      ];
      if (!changed([answer, frame.tokens, agrees, ofFile, sentences[0]?.pairs, ...size, ...choices])) return;
      drawing = drawSyntax(picture, measures);
      const hasArcs = drawing.marks.size > 0;
      const height = hasArcs ? drawing.height : EMPTY_HEIGHT;
      track.resize(axis, height);
      setShown(track.element, hasArcs || answer === null);
      setShown(foot, hasArcs);
      target.style.left = `${axis.left}px`;
      target.style.width = `${axis.count * axis.column}px`;
      target.style.height = `${height}px`;
      track.drawing.replaceChildren(...drawing.elements);
      setText(source, answer ? sourceText(answer) : '');
      source.title = source.textContent;
      setText(legend, legendText(measures, drawing));
      const second = answer?.source === 'parser' ? secondReadingText(answer) : '';
      legend.title = [
        legend.textContent,
        second,
        agrees ? agreementTitle(measures) : '',
        pictureCaption(picture, formats),
      ]
        .filter((part) => part !== '')
        .join('\n');
      const label = spoken(measures);
      track.drawing.setAttribute('aria-label', label);
      target.setAttribute(
        'aria-label',
        `${label}. ${l10n.t('Left and right: from word to word; up: to its head; down: to its first dependent.')}`,
      );
      tell(selected !== null && selected < drawing.words.length ? selected : (selected = null));
      table.update(sections[TABLE] === true ? measures : null);
    },
  };
}

/** Where the keys begin: the focus, or the first word drawn. */
function firstWord({ words }: SyntaxDrawing, { picture }: { picture: Picture }): number {
  const at = words.findIndex(({ extent }) => extent.columns !== null && extent.columns.last >= picture.focus);
  return at >= 0 && words[at].extent.side === 0 ? at : words.findIndex(({ extent }) => extent.side === 0);
}

function legendText(measures: SyntaxMeasures, { faint, unlabelled }: SyntaxDrawing): string {
  return [
    l10n.t('◆ root'),
    faint > 0 ? l10n.t('dashed: under 50 %') : '',
    measures.sentences.some(({ differs }) => differs.length > 0) ? l10n.t('thick: differs between the readings') : '',
    agreementText(measures),
    measures.agrees ? l10n.t('hollow above: strong influence without an arc') : '',
    unlabelled > 0 ? l10n.t('{0} labels wait for the pointer', unlabelled) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function spoken({ sentences, answer }: SyntaxMeasures): string {
  const arcs = sentences.reduce((sum, { arcs }) => sum + arcs.length, 0);
  return answer ? l10n.t('Syntactic arcs: {0} words, {1}', arcs, sourceText(answer)) : l10n.t('Syntactic arcs');
}
