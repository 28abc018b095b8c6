// Every parameter of the network as a row: shape, number of values, how they are spread now, and from what they were drawn.
import * as l10n from '@vscode/l10n';
import { createLinkButton } from '../controls/button';
import { placeSuffix } from '../../src/protocol/layerPlace';
import type { ParameterSpread } from '../../src/protocol/parameterSpread';
import type { RunRecord } from '../../src/protocol/run';
import { histogramBars } from '../chart/histogramBars';
import { createKeyedContent, html, setShown, setText, svg } from '../dom';
import { initialDistribution, parameterMeaning } from '../initialDistribution';
import { hasPlaces, placeLabel, placesFromTop } from '../networkPlace';
import type { NumberFormats } from '../numberFormats';
import type { Known } from '../questions';
import { beginningTexts, modelName } from '../runText';
import { staleStepText } from '../staleText';
import { stepCaption } from '../stepCaption';
import type { InspectorModel } from '../store';
import type { ShellContext, ShellView } from './shellView';

export const WEIGHT_BINS = 41;
const HISTOGRAM = { width: 123, height: 26 };
/** Narrower than this, a row becomes a card: names before the numbers instead of a head above the columns. */
const TABLE_WIDTH = 900;

/** Asks only when it is updated, which its section does only while it is unfolded. */
export function createWeightTable({ events, formats, questions }: ShellContext): ShellView {
  const state = html('span', { class: 'section-note', role: 'status' });
  const holder = html('div', { class: 'weights-holder' });
  const caption = html('p', {});
  let snapshot: number | undefined;
  const buttons = html(
    'p',
    { class: 'weights-files' },
    createLinkButton(l10n.t('Export for PyTorch…'), () => events.act('exportWeights', snapshot)),
    createLinkButton(l10n.t('Import PyTorch Weights…'), () => events.act('importWeights')),
  );
  const conventions = html('p', { class: 'section-note weights-conventions' });
  const element = html(
    'div',
    { class: 'model-group weights' },
    html('h3', {}, l10n.t('Parameters'), ' ', state),
    holder,
    caption,
    buttons,
    conventions,
  );
  const fill = createKeyedContent(holder);
  let shown: ParameterSpread[] | null = null;
  let drawn = 0;

  function update(model: InspectorModel): void {
    const run = model.host?.run;
    const header = model.frame?.header;
    setShown(element, Boolean(run && header));
    if (!run || !header) return;
    const { runId, step } = header;
    snapshot = header.snapshot ? step : undefined;
    setText(conventions, torchConventions(run.config));
    const known = questions.about({ about: 'weights', bins: WEIGHT_BINS }, `${runId} ${step} ${snapshot ?? false}`);
    setText(state, stateText(known, step, formats));
    holder.classList.toggle('stale', known.stale && known.value !== null);
    holder.classList.toggle('cards', model.panelWidth < TABLE_WIDTH);
    const parameters = known.value?.parameters ?? null;
    if (parameters !== shown) drawn++;
    shown = parameters;
    fill(`${drawn} ${run.id}`, () => (parameters ? [table(parameters, run, formats)] : []));
    setShown(caption, parameters !== null);
    const found = known.step ?? step;
    const parts = [
      ...[run.source.name, modelName(run.config), ...beginningTexts(run, formats)],
      stepCaption({ ...header, step: found }, run, formats),
    ];
    const reading = l10n.t(
      'Each histogram reaches from the smallest to the largest value in {0} bins, its highest bar is the fullest bin, and the line marks 0.',
      WEIGHT_BINS,
    );
    setText(caption, `${reading} ${parts.join(' · ')}`);
  }
  return { element, update };
}

function stateText(
  { value, problem, stale, step: found, everySeconds }: Known<unknown>,
  step: number,
  formats: NumberFormats,
): string {
  if (problem !== null) return problem;
  if (value === null) return l10n.t('computing…');
  if (stale) return staleStepText(everySeconds, formats.integer(found ?? 0), formats.integer(step));
  return l10n.t('step {0}', formats.integer(found ?? step));
}

