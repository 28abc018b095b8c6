// All gates of the cell, layer by layer from the top, in one order of a layer's units, then how they saturate, the pinned unit, and the numbers as a table.
import * as l10n from '@vscode/l10n';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { createKeyedContent, html, setText } from '../dom';
import { placesFromTop } from '../networkPlace';
import type { View, ViewEvents } from '../picture';
import { ORDER_CHOICE, orderChoice, orderChoices, type OrderChoice } from '../unitOrder';
import { EVERY_UNIT_CHOICE } from './gateHeatmap';
import { gateTerm } from './gateTerms';
import { createPlaceGates } from './placeGates';
import { createSaturationPlots } from './saturationPlots';
import { createTableAlternative } from './tableAlternative';
import { createUnitPanel } from './unitPanel';

/** Width of the pictures from which all that the header says stands on one line, px, and what a row is; what does not stands in its tooltip. */
const ROOM_FOR_ALL = 1150;
const ROOM_FOR_ROWS = 740;

/** The section; its rows follow the cell of the frame. */
export function createGatesSection(events: ViewEvents): View {
  const explanation = html('span', { class: 'note' });
  const unitName = html('span', { class: 'header-right' });
  const order = html('select', { class: 'gates-order' });
  order.addEventListener('change', () => events.choose(ORDER_CHOICE, order.value));
  const everyUnit = html('input', { type: 'checkbox' });
  everyUnit.addEventListener('change', () => events.choose(EVERY_UNIT_CHOICE, everyUnit.checked));
  const header = html(
    'div',
    { class: 'section-header' },
    html('b', {}, l10n.t('Gates')),
    html('label', { class: 'gates-choice' }, l10n.t('order'), order),
    html(
      'label',
      {
        class: 'gates-choice toggle',
        title: l10n.t('At least one line of the screen for every unit, instead of means of neighbours'),
      },
      everyUnit,
      l10n.t('every unit'),
    ),
    explanation,
    unitName,
  );
  const rows = html('div');
  const saturation = createSaturationPlots(events);
  const unit = createUnitPanel(events);
  const table = createTableAlternative();
  const element = html(
    'section',
    { class: 'gates', 'aria-label': l10n.t('Gates') },
    header,
    rows,
    unit.element,
    saturation.element,
    table.element,
  );
  const fillOrders = createKeyedContent(order);
  let cell = '';
  let views: View[] = [];
  return {
    element,
    update(picture) {
      const { header: frame, sections } = picture;
      const keys = frame.gates.map((gate) => gate.key);
      const key = keys.join();
      const network = `${key} ${frame.layers ?? 1} ${frame.bidirectional ?? false}`;
      if (network !== cell) {
        cell = network;
        views = placesFromTop(frame).map((place) => createPlaceGates(place, keys, events));
        rows.replaceChildren(...views.map((view) => view.element));
      }
      fillOrders(`${frame.cell} ${key}`, () =>
        orderChoices(frame).map((choice) => html('option', { value: choice }, orderName(choice, frame))),
      );
      const choice = orderChoice(sections, frame);
      if (order.value !== choice) order.value = choice;
      everyUnit.checked = sections[EVERY_UNIT_CHOICE] === true;
      const meaning = orderMeaning(choice, frame);
      const rowIs = `${l10n.t('one row = one of {0} units', frame.hiddenUnits)}, ${meaning}`;
      const all = `${rowIs} · ${aboveText(frame)}`;
      const { size, width } = picture.axis;
      setText(explanation, size === 'S' ? '' : width < ROOM_FOR_ROWS ? meaning : width < ROOM_FOR_ALL ? rowIs : all);
      explanation.title = all;
      order.title = `${meaning} · ${aboveText(frame)}`;
      setText(unitName, l10n.t('mean / unit {0}', picture.unit));
      for (const view of [...views, unit, saturation, table]) view.update(picture);
    },
  };
}

function orderName(choice: OrderChoice, { gates }: FrameHeader): string {
  if (choice === 'timeConstant') return l10n.t('time constant');
  if (choice === 'similarity') return l10n.t('similarity');
  if (choice === 'index') return l10n.t('number');
  const gate = gates.find(({ key }) => choice === `mean.${key}`);
  return gate ? l10n.t('mean of {0} ({1})', gate.symbol, gateTerm(gate.name)) : choice;
}

/** What stands above the heatmaps. */
function aboveText({ cell }: FrameHeader): string {
  return cell === 'vanilla'
    ? l10n.t('above: mean |h|')
    : l10n.t('above each: mean line, tinted share under .1 and over .9');
}

/** What the chosen order means. */
function orderMeaning(choice: OrderChoice, { cell, gates }: FrameHeader): string {
  if (choice === 'index') return l10n.t('in the order of the model');
  if (choice === 'similarity') return l10n.t('similar h side by side');
  if (choice !== 'timeConstant') {
    const symbol = gates.find(({ key }) => choice === `mean.${key}`)?.symbol ?? '';
    return l10n.t('largest mean of {0} on top', symbol);
  }
  if (cell === 'lstm') return l10n.t('slowest to forget on top');
  return cell === 'gru' ? l10n.t('slowest to update on top') : l10n.t('slowest to change on top');
}
