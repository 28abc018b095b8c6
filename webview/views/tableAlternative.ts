// The numbers behind a heatmap as a real table, for those who read or copy them: full float32 precision, units in model order.
import * as l10n from '@vscode/l10n';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { createKeyedContent, html } from '../dom';
import type { Picture, View } from '../picture';
import { quoted } from '../shownText';
import { gateTerm } from './gateTerms';

/** A disclosure that builds the table of one chosen array only while it is open. */
export function createTableAlternative(): View {
  const choice = html('select', { class: 'table-choice', 'aria-label': l10n.t('Which numbers') });
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': l10n.t('Numbers') });
  const details = html(
    'details',
    { class: 'table-alternative' },
    html('summary', {}, l10n.t('Numbers as a table')),
    choice,
    holder,
  );
  const keyed = createKeyedContent(choice);
  let picture: Picture | null = null;
  let shown: { arrays: Picture['arrays']; name: string } | null = null;

  const draw = (): void => {
    if (!picture || !details.open) return;
    const { gates } = picture.header;
    keyed(Object.keys(picture.arrays).join(), () =>
      Object.keys(picture?.arrays ?? {}).map((name) => html('option', { value: name }, arrayTitle(name, gates))),
    );
    if (shown?.arrays === picture.arrays && shown.name === choice.value) return;
    shown = { arrays: picture.arrays, name: choice.value };
    holder.replaceChildren(tableOf(picture, choice.value));
  };
  details.addEventListener('toggle', draw);
  choice.addEventListener('change', draw);
  return {
    element: details,
    update(next) {
      picture = next;
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

/** Columns are timesteps; rows are units (gates), loss steps i (matrices) or the one row of a series. */
function tableOf({ header, arrays }: Picture, name: string): HTMLTableElement {
  const { shape, values } = arrays[name];
  const steps = header.tokens.length;
  const isGate = name.startsWith('gate.');
  const rows = shape.length === 1 ? 1 : isGate ? header.hiddenUnits : steps;
  const at = (row: number, t: number): number =>
    shape.length === 1 ? values[t] : isGate ? values[t * rows + row] : values[row * steps + t];
  const head = html(
    'tr',
    {},
    html('th', { scope: 'col' }, isGate ? l10n.t('unit') : 'i'),
    ...header.tokens.map((token, t) => html('th', { scope: 'col' }, `${t} ${quoted(token.text)}`)),
  );
  const body = Array.from({ length: rows }, (_, row) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, String(row)),
      ...header.tokens.map((_token, t) => html('td', {}, Number.isNaN(at(row, t)) ? '' : at(row, t).toPrecision(9))),
    ),
  );
  const table = html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
  if (isGate) table.dataset.gate = name.slice('gate.'.length);
  table.dataset.array = name;
  return table;
}
