// The numbers behind a heatmap as a real table, for those who read or copy them: full float32 precision, units in model order.
import * as l10n from '@vscode/l10n';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { createKeyedContent, html, setText } from '../dom';
import { hasPlaces, placeLabel } from '../networkPlace';
import type { Picture, View } from '../picture';
import { quoted } from '../shownText';
import { gateTerm } from './gateTerms';

/** A disclosure that builds the table of one chosen array only while it is open. */
export function createTableAlternative(): View {
  const choice = html('select', { class: 'table-choice', 'aria-label': l10n.t('Which numbers') });
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': l10n.t('Numbers') });
  const summary = html('summary', {}, l10n.t('Numbers as a table'));
  const details = html('details', { class: 'table-alternative' }, summary, choice, holder);
  const keyed = createKeyedContent(choice);
  let picture: Picture | null = null;
  let shown: { arrays: Picture['arrays']; name: string } | null = null;
  let shownForm = '';
  let table: HTMLTableElement | null = null;

  const draw = (): void => {
    if (!picture || !details.open) return;
    const { gates } = picture.header;
    keyed(Object.keys(picture.arrays).join(), () =>
      Object.keys(picture?.arrays ?? {}).map((name) => html('option', { value: name }, arrayTitle(name, gates))),
    );
    // Of a first look the gradients have one row of their own only: the whole follows.
    if (picture.header.rowOnly && choice.value.startsWith('gradient.')) return;
    if (shown?.arrays === picture.arrays && shown.name === choice.value) return;
    const numbers = numbersOf(picture, choice.value);
    const form = `${choice.value} ${numbers.rows} ${numbers.steps}`;
    if (form !== shownForm) holder.replaceChildren((table = emptyTable(choice.value, numbers)));
    shown = { arrays: picture.arrays, name: choice.value };
    shownForm = form;
    if (table) fillTable(table, numbers, picture.header);
  };
  details.addEventListener('toggle', draw);
  choice.addEventListener('change', draw);
  return {
    element: details,
    update(next) {
      picture = next;
      const { header, place } = next;
      const label = hasPlaces(header) ? ` · ${placeLabel(place, header)}` : '';
      setText(summary, l10n.t('Numbers as a table') + label);
      draw();
    },
  };
}

function arrayTitle(name: string, gates: readonly GateInfo[]): string {
  const gate = gates.find(({ key }) => name === `gate.${key}`);
  return gate ? `${gateTerm(gate.name)} (${gate.symbol})` : (ARRAY_TITLES[name] ?? name);
}

const ARRAY_TITLES: Record<string, string> = {
  loss: 'J(i)',
  surprisal: '−log₂ p(t)',
  'gradient.hidden': '‖∂J(i)/∂h(j)‖',
  'gradient.cell': '‖∂J(i)/∂c(j)‖',
  'gradient.direct': '‖∂J(i)/∂c(i) ∘ ∏ f‖',
  'gradient.hiddenPath': '‖∂J(i)/∂c(j) − ∏ f‖',
  'gradient.input': '‖∂J(i)/∂x(j)‖',
  'gradient.weight': '‖∂J/∂W_h‖(t)',
};

interface Numbers {
  rows: number;
  steps: number;
  isGate: boolean;
  at(row: number, t: number): number;
}

/** Columns are timesteps; rows are units (gates), loss steps i (matrices) or the one row of a series. */
function numbersOf({ header, arrays }: Picture, name: string): Numbers {
  const { shape, values } = arrays[name];
  const steps = header.tokens.length;
  const isGate = name.startsWith('gate.');
  if (shape.length === 1) return { rows: 1, steps, isGate, at: (_row, t) => values[t] };
  if (!isGate) return { rows: steps, steps, isGate, at: (row, t) => values[row * steps + t] };
  const units = header.hiddenUnits;
  return { rows: units, steps, isGate, at: (unit, t) => values[t * units + unit] };
}

/** The table's cells without their numbers: training changes those every second, the cells stay. */
function emptyTable(name: string, { rows, steps, isGate }: Numbers): HTMLTableElement {
  const cells = <K extends 'th' | 'td'>(tag: K): HTMLElement[] => Array.from({ length: steps }, () => html(tag));
  const head = html('tr', {}, html('th', { scope: 'col' }, isGate ? l10n.t('unit') : 'i'), ...cells('th'));
  for (const cell of head.cells) cell.scope = 'col';
  const body = Array.from({ length: rows }, (_, row) =>
    html('tr', {}, html('th', { scope: 'row' }, String(row)), ...cells('td')),
  );
  const table = html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
  if (isGate) table.dataset.gate = name.slice('gate.'.length);
  table.dataset.array = name;
  return table;
}

function fillTable(table: HTMLTableElement, numbers: Numbers, { tokens }: Picture['header']): void {
  const [head, ...body] = table.rows;
  tokens.forEach((token, t) => setText(head.cells[t + 1], `${t} ${quoted(token.text)}`));
  body.forEach((line, row) => {
    for (let t = 0; t < numbers.steps; t++) {
      const value = numbers.at(row, t);
      setText(line.cells[t + 1], Number.isNaN(value) ? '' : value.toPrecision(9));
    }
  });
}