/** Roles are written out: as cards, the rows are no table to a browser. */
function table(
  parameters: readonly ParameterSpread[],
  { config, imported }: RunRecord,
  formats: NumberFormats,
): HTMLElement {
  const heads = [
    l10n.t('Name'),
    l10n.t('Shape'),
    l10n.t('Values'),
    l10n.t('Mean'),
    l10n.t('Standard deviation'),
    l10n.t('Smallest'),
    l10n.t('Largest'),
    l10n.t('Histogram'),
    l10n.t('Before training'),
  ];
  const row = (parameter: ParameterSpread): HTMLElement => {
    const { name, shape, mean, deviation, smallest, largest } = parameter;
    const count = shape.reduce((a, b) => a * b, 1);
    const number = (value: number) => ({ shown: formats.short(value), title: value.toPrecision(9) });
    const cells: { shown: Node | string; title?: string }[] = [
      { shown: shape.map((size) => formats.integer(size)).join(' × ') },
      { shown: formats.integer(count) },
      ...[mean, deviation, smallest, largest].map(number),
      { shown: histogram(parameter, formats) },
      {
        shown: imported && !imported.configured ? l10n.t('not known') : initialDistribution(config, parameter, formats),
      },
    ];
    return html(
      'tr',
      { role: 'row' },
      html(
        'th',
        { scope: 'row', role: 'rowheader', title: parameterMeaning(name, config.cell) },
        html('code', {}, name),
      ),
      ...cells.map(({ shown, title }, k) => html('td', { role: 'cell', 'data-label': heads[k + 1], title }, shown)),
    );
  };
  const total = parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return html(
    'table',
    { role: 'table', 'aria-label': l10n.t('Parameters') },
    html(
      'thead',
      { role: 'rowgroup' },
      html('tr', { role: 'row' }, ...heads.map((head) => html('th', { scope: 'col', role: 'columnheader' }, head))),
    ),
    html('tbody', { role: 'rowgroup' }, ...parameters.map(row)),
    html(
      'tfoot',
      { role: 'rowgroup' },
      ...[...countsByPlace(config, parameters), { name: l10n.t('All together'), count: total }].map(({ name, count }) =>
        html(
          'tr',
          { role: 'row' },
          html('th', { scope: 'row', role: 'rowheader', colspan: 2 }, name),
          html('td', { role: 'cell', 'data-label': heads[2] }, formats.integer(count)),
        ),
      ),
    ),
  );
}

/** How many parameters each layer and direction has, from the top; nothing for a network of one. */
function countsByPlace(
  config: RunRecord['config'],
  parameters: readonly ParameterSpread[],
): { name: string; count: number }[] {
  if (!hasPlaces(config)) return [];
  return placesFromTop(config).map((place) => {
    const own = ['W_x', 'W_h', 'b', 'b_hh', 'W_t', 'b_t'].map((kind) => kind + placeSuffix(place));
    const count = parameters
      .filter(({ name }) => own.includes(name))
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    return { name: placeLabel(place, config), count };
  });
}

function histogram({ name, counts, smallest, largest }: ParameterSpread, formats: NumberFormats): SVGElement {
  const { width, height } = HISTOGRAM;
  const { bars, zero } = histogramBars(counts, [smallest, largest], HISTOGRAM);
  const label = l10n.t('Histogram of {0}, {1} to {2}', name, formats.short(smallest), formats.short(largest));
  const drawing = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const { from, to, count, ...place } of bars) {
    const ends = [formats.short(from), formats.short(to)];
    const said =
      count === 1
        ? l10n.t('{0} to {1}: 1 value', ...ends)
        : l10n.t('{0} to {1}: {2} values', ...ends, formats.integer(count));
    drawing.append(svg('rect', { class: 'histogram-bar', ...place }, svg('title', {}, said)));
  }
  if (zero !== null) drawing.append(svg('line', { class: 'histogram-zero', x1: zero, x2: zero, y1: 0, y2: height }));
  return drawing;
}

/** In which order blocks of gates stand in a file for PyTorch and here, and where the biases go. */
function torchConventions({ cell, resetGate }: RunRecord['config']): string {
  const biases = l10n.t('PyTorch’s two biases add up: ours is in bias_ih, bias_hh is 0.');
  if (cell === 'vanilla') return biases;
  if (cell === 'lstm')
    return `${l10n.t('Blocks of gates: here f, i, o, c̃, in PyTorch’s file i, f, g, o, where g is c̃.')} ${biases}`;
  const blocks = l10n.t(
    'Blocks of gates: here u, r, h̃, in PyTorch’s file r, z, n, where z = 1 − u (its weights have the other sign) and n is h̃.',
  );
  const kept = l10n.t('PyTorch’s two biases add up, but for b_hn, which the reset gate scales: ours are in bias_ih.');
  return resetGate === 'after' ? `${blocks} ${kept}` : blocks;
}
