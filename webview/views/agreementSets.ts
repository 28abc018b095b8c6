// How often the model, and those it is compared with, prefer the right form on a whole set: the product's templates, or a file's sentences.
import * as l10n from '@vscode/l10n';
import { attractorClasses, setCurves, type ScoredModel } from '../agreementCurves';
import { chooseFile, chooseTemplates, chosenSet, createSetMeasures, type ScoringModel } from '../agreementMeasures';
import { intervalChart, SHARE_SCALE } from '../chart/intervalChart';
import { createButton, createLinkButton } from '../controls/button';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { beginningTexts, modelName } from '../runText';
import type { InspectorModel } from '../store';
import { measureStrong } from '../textMeasure';
import { setTable } from './agreementSetTable';
import { lineReason, setAgainst, setName, setSentences } from './agreementWords';
import { createFoldedTable } from './foldedSection';
import { drawIntervals } from './intervalPicture';
import type { ShellContext, ShellView } from './shellView';
import { createChangeGuard } from './track';

const HEIGHT = 280;
const WIDEST = 760;
/** Before the page has a width. */
const NARROWEST = 240;
/** As a question may hold. */
const MOST_CHARACTERS = 64_000_000;

/** To be updated only while the section is unfolded and there is a run. */
export function createAgreementSets({ events, formats, questions }: ShellContext): ShellView {
  const problem = html('p', { class: 'card-state', role: 'status' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const input = html('input', { type: 'file', accept: '.conllu,.conll,.jsonl,.json,.txt', hidden: true, tabindex: -1 });
  const templates = createButton({ label: l10n.t('Score templates'), onClick: () => begin(chooseTemplates) });
  const file = createButton({ label: l10n.t('Score a file…'), onClick: () => input.click() });
  const stop = createButton({ label: l10n.t('Stop'), icon: 'stop', onClick: () => pause(true) });
  const goOn = createButton({ label: l10n.t('Go on'), icon: 'play', onClick: () => pause(false) });
  // While its weights change a run is scored on the first piece alone: two ways to weights that stay.
  const settle = createLinkButton(l10n.t('Pause training and score all'), () => events.act('pause'));
  const look = createLinkButton('', () => events.lookAt(newestSnapshot));
  const buttons = html(
    'div',
    { class: 'measured-going' },
    ...[templates.element, file.element, input, stop.element, goOn.element, state, settle, look, problem],
  );
  const which = html('span', { class: 'section-note' });
  const head = html('div', { class: 'card-head agreement-set-head' }, html('h3', {}, l10n.t('Agreement sets')), which);
  const said = html('p', { class: 'reading-sentence' });
  const figure = html('div', { class: 'agreement-set-figure' });
  const note = html('p', { class: 'figure-note agreement-set-note' });
  const lines = html('ul', { class: 'measured-problems' });
  const table = createFoldedTable(l10n.t('The set as a table'));
  const content = html('div', {}, said, figure, note, lines, table.element);
  const about = html(
    'p',
    { class: 'figure-note' },
    l10n.t(
      'Templates: sentences of the product’s own words with 0 to 5 attractors. Files: CoNLL-U (noun subject and its verb to the right), or minimal pairs as BLiMP and LM_syneval have them (.jsonl).',
    ),
  );
  const element = html('div', { class: 'agreement-sets' }, head, buttons, about, content);
  const measures = createSetMeasures();
  const fillSaid = createKeyedContent(said);
  const fillLines = createKeyedContent(lines);
  const [redrawn, tabled] = [createChangeGuard(), createChangeGuard()];
  let isStopped = false;
  let newestSnapshot: number | null = null;
  let last: InspectorModel | null = null;
  table.element.addEventListener('toggle', () => last && update(last));
  input.addEventListener('change', () => {
    const chosen = input.files?.[0];
    input.value = '';
    if (chosen) void read(chosen);
  });

  function begin(choose: () => void): void {
    setText(problem, '');
    choose();
    pause(false);
  }

  function pause(stopped: boolean): void {
    isStopped = stopped;
    if (last) update(last);
  }

  async function read(chosen: File): Promise<void> {
    if (chosen.size > MOST_CHARACTERS)
      return setText(problem, l10n.t('“{0}” is too large: at most 64 MB are read.', chosen.name));
    try {
      const content = await chosen.text();
      begin(() => chooseFile(chosen.name, content));
    } catch {
      setText(problem, l10n.t('“{0}” could not be read.', chosen.name));
    }
  }

  function update(model: InspectorModel): void {
    last = model;
    const run = model.host?.run ?? null;
    const set = chosenSet();
    const isChosen = set !== null && run !== null;
    setShown(content, isChosen);
    setShown(about, !isChosen);
    for (const button of [stop.element, goOn.element, settle, look]) setShown(button, false);
    if (!isChosen) return;
    const runs = { run, metrics: model.metrics, comparison: model.host?.comparison ?? null, snapshot: model.snapshot };
    const models = measures(runs, questions, set, isStopped);
    setShown(
      stop.element,
      models.some(({ isGoing }) => isGoing),
    );
    setShown(goOn.element, isStopped && models.some(isPartial));
    offerRest(models[0], run.snapshots?.at(-1) ?? null);
    setText(state, progressText(models));
    setText(which, setName(set.name));
    const scored = models.flatMap(({ known: { value, step }, ...one }) =>
      value === null ? [] : [{ ...one, value, step }],
    );
    setShown(content, scored.length > 0);
    if (scored.length === 0) return;
    const sentences = setSentences(scored, formats);
    const against = setAgainst((scored.find(({ value }) => value.overall.n > 0) ?? scored[0]).value);
    fillSaid(JSON.stringify([sentences, against]), () => [
      html('span', { class: 'reading-lines' }, ...sentences.map((text) => html('span', {}, text))),
      ...(against === '' ? [] : [html('span', { class: 'reading-against' }, against)]),
    ]);
    const values = scored.map(({ value }) => value);
    const width = Math.max(NARROWEST, Math.min(WIDEST, model.width - 24));
    const isDrawn = values.some(({ overall }) => overall.n > 0);
    for (const part of [figure, note, table.element]) setShown(part, isDrawn);
    if (isDrawn && redrawn([...values, width, ...scored.map(({ name }) => name)]))
      figure.replaceChildren(draw(scored, width));
    setText(note, noteText(scored));
    const [{ problems, problemCount }] = values;
    setShown(lines, problemCount > 0);
    fillLines(JSON.stringify([problems, problemCount]), () => [
      ...problems.map(({ line, reason }) => html('li', {}, l10n.t('line {0}: {1}', line, lineReason(reason)))),
      ...(problemCount > problems.length
        ? [html('li', {}, l10n.t('and {0} more', problemCount - problems.length))]
        : []),
    ]);
    if (table.element.open && tabled(values)) table.holder.replaceChildren(setTable(scored, formats));
  }

  function offerRest(own: ScoringModel, snapshot: number | null): void {
    const isOffered = own.index === 0 && own.isMoving && own.known.value !== null && isPartial(own);
    newestSnapshot = snapshot;
    setShown(settle, isOffered);
    setShown(look, isOffered && snapshot !== null);
    if (snapshot !== null) setText(look, l10n.t('Score the snapshot at step {0}', formats.integer(snapshot)));
  }

  function progressText(models: readonly ScoringModel[]): string {
    return models
      .flatMap(({ name, index, known: { value, problem: why }, isGoing, isMoving }) => {
        if (why !== null) return [`${name}: ${why}`];
        if (value === null) return isGoing ? [l10n.t('{0}: scoring…', name)] : [];
        const counts = [formats.integer(value.scored), formats.integer(value.total)];
        if (isMoving && value.scored < value.total)
          return [
            index === 0
              ? l10n.t('{0}: only {1} of {2} items, as training changes its weights meanwhile', name, ...counts)
              : l10n.t('{0}: only {1} of {2} items; the rest when its training ends', name, ...counts),
          ];
        return value.scored < value.total ? [l10n.t('{0}: {1} of {2} items', name, ...counts)] : [];
      })
      .join(' · ');
  }

  function draw(scored: readonly ScoredModel[], width: number): SVGSVGElement {
    const curves = setCurves(scored);
    const classes = attractorClasses(scored);
    const size = { width, height: HEIGHT, hasCounts: true };
    const chart = intervalChart(curves, classes.length, SHARE_SCALE, size, measureStrong);
    const [{ name, value }] = scored;
    const counts = classes.map((wanted) => value.all.find(({ attractors }) => attractors === wanted)?.n ?? 0);
    return drawIntervals(chart, SHARE_SCALE, size, {
      label: setSentences(scored, formats).join(' '),
      classes: classes.map((count) => (count === null ? l10n.t('all') : String(count))),
      counts: counts.map((n, at) => `${at === 0 ? 'n ' : ''}${formats.integer(n)}`),
      axis:
        value.kind === 'pairs'
          ? l10n.t('right form preferred; below it items of {0}', name)
          : l10n.t('attractors in between; below it items of {0}', name),
      tick: (share) => `${100 * share} %`,
      reference: value.kind === 'pairs' ? { value: 0.5, text: l10n.t('chance') } : null,
    });
  }

  type Scored = ScoredModel & Pick<ScoringModel, 'record'> & { step: number | null };

  function noteText(scored: readonly Scored[]): string {
    const [{ value }] = scored;
    const unknown = scored.filter((one) => one.value.unknownForms > 0);
    return [
      l10n.t('Right: ln P(right form) > ln P(wrong form). Bars: Wilson’s interval, 95 %. Pale: fewer than 30 items.'),
      ...(scored.length === 1 && value.strict.length > 0
        ? [l10n.t('Thin: the strict curve, only items with attractors and no other noun in between.')]
        : []),
      ...(unknown.length > 0
        ? [
            l10n.t(
              'Left out, as a form is not known: {0}.',
              unknown.map((one) => `${one.name} ${formats.integer(one.value.unknownForms)}`).join(', '),
            ),
          ]
        : []),
      ...(scored.length > 1 ? [l10n.t('Of every model the first run, one seed.')] : []),
      l10n.t('Set: {0}.', setName(chosenSet()?.name ?? null)),
      scored
        .map(({ record, step }) =>
          [
            modelName(record.config),
            ...beginningTexts(record, formats),
            l10n.t('step {0}', formats.integer(step ?? record.step)),
          ].join(' · '),
        )
        .join(' | '),
    ].join(' ');
  }

  return { element, update };
}

const isPartial = ({ known: { value } }: ScoringModel): boolean => value === null || value.scored < value.total;
