// Syntactic arcs between the influence arrows and the text, or under it as their mirror: thin labelled elbows from heads to dependents.
import * as l10n from '@vscode/l10n';
import { html, setShown, setText, svg } from '../dom';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import {
  FUNCTION_HEADS,
  isBelow,
  isSyntaxOpen,
  measureSyntax,
  POINTS_TO_HEAD,
  READING,
  readingChoice,
  TABLE,
  type SyntaxMeasures,
} from '../syntaxMeasures';
import { agreementText, agreementTitle, secondReadingText, sourceText } from '../syntaxSentences';
import { drawSyntax, placedText, type SyntaxDrawing } from './syntaxDrawing';
import { createSyntaxHeader } from './syntaxHeader';
import { syntaxMove } from './syntaxKeys';
import { createSyntaxTable } from './syntaxTable';
import { createChangeGuard, createTrack } from './track';

/** Room that is kept while nothing is known. */
const EMPTY_HEIGHT = 24;

export interface SyntaxSection extends View {
  /** Holds the arcs while they stand over the text; to be put right above it. */
  readonly over: View;
}

/** The section's line and what is said of the arcs stand under the text in any case. */
export function createSyntaxSection(events: ViewEvents): SyntaxSection {
  const formats = new NumberFormats(document.documentElement.lang);
  const header = createSyntaxHeader(events);
  const track = createTrack('syntax');
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const source = html('div', { class: 'note syntax-source' });
  const name = html('b', {}, l10n.t('Syntax'));
  track.left.append(name, source);
  const guides = svg('path', {});
  const guidance = svg('svg', { class: 'syntax-guides', 'aria-hidden': 'true' }, guides);
  track.element.insertBefore(guidance, track.drawing);
  const target = html('div', { class: 'syntax-target', role: 'application', tabindex: 0 });
  track.element.insertBefore(target, track.drawing);
  const legend = html('span', { class: 'note syntax-legend' });
  const said = html('span', { class: 'syntax-said', role: 'status' });
  const foot = html('div', { class: 'syntax-foot off-axis' }, legend, said);
  const table = createSyntaxTable();
  const element = html('div', { class: 'syntax-section' }, header.element, foot, table.element);
  const over = html('div', { class: 'syntax-over' });
  const changed = createChangeGuard();
  let drawing: SyntaxDrawing | null = null;
  let shown: { picture: Picture; measures: SyntaxMeasures } | null = null;
  /** Number of the word whose arc is singled out by key. */
  let selected: number | null = null;

  const tell = (word: number | null): void => {
    const placed = word === null ? undefined : drawing?.words[word];
    const text =
      drawing && word !== null && placed && placed.shown.arcs.length > 0 ? placedText(drawing.words, word) : '';
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
    if (move.kind === 'reading') {
      const { sentence, reading } = drawing.words[move.word].shown;
      selected = move.word;
      header.offer(sentence.start);
      return events.choose(READING, readingChoice(shown.picture, sentence, 1 - reading));
    }
    selected = move.word;
    tell(selected);
  });

  return {
    element,
    over: { element: over, update: () => undefined },
    update(picture) {
      const isOpen = isSyntaxOpen(picture);
      element.classList.toggle('open', isOpen);
      for (const part of [track.element, foot]) setShown(part, isOpen);
      const below = isBelow(picture);
      const holder = below ? element : over;
      if (track.element.parentElement !== holder) holder.insertBefore(track.element, below ? foot : null);
      setShown(name, !below);
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
        below,
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
      guidance.setAttribute('width', String(axis.width));
      guidance.setAttribute('height', String(height + drawing.guideHeight));
      guides.setAttribute('d', drawing.guides);
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
        [
          `${label}.`,
          l10n.t('Left and right: from word to word; up: to its head; down: to its first dependent.'),
          measures.ambiguous.length > 0 ? l10n.t('Space: the other reading of a sentence that has two.') : '',
        ].join(' '),
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

function legendText(measures: SyntaxMeasures, { faint, unlabelled, leaving }: SyntaxDrawing): string {
  return [
    l10n.t('◆ root'),
    faint > 0 ? l10n.t('dashed: under 50 %') : '',
    measures.ambiguous.length > 0 ? l10n.t('thick: differs between the readings') : '',
    agreementText(measures),
    leaving > 0 ? l10n.t('dotted at the edge: the other word is out of sight') : '',
    measures.sentences.some(({ sentence }) => sentence.cut)
      ? l10n.t('a sentence goes on outside the text that was read: its tree is of the part here')
      : '',
    measures.agrees ? l10n.t('hollow above: strong influence without an arc') : '',
    unlabelled === 1
      ? l10n.t('1 label waits for the pointer')
      : unlabelled > 0
        ? l10n.t('{0} labels wait for the pointer', unlabelled)
        : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function spoken({ sentences, answer }: SyntaxMeasures): string {
  const arcs = sentences.reduce((sum, { arcs }) => sum + arcs.length, 0);
  return answer ? l10n.t('Syntactic arcs: {0} words, {1}', arcs, sourceText(answer)) : l10n.t('Syntactic arcs');
}
