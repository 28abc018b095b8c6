// "Gradient along arcs": how much of the gradient of a word's loss reaches the other end of its arc, by distance, against words without
// one; of all models that are compared. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import { createButton, createLinkButton } from '../controls/button';
import { createSegments } from '../controls/segments';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { ASKED, joinedChoice, JOINED_ORDERS, ORDER, orderName, SHOWN, type JoinedChoice } from '../joinedCurves';
import { createJoinedMeasures, MORE, UNASKED, type JoinedModel } from '../joinedMeasures';
import { pageOf } from '../selectors';
import type { InspectorModel } from '../store';
import { createFoldedSection, createFoldedTable } from './foldedSection';
import { drawJoined, joinedNote, type MeasuredModel } from './joinedPicture';
import { distanceTable, relationRows } from './joinedTables';
import { againstText, joinedSentences, problemText, progressText } from './joinedWords';
import type { ShellContext, ShellView } from './shellView';
import { createChangeGuard } from './track';

const MOST = 'joined.sentences';
const WIDEST = 760;
/** Before the page has a width. */
const NARROWEST = 240;

export function createJoinedSection({ events, formats, questions }: ShellContext): ShellView {
  const shownBy = createSegments(l10n.t('What is shown'), (key) => events.choose(SHOWN, key));
  const orders = createSegments(l10n.t('Direction of the arcs'), (key) => events.choose(ORDER, key));
  const askedWords = createSegments(l10n.t('Whose loss'), (key) => events.choose(ASKED, key));
  const controls = html('div', { class: 'measured-controls' }, shownBy.element, orders.element, askedWords.element);
  const head = html(
    'div',
    { class: 'card-head joined-head' },
    html('h3', {}, l10n.t('Gradient on the other end of the arc, by distance')),
  );
  const figure = html('div', { class: 'joined-figure' });
  const said = html('p', { class: 'reading-sentence' });
  const note = html('p', { class: 'figure-note joined-note' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const more = createButton({ label: '', onClick: () => events.choose(MOST, wanted * MORE) });
  const importing = createLinkButton(l10n.t('Import trees…'), () => events.act('importTrees'));
  const going = html('div', { class: 'measured-going' }, state, more.element, importing);
  const problems = html('ul', { class: 'measured-problems' });
  const byRelation = html('table', {});
  const relationLabel = l10n.t('Gradient at arcs by relation');
  const relations = html(
    'div',
    { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': relationLabel },
    byRelation,
  );
  const relationOf = html('span', { class: 'section-note' });
  const relationHead = html('div', { class: 'card-head' }, html('h3', {}, l10n.t('By relation')), relationOf);
  const tables = createFoldedTable(l10n.t('Distances as a table'));
  const content = html(
    'div',
    {},
    ...[controls, said],
    html(
      'div',
      { class: 'joined-columns' },
      html('div', {}, head, figure, note),
      html('div', {}, relationHead, relations, tables.element),
    ),
  );
  const body = html('div', { class: 'measured-body' }, going, problems, content);
  const section = createFoldedSection(
    {
      ...{ name: 'joined', title: l10n.t('Gradient along arcs'), key: 'joined.open' },
      note: l10n.t('does the gradient of a word’s loss reach the word it depends on?'),
    },
    events,
    body,
  );
  const measures = createJoinedMeasures();
  const fillProblems = createKeyedContent(problems);
  const fillSaid = createKeyedContent(said);
  const [redrawn, tabled, related] = [createChangeGuard(), createChangeGuard(), createChangeGuard()];
  let wanted = UNASKED;
  let last: InspectorModel | null = null;
  tables.element.addEventListener('toggle', () => last && update(last));

  function update(model: InspectorModel): void {
    last = model;
    const run = model.host?.run ?? null;
    const task = run?.config.task;
    const shown = (task === 'language' || task === 'cloze') && pageOf(model) === 'run' && model.frame !== null;
    setShown(section.element, shown);
    if (!shown || run === null || !section.isOpen(model)) return;
    const chosen = model.sections[MOST];
    wanted = typeof chosen === 'number' ? Math.min(1_000_000, Math.max(UNASKED, chosen)) : UNASKED;
    const runs = { run, metrics: model.metrics, comparison: model.host?.comparison ?? null, snapshot: model.snapshot };
    const models = measures(runs, questions, wanted);
    setText(state, progressText(models, formats));
    drawMore(models);
    const without = models.flatMap(({ name, known: { value } }) =>
      value?.problem ? [{ problem: value.problem, text: problemText(value.problem, name) }] : [],
    );
    fillProblems(JSON.stringify(without), () => without.map(({ text }) => html('li', {}, text)));
    setShown(problems, without.length > 0);
    setShown(
      importing,
      without.some(({ problem }) => problem !== 'readsBothWays'),
    );
    const measured = models.flatMap(({ known, ...one }) =>
      known.value === null || known.value.problem !== null ? [] : [{ ...one, value: known.value, step: known.step }],
    );
    setShown(content, measured.length > 0);
    if (measured.length === 0) return;
    const choice = choiceOf(model, measured);
    figure.classList.toggle(
      'stale',
      models.some(({ isMoving, isGoing }) => isMoving && isGoing),
    );
    const values = measured.map(({ value }) => value);
    const width = Math.max(NARROWEST, Math.min(WIDEST, model.width - 24));
    if (redrawn([...values, ...measured.map(({ name }) => name), ...Object.values(choice), width]))
      figure.replaceChildren(drawJoined(measured, choice, width, formats));
    const sentences = joinedSentences(measured, choice);
    const against = againstText(measured);
    fillSaid(JSON.stringify([sentences, against]), () => [
      html('span', { class: 'reading-lines' }, ...sentences.map((text) => html('span', {}, text))),
      html('span', { class: 'reading-against' }, against),
    ]);
    setText(note, joinedNote(measured, choice, formats));
    const [first] = measured;
    setText(relationOf, l10n.t('{0}, all distances together; greyed: fewer than 30 arcs', first.name));
    if (related([first.value, choice.asked])) byRelation.replaceChildren(...relationRows(first.value, choice, formats));
    if (tables.element.open && tabled(values)) tables.holder.replaceChildren(distanceTable(measured, formats));
  }

  function drawMore(models: readonly JoinedModel[]): void {
    const reached = models.filter(({ isMoving }) => !isMoving).map(({ known }) => known.value);
    const isDone = models.every(({ isGoing }) => !isGoing);
    const rest = Math.max(0, ...reached.map((value) => (value ? value.sentencesInAll - wanted : 0)));
    setShown(more.element, isDone && rest > 0);
    const next = Math.min(wanted * (MORE - 1), rest);
    more.set({ label: l10n.t('Measure {0} more sentences', formats.integer(next)) });
  }

  /** Only what there is to choose from is offered. */
  function choiceOf(model: InspectorModel, measured: readonly MeasuredModel[]): JoinedChoice {
    const isCloze = measured.some(({ value }) => value.reads === 'cloze');
    const kept = joinedChoice(model.sections);
    const choice = isCloze ? kept : { ...kept, asked: 'later' as const };
    shownBy.update(
      [
        {
          key: 'ratio',
          label: l10n.t('gradient, arc : none'),
          title: l10n.t('‖∂J/∂x‖ at arcs over that at pairs of words without an arc'),
        },
        {
          key: 'share',
          label: l10n.t('share, arc : none'),
          title: l10n.t('The same of shares: ‖∂J/∂x‖ over its sum over all words that the loss can look at'),
        },
        {
          key: 'norm',
          label: l10n.t('gradient itself'),
          title: l10n.t('‖∂J/∂x‖ at arcs, and at pairs without one: how it falls with the distance'),
        },
      ],
      choice.shown,
    );
    setShown(orders.element, measured.length > 1);
    orders.update(
      JOINED_ORDERS.map((key) => ({ key, label: orderName(key) })),
      choice.order,
    );
    setShown(askedWords.element, isCloze);
    askedWords.update(
      [
        { key: 'later', label: l10n.t('later word’s loss') },
        { key: 'earlier', label: l10n.t('earlier word’s loss') },
      ],
      choice.asked,
    );
    return choice;
  }

  return { element: section.element, update };
}
