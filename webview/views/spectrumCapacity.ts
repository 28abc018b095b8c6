// "Linear memory capacity" in the spectrum section: which share of a random input a linear read-out still finds so many steps later, as the
// network is and with W_h scaled to other spectral radii, beside the bound that no network of so many units can pass.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import type { MemoryCapacities } from '../../src/protocol/spectra';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { capacityChart } from '../chart/capacityChart';
import { distinctCurves } from '../chart/fadingChart';
import { html, setShown, setText, svg } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { beginningTexts, modelName } from '../runText';
import { besideWidth } from '../selectors';
import { answerText } from '../staleText';
import { stepCaption } from '../stepCaption';
import type { ShellContext, ShellView } from './shellView';
import { hasFading, RADII } from './spectrumFading';

const HEIGHT = 190;
const WIDEST = 760;

/** To be updated only while the section is unfolded. */
export function createCapacity({ formats, questions }: ShellContext): ShellView {
  const content = html('div', { class: 'fading-content' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const figure = html('p', { class: 'figure-note' });
  const label = l10n.t('Shares as a table');
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': label });
  const tables = html('details', { class: 'table-alternative' }, html('summary', {}, label), holder);
  const meaning = l10n.t(
    'A random number u(t) is read at every step. r²(u(t − k)) is the share of its variance that the best linear read-out of h(t) finds k steps later. With independent inputs the shares of all k add up to at most the number of units H (Jaeger 2001).',
  );
  const note = html('span', { class: 'section-note' }, l10n.t('which share of a random input is found k steps later?'));
  const title = html('h3', {}, l10n.t('Linear memory capacity'));
  const head = html('div', { class: 'card-head' }, title, note);
  head.title = content.title = meaning;
  const element = html('div', { class: 'fading capacity' }, head, content, state, figure, tables);
  let drawn: unknown[] = [];

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const header = model.frame?.header ?? null;
      const shown = run !== null && header !== null && hasFading(run);
      setShown(element, shown);
      if (!shown) return;
      const answer = questions.about({ about: 'memoryCapacity', radii: RADII }, `${header.runId} ${header.step}`);
      const { value, stale, step } = answer;
      content.classList.toggle('stale', stale && value !== null);
      setText(state, answerText(answer));
      const known = value !== null && value.curves.length > 0;
      setText(figure, known ? figureText(run, { ...header, step: step ?? header.step }, value, formats) : '');
      setShown(tables, value === null || known);
      const width = Math.min(WIDEST, besideWidth(model) - 24);
      if (value === drawn[0] && width === drawn[1]) return;
      drawn = [value, width];
      if (value === null) return content.replaceChildren();
      if (!known) {
        const words = l10n.t('It is not computed for more than 512 units; this network has {0}.', value.units);
        return content.replaceChildren(html('p', {}, words));
      }
      content.replaceChildren(draw(value, width), html('p', {}, capacitySentence(value)));
      holder.replaceChildren(html('table', {}, ...tableRows(value)));
    },
  };
}

function draw(value: MemoryCapacities, width: number): SVGSVGElement {
  const { left, right, bottom, lags, lines, x, y } = capacityChart(distinctCurves(value.curves), width, HEIGHT);
  const text = (at: { x: number; y: number }, words: string, style: string): SVGElement =>
    svg('text', { ...at, class: style }, words);
  const picture = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': capacitySentence(value) });
  picture.append(
    ...[0, 0.5, 1].flatMap((share) => [
      svg('path', { class: 'grid', d: `M${left},${y(share)}H${right}` }),
      text({ x: left - 6, y: y(share) + 4 }, String(share), 'note axis-label'),
    ]),
    ...lags.map((lag) => text({ x: x(lag), y: bottom + 15 }, String(lag), 'note middle')),
    text({ x: (left + right) / 2, y: HEIGHT - 5 }, l10n.t('k, steps since it was read; r²(u(t − k))'), 'note middle'),
    ...lines.map(({ path }, k) => svg('path', { class: `fading-line of-${k}`, d: path })).reverse(),
    ...lines.flatMap(({ key, own, radius, total }, k) => [
      svg('path', { class: `fading-line of-${k}`, d: `M${key.x},${key.y}h22` }),
      text(
        { x: key.x + 28, y: key.y + 4 },
        `${own ? l10n.t('own {0}', radius.toFixed(2)) : `ρ = ${radius.toFixed(2)}`}  Σ ${total.toFixed(1)}`,
        own ? 'own' : 'note',
      ),
    ]),
  );
  return picture;
}

/** The sums by radius, beside their bound. */
export function capacitySentence({ units, curves }: MemoryCapacities): string {
  const parts = distinctCurves(curves).map(({ radius, total }, k) => {
    const name = `ρ = ${radius.toFixed(2)}`;
    return `${k === 0 ? l10n.t('as it is ({0})', name) : name}: ${total.toFixed(1)}`;
  });
  return l10n.t(
    'Σ r²(u(t − k)) over all k is {0}. With {1} units it is at most {1}, whatever the weights.',
    parts.join('; '),
    units,
  );
}

function figureText(run: RunRecord, header: FrameHeader, value: MemoryCapacities, formats: NumberFormats): string {
  return [
    modelName(run.config),
    ...beginningTexts(run, formats),
    stepCaption(header, run, formats),
    l10n.t(
      'independent inputs of equal levels along one direction in place of the embeddings, seed 1; ridge regression on two thirds of {0} states, r² on the others, k < {1}',
      formats.integer(value.states),
      value.curves[0].byLag.length,
    ),
  ].join(' · ');
}

function tableRows({ curves }: MemoryCapacities): Element[] {
  const shown = distinctCurves(curves);
  const cells = (values: number[]): Element[] => values.map((value) => html('td', {}, value.toFixed(4)));
  const names = shown.map(({ radius }) => html('th', { scope: 'col' }, `ρ = ${radius.toFixed(2)}`));
  const rows = Array.from(shown[0].byLag, (_, lag) => {
    const shares = cells(shown.map(({ byLag }) => byLag[lag]));
    return html('tr', {}, html('th', { scope: 'row' }, String(lag)), ...shares);
  });
  const sums = html('tr', {}, html('th', { scope: 'row' }, 'Σ'), ...cells(shown.map(({ total }) => total)));
  return [
    html('caption', {}, l10n.t('r² of a random input by lag; the first column of numbers as it is')),
    html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'k'), ...names)),
    html('tbody', {}, sums, ...rows),
  ];
}
