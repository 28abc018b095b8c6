// "Compare": the models of a comparison one under the other on the shared time axis, then how far each remembers, and what follows.
import * as l10n from '@vscode/l10n';
import { createButton } from '../controls/button';
import { createComparedMeasures, drawnSeed, type MeasuredModel } from '../comparedMeasures';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { drawCompareChart } from './compareChart';
import { createCompareRow, type CompareRow } from './compareRun';
import { compareTables } from './compareTable';
import { compareReading, progressText, termsText, unequalStepsText } from './compareWords';
import { createFairTable } from './fairTable';
import { createChangeGuard } from './track';

const ABSOLUTE = 'compare.absolute';
const CLOSED = 'compare.closed';
const WIDEST = 860;

export function createCompareSection(events: ViewEvents): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const terms = html('span', { class: 'section-note' });
  const going = html('span', { class: 'compare-going', role: 'status' });
  const goOn = createButton({ label: l10n.t('Train the rest'), onClick: () => events.act('compareGoOn') });
  const stop = createButton({ label: l10n.t('Stop'), icon: 'stop', onClick: () => events.act('compareStop') });
  const end = createButton({ label: l10n.t('End the comparison'), onClick: () => events.act('compareEnd') });
  const buttons = html('span', { class: 'compare-buttons' }, goOn.element, stop.element, end.element);
  const state = html('div', { class: 'compare-state off-axis' }, going, buttons);
  const problems = html('ul', { class: 'compare-problems off-axis' });
  const said = html('p', { class: 'reading-sentence' });
  const reading = html('div', { class: 'compare-reading off-axis' }, said);
  const fair = createFairTable(formats);
  const rowsHead = html(
    'div',
    { class: 'card-head compare-rows-head off-axis' },
    html('h3', {}, l10n.t('Gradient of the loss at i on the whole state')),
    html('span', { class: 'section-note' }, l10n.t('bars, absolute log scale; below, the gate that keeps the past')),
  );
  const rows = html('div', { class: 'compare-rows' });
  const absolute = html('input', { type: 'checkbox' });
  const chartHead = html(
    'div',
    { class: 'card-head compare-chart-head' },
    html('h3', {}, l10n.t('Median gradient by lag')),
    html('label', { class: 'toggle' }, absolute, l10n.t('absolute')),
  );
  const chart = html('div', { class: 'compare-figure' });
  const chartNote = html('p', { class: 'figure-note compare-note' });
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': l10n.t('Numbers') });
  const tables = html(
    'details',
    { class: 'table-alternative' },
    html('summary', {}, l10n.t('The comparison as tables')),
    holder,
  );
  const below = html('div', { class: 'compare-below off-axis' }, chartHead, chart, chartNote, tables);
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head off-axis' }, html('h2', {}, l10n.t('Compare')), terms),
    state,
    problems,
    fair.element,
    reading,
    rowsHead,
    rows,
    below,
  );
  const element = html('section', { class: 'compare', 'aria-label': l10n.t('Compare') }, details);
  const measuredModels = createComparedMeasures();
  const fillProblems = createKeyedContent(problems);
  const fillReading = createKeyedContent(said);
  const redrawn = createChangeGuard();
  const tabled = createChangeGuard();
  const shownRows: CompareRow[] = [];
  let last: Picture | null = null;
  let open = false;
  // Many runs answer: they are asked only while the section is in sight or near it.
  let near = false;
  new IntersectionObserver(
    ([{ isIntersecting }]) => {
      near = isIntersecting;
      if (near && last) update(last);
    },
    { rootMargin: '150px' },
  ).observe(element);
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(CLOSED, !open);
  });
  absolute.addEventListener('change', () => events.choose(ABSOLUTE, absolute.checked));
  tables.addEventListener('toggle', () => last && update(last));

  function update(picture: Picture): void {
    last = picture;
    const { comparison, run, sections, axis, theme } = picture;
    setShown(element, comparison !== null && run !== null);
    if (comparison === null || run === null) return;
    const wanted = sections[CLOSED] !== true;
    if (wanted !== open) details.open = open = wanted;
    if (!open || !near) return;
    const models = measuredModels(picture);
    const drawn = models.flatMap((model) => {
      const seed = drawnSeed(model, picture);
      return seed && !seed.stale ? [{ name: model.name, step: seed.step }] : [];
    });
    const unequal = unequalStepsText(picture.header, drawn, formats);
    setText(terms, termsText(models));
    const progress = progressText(run, comparison, formats);
    setText(going, progress.going);
    setShown(goOn.element, !comparison.active && progress.unfinished > 0);
    setShown(stop.element, comparison.active);
    fillProblems(JSON.stringify(progress.problems), () => progress.problems.map((text) => html('li', {}, text)));
    setShown(problems, progress.problems.length > 0);
    fair.update(run, picture.metrics, comparison);
    const words = compareReading(models);
    setShown(reading, words !== null);
    if (words)
      fillReading(JSON.stringify([words, unequal]), () => [
        words.said,
        ' ',
        html('span', { class: 'reading-against' }, [words.against, unequal].filter(Boolean).join(' ')),
      ]);
    while (shownRows.length < models.length) shownRows.push(createCompareRow(formats));
    const elements = shownRows.slice(0, models.length).map((row) => row.element);
    if (rows.childElementCount !== models.length) rows.replaceChildren(...elements);
    models.forEach((model, k) => shownRows[k].update(model, picture));
    const isRelative = sections[ABSOLUTE] !== true;
    absolute.checked = !isRelative;
    const measures = models.flatMap(({ relative, ablationMemory, name }) => [relative, ablationMemory, name]);
    const width = Math.min(WIDEST, axis.width - 24);
    const isKnown = models.some(({ relative }) => relative.length > 1);
    setShown(below, isKnown);
    if (isKnown && redrawn([...measures, width, isRelative, theme])) {
      chart.replaceChildren(drawCompareChart(models, width, isRelative));
      setText(chartNote, noteText(models, isRelative));
    }
    chart.classList.toggle('stale', models.some(isStale));
    if (tables.open && tabled(measures)) holder.replaceChildren(...compareTables(models, formats));
  }

  return { element, update };
}

const isStale = ({ answered }: MeasuredModel): boolean => answered.some(({ gradient }) => gradient.stale);

function noteText(models: readonly MeasuredModel[], relative: boolean): string {
  const seeds = Math.max(...models.map(({ memory }) => memory?.seeds ?? 0));
  const measured = models.find(({ memory }) => memory !== null)?.memory;
  const [n, fewest] = [measured?.steps ?? 0, Math.max(1, (measured?.steps ?? 0) - (measured?.longest ?? 0))];
  return [
    relative
      ? l10n.t('Lines: medians of ‖∂J(i)/∂(h,c)(j)‖ over ‖∂J(i)/∂(h,c)(i)‖.')
      : l10n.t('Lines: medians of ‖∂J(i)/∂(h,c)(j)‖, the norm over h and, of an LSTM, c.'),
    seeds > 1 ? l10n.t('Bands: least and greatest of the medians of {0} seeds.', seeds) : l10n.t('One seed: no bands.'),
    l10n.t('Over the losses of this window: {0} at lag 0, {1} at the longest.', n, fewest),
    l10n.t(
      'Memory length: the first lag whose median is under 1 % of lag 0; ablation: of the change of J without the token. Intervals: 95 %, resampling seeds and stretches of losses.',
    ),
  ].join(' ');
}
