// What one linear layer reads of parts of speech and numbers from every layer's states, by sentences that the person has annotated: a
// button that asks for the file, and its result in the form of the other probes.
import * as l10n from '@vscode/l10n';
import type { AnnotatedProbes } from '../../src/protocol/probes';
import type { RunRecord } from '../../src/protocol/run';
import { ANNOTATIONS, annotationsOf } from '../annotations';
import { createButton, createLinkButton } from '../controls/button';
import { createKeyedContent, html, setShown, setText } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { probedMoment } from '../probedMoment';
import { initialisationText, modelName } from '../runText';
import { answerText } from '../staleText';
import { percent, probeRows } from './probesCells';
import { annotatedName, annotatedSentence, annotatedVectorsName } from './probesWords';
import type { ShellContext, ShellView } from './shellView';

/** To be updated only while the section is unfolded. */
export function createAnnotatedProbes({ events, formats, questions }: ShellContext): ShellView {
  const button = createButton({
    label: l10n.t('Probe part of speech and number from a CoNLL-U file…'),
    onClick: () => events.chooseAnnotations(),
  });
  const away = createLinkButton(l10n.t('Take away'), () => events.choose(ANNOTATIONS, ''));
  const note = html('p', { class: 'figure-note' });
  const said = html('p', { class: 'reading-sentence' });
  const table = html('table', { class: 'probes-table' });
  const label = l10n.t('What linear probes read of the words of a CoNLL-U file');
  const holder = html('div', { class: 'probes-holder', tabindex: 0, role: 'region', 'aria-label': label }, table);
  const content = html('div', { class: 'probes-content' }, said, holder);
  const state = html('p', { class: 'card-state', role: 'status' });
  const buttons = html('div', { class: 'probes-buttons' }, button.element, away);
  const element = html('div', { class: 'probes-annotated' }, buttons, content, state, note);
  const fill = createKeyedContent(table);
  const fillSaid = createKeyedContent(said);

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const annotations = annotationsOf(model.sections);
      setShown(away, annotations !== null);
      if (run === null || annotations === null) {
        setShown(content, false);
        setText(state, '');
        setText(
          note,
          l10n.t(
            'Sentences annotated as in Universal Dependencies, as universaldependencies.org has them for many languages. Every fifth is held out.',
          ),
        );
        return;
      }
      const { file, chosen } = annotations;
      const known = questions.about(
        { about: 'annotatedProbes', file, chosen },
        probedMoment(run, model.snapshot),
        // A file's answer is never shown for another's.
        `${run.id} ${chosen}`,
      );
      const { value, stale, problem, step } = known;
      const waiting = value === null ? l10n.t('reading “{0}”…', file.name) : answerText(known);
      setText(state, problem ?? waiting);
      const shown = value !== null && problem === null;
      setShown(content, shown);
      content.classList.toggle('stale', stale);
      setText(note, shown ? figureText(run, value, file.name, step ?? run.step, formats) : '');
      if (!shown) return;
      const words = annotatedSentence(value);
      fillSaid(JSON.stringify(words), () => [
        words.said,
        ' ',
        html('span', { class: 'reading-against' }, words.against),
      ]);
      fill(JSON.stringify(value), () => rowsOf(value, formats));
    },
  };
}

function rowsOf({ properties, vectors }: AnnotatedProbes, formats: NumberFormats): Element[] {
  const isTwoWay = vectors.some(({ direction }) => direction === 'reverse');
  const [head, body] = probeRows(
    properties.map(({ name, judged, classes }) => ({
      name: l10n.t('{0}, n = {1}', annotatedName(name), formats.integer(judged)),
      title: classes.join(' · '),
    })),
    properties.map(({ majority }) => majority),
    [...vectors].reverse().map((each) => ({ name: annotatedVectorsName(each, isTwoWay), scores: each.scores })),
  );
  const guesses = properties.map(({ majority }) => html('td', { class: 'probes-guess' }, percent(majority)));
  const guess = html('tr', {}, html('th', { scope: 'row' }, l10n.t('always the most frequent')), ...guesses);
  return [head, body, html('tfoot', {}, guess)];
}

function figureText(
  run: RunRecord,
  { properties, sentences, every, words, unaligned, broken }: AnnotatedProbes,
  file: string,
  step: number,
  formats: NumberFormats,
): string {
  const read = formats.integer(Math.ceil(sentences / every));
  return [
    l10n.t(
      'Filled: now; hollow: before training; tick: always the most frequent class. From 0 to 100 % right; bars: 95 %, as if tokens were independent.',
    ),
    [
      file,
      every === 1
        ? l10n.t('{0} words of {1} sentences, each read on its own', formats.integer(words), read)
        : l10n.t('{0} words of {1} sentences (one in {2}), each read on its own', formats.integer(words), read, every),
      l10n.t(
        'fitted by least squares to {0}, judged by every fifth sentence',
        properties.map(({ name, fitted }) => `${annotatedName(name)} ${formats.integer(fitted)}`).join(', '),
      ),
      ...(unaligned === 0
        ? []
        : [
            unaligned === 1
              ? l10n.t('1 word left out, as no token ends with it alone')
              : l10n.t('{0} words left out, as no token ends with them alone', formats.integer(unaligned)),
          ]),
      ...(broken === null
        ? []
        : [
            broken.sentences === 1
              ? l10n.t('1 sentence left out, line {0}: {1}', broken.line, broken.reason)
              : l10n.t(
                  '{0} sentences left out, the first in line {1}: {2}',
                  broken.sentences,
                  broken.line,
                  broken.reason,
                ),
          ]),
      modelName(run.config),
      initialisationText(run.config, formats),
      l10n.t('seed {0}', run.config.seed),
      l10n.t('step {0}', formats.integer(step)),
    ].join(' · '),
  ].join(' ');
}
