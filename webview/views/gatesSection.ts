// All gates of the cell, one under the other in one order of units, with their numbers as a table on demand.
import * as l10n from '@vscode/l10n';
import { html, setText } from '../dom';
import type { View, ViewEvents } from '../picture';
import { createGateHeatmap } from './gateHeatmap';
import { createTableAlternative } from './tableAlternative';

/** The section; its rows follow the cell of the frame. */
export function createGatesSection(events: ViewEvents): View {
  const explanation = html('span', { class: 'note' });
  const unitName = html('span', { class: 'header-right' });
  const header = html('div', { class: 'section-header' }, html('b', {}, l10n.t('Gates')), explanation, unitName);
  const rows = html('div');
  const table = createTableAlternative();
  const element = html('section', { class: 'gates', 'aria-label': l10n.t('Gates') }, header, rows, table.element);
  let cell = '';
  let views: View[] = [];
  return {
    element,
    update(picture) {
      const { header: frame } = picture;
      const key = frame.gates.map((gate) => gate.key).join();
      if (key !== cell) {
        cell = key;
        views = frame.gates.map((gate) => createGateHeatmap(gate.key, events));
        rows.replaceChildren(...views.map((view) => view.element));
      }
      setText(
        explanation,
        picture.axis.size === 'S'
          ? orderText(frame.cell, true)
          : `${l10n.t('one row = one of {0} units', frame.hiddenUnits)}, ${orderText(frame.cell, false)}`,
      );
      explanation.title = explanation.textContent;
      setText(unitName, l10n.t('mean / unit {0}', picture.unit));
      for (const view of views) view.update(picture);
      table.update(picture);
    },
  };
}

function orderText(cell: string, short: boolean): string {
  if (short)
    return cell === 'vanilla'
      ? l10n.t('rows sorted by persistence of h')
      : l10n.t('rows sorted by how slowly they forget');
  if (cell === 'vanilla') return l10n.t('slowest to change on top · above: mean |h|');
  return l10n.t('slowest to forget on top · above each: mean line, tinted share under .1 and over .9');
}
