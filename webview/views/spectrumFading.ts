// "Fading memory" in the spectrum section: how the distance of two states that began apart falls on the same text, as the network is and
// with W_h scaled to other spectral radii. For vanilla networks and reservoirs, whose memory W_h alone decides.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import type { FadingMemory } from '../../src/protocol/spectra';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { distinctCurves, fadingChart, forgottenAfter, type FadingLine } from '../chart/fadingChart';
import { html, setShown, setText, svg } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { beginningTexts, modelName } from '../runText';
import { besideWidth } from '../selectors';
import { answerText } from '../staleText';
import { stepCaption } from '../stepCaption';
import type { InspectorModel } from '../store';
import type { ShellContext, ShellView } from './shellView';

export const RADII = [0.5, 0.9, 1, 1.2];
const HEIGHT = 210;
const WIDEST = 760;

/** To be updated only while the section is unfolded. */
export function createFading({ formats, questions }: ShellContext): ShellView {
  const content = html('div', { class: 'fading-content' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const figure = html('p', { class: 'figure-note' });
  const label = l10n.t('Distances as a table');
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': label });
  const tables = html('details', { class: 'table-alternative' }, html('summary', {}, label), holder);
  const note = html('span', { class: 'section-note' }, l10n.t('two states started apart read the same text'));
  const head = html('div', { class: 'card-head' }, html('h3', {}, l10n.t('Fading memory')), note);
  const element = html('div', { class: 'fading' }, head, content, state, figure, tables);
  let drawn: unknown[] = [];

  function update(model: InspectorModel): void {
    const run = model.host?.run ?? null;
    const header = model.frame?.header ?? null;
    const shown = run !== null && header !== null && hasFading(run);
    setShown(element, shown);
    if (!shown) return;
    const known = questions.about({ about: 'fading', radii: RADII }, `${header.runId} ${header.step}`);
    const { value, stale } = known;
    content.classList.toggle('stale', stale && value !== null);
    setText(state, answerText(known));
    const answered = { ...header, step: known.step ?? header.step };
    setText(figure, value === null ? '' : figureText(run, answered, value, formats));
    const width = Math.min(WIDEST, besideWidth(model) - 24);
    if (value === drawn[0] && width === drawn[1]) return;
    drawn = [value, width];
    content.replaceChildren(...(value === null ? [] : [draw(value, width), html('p', {}, fadingSentence(value))]));
    holder.replaceChildren(...(value === null ? [] : [html('table', {}, ...tableRows(value))]));
  }

  return { element, update };
}

/** Examples of a task are not read on and on. */
export const hasFading = ({ config }: RunRecord): boolean =>
  config.task === 'language' && (config.cell === 'vanilla' || config.reservoir);

function draw(value: FadingMemory, width: number): SVGSVGElement {
  const chart = fadingChart(distinctCurves(value.curves), width, HEIGHT);
  const { left, right, bottom, lines, x, y } = chart;
  const text = (at: { x: number; y: number }, words: string, style: string): SVGElement =>
    svg('text', { ...at, class: style }, words);
  const picture = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': fadingSentence(value) });
  picture.append(
    ...chart.powers.flatMap((power) => [
      svg('path', { class: power === -2 ? 'grid strong' : 'grid', d: `M${left},${y(power)}H${right}` }),
      text({ x: left - 6, y: y(power) + 4 }, power === -2 ? '1 %' : powerOfTen(power), 'note axis-label'),
    ]),
    ...chart.steps.map((step) => text({ x: x(step), y: bottom + 15 }, String(step), 'note middle')),
    text({ x: (left + right) / 2, y: HEIGHT - 5 }, l10n.t('steps read; distance, 1 = as begun'), 'note middle'),
    svg('path', { class: 'lag-band', d: chart.band }),
    ...lines.map(({ path }, k) => svg('path', { class: `fading-line of-${k}`, d: path })).reverse(),
    ...lines.flatMap((one, k) => [
      svg('path', { class: `fading-line of-${k}`, d: `M${one.name.x - 28},${one.name.y - 4}h22` }),
      text(one.name, nameOf(one), one.own ? 'own' : 'note'),
    ]),
  );
  return picture;
}

const nameOf = ({ radius, own }: FadingLine): string =>
  own ? l10n.t('own {0}', radius.toFixed(2)) : `ρ = ${radius.toFixed(2)}`;

/** After how many steps 1 % of the first distance is left, for every radius. */
export function fadingSentence({ steps, curves }: FadingMemory): string {
  const parts = distinctCurves(curves).map((curve, k) => {
    const name = `ρ = ${curve.radius.toFixed(2)}`;
    const which = k === 0 ? l10n.t('as it is ({0})', name) : name;
    const after = forgottenAfter(curve);
    return after === null ? l10n.t('{0} it does not', which) : l10n.t('{0} after {1}', which, after);
  });
  return l10n.t(
    'Of {0} steps, the distance stays under 1 % of what it was: {1}. Only where it falls does the text alone decide the state (echo state property); the slower it falls, the longer earlier text is kept.',
    steps,
    parts.join('; '),
  );
}

function figureText(run: RunRecord, header: FrameHeader, value: FadingMemory, formats: NumberFormats): string {
  const [steps, start] = [formats.integer(value.steps), formats.integer(value.start)];
  return [
    run.source.name,
    modelName(run.config),
    ...beginningTexts(run, formats),
    stepCaption(header, run, formats),
    value.heldOut
      ? l10n.t('{0} steps of held-out text from token {1}', steps, start)
      : l10n.t('{0} steps of text from token {1}', steps, start),
    l10n.t('medians over pairs of random states, band: quartiles; every layer’s W_h scaled alike'),
  ].join(' · ');
}

function tableRows({ curves }: FadingMemory): Element[] {
  const shown = distinctCurves(curves);
  const names = shown.map(({ radius }) => html('th', { scope: 'col' }, `ρ = ${radius.toFixed(2)}`));
  const rows = Array.from(shown[0].median, (_, step) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, String(step)),
      ...shown.map(({ median }) => html('td', {}, median[step].toPrecision(4))),
    ),
  );
  return [
    html('caption', {}, l10n.t('Distance of two states, 1 at the beginning; the first column of numbers as it is')),
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, l10n.t('step')), ...names)),
    html('tbody', {}, ...rows),
  ];
}
