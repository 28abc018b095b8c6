// "Probes": what one linear layer reads from every layer's states, on text held out, and below it what it reads of annotated sentences.
// Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import type { ProbeAnswer } from '../../src/protocol/probes';
import type { RunRecord } from '../../src/protocol/run';
import { createKeyedContent, html, setShown, setText } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { probedMoment } from '../probedMoment';
import { initialisationText, modelName } from '../runText';
import { pageOf } from '../selectors';
import { answerText } from '../staleText';
import { createAnnotatedProbes } from './probesAnnotated';
import { percent, probeRows } from './probesCells';
import { probedName, probesSentence, vectorsName } from './probesWords';
import type { ShellContext, ShellView } from './shellView';

const OPEN = 'probes.open';

export function createProbesSection(context: ShellContext): ShellView {
  const { events, formats, questions } = context;
  const annotated = createAnnotatedProbes(context);
  const table = html('table', { class: 'probes-table' });
  const label = l10n.t('What linear probes read from the states');
  const holder = html('div', { class: 'probes-holder', tabindex: 0, role: 'region', 'aria-label': label }, table);
  const said = html('p', { class: 'reading-sentence' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const figure = html('p', { class: 'figure-note' });
  const content = html('div', { class: 'probes-content' }, said, holder);
  const note = html('span', { class: 'section-note' }, l10n.t('what can be read from which layer by a line?'));
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Probes')), note),
    content,
    state,
    figure,
    annotated.element,
  );
  const element = html('section', { class: 'probes', 'aria-label': l10n.t('Probes') }, details);
  const fill = createKeyedContent(table);
  const fillSaid = createKeyedContent(said);
  let open = false;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(OPEN, open);
  });

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown =
        (run?.config.task === 'language' || run?.config.task === 'tagging') &&
        pageOf(model) === 'run' &&
        model.frame !== null;
      setShown(element, shown);
      if (!shown) return;
      const wanted = model.sections[OPEN] === true;
      if (wanted !== open) details.open = open = wanted;
      if (!open) return;
      annotated.update(model);
      // What the text itself tells is asked of whoever reads text on and on.
      const readsOn = run.config.task === 'language';
      for (const part of [content, state, figure]) setShown(part, readsOn);
      if (!readsOn) return;
      const known = questions.about({ about: 'probes' }, probedMoment(run, model.snapshot));
      const { value, stale, step } = known;
      setText(state, answerText(known));
      content.classList.toggle('stale', stale && value !== null);
      setShown(content, value !== null);
      setText(figure, value === null ? '' : figureText(run, value, step ?? run.step, formats));
      if (value === null) return;
      const words = probesSentence(value, run.config.unit);
      fillSaid(JSON.stringify(words), () => [
        words.said,
        ' ',
        html('span', { class: 'reading-against' }, words.against),
      ]);
      fill(JSON.stringify(value), () => rowsOf(value, run.config.unit));
    },
  };
}

function rowsOf({ properties, vectors }: ProbeAnswer, unit: RunRecord['config']['unit']): Element[] {
  return probeRows(
    properties.map(({ name, classes }) => ({
      name: probedName(name, unit),
      title: classes.map((one) => `${one.name} ${percent(one.share)}`).join(' · '),
    })),
    properties.map(({ majority }) => majority),
    [...vectors].reverse().map((each) => ({ name: vectorsName(each), scores: each.scores })),
  );
}

function figureText(run: RunRecord, { fitted, judged }: ProbeAnswer, step: number, formats: NumberFormats): string {
  return [
    l10n.t(
      'Filled: now; hollow: before training; tick: always the most frequent class. From 0 to 100 % right; bars: 95 %, as if tokens were independent.',
    ),
    [
      run.source.name,
      modelName(run.config),
      initialisationText(run.config, formats),
      l10n.t('seed {0}', run.config.seed),
      l10n.t('step {0}', formats.integer(step)),
      l10n.t(
        'fitted by least squares to {0} tokens trained on, n = {1} held out',
        formats.integer(fitted),
        formats.integer(judged),
      ),
    ].join(' · '),
  ].join(' ');
}
