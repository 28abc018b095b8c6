// What pushes each gate of the unit open or shut at the focus step: past, input and bias side by side, a bar for each on one scale.
import * as l10n from '@vscode/l10n';
import { html } from '../dom';
import { decimal } from '../geometry/cellNumbers';
import { weightedGates, type GateTerms } from '../geometry/cellTermNumbers';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { UNKNOWN, type CellPicture } from './cellPicture';
import { gateTerm } from './gateTerms';
import { signedBar } from './signedBar';

/** The table; terms of other weights or another window are dimmed by their owner. Before they are known it has its rows already. */
export function cellTermsTable(picture: CellPicture): HTMLElement {
  const { terms, termDecimals } = picture;
  const all = terms ?? [];
  const largest = Math.max(1e-9, ...all.flatMap((one) => shares(one).map(Math.abs)));
  const hasGates = picture.cell !== 'vanilla';
  const head = [
    hasGates ? l10n.t('gate') : l10n.t('state'),
    l10n.t('past'),
    l10n.t('input'),
    l10n.t('bias'),
    'z',
    l10n.t('value'),
  ];
  const titles = [
    '',
    l10n.t('W h(t−1): what the states of all units before contribute'),
    l10n.t('U x(t): what the token read contributes'),
    l10n.t('b: what is added at every step'),
    hasGates
      ? l10n.t('the sum of the three, which the activation turns into the gate’s value')
      : l10n.t('the sum of the three, which the activation turns into the state'),
    '',
  ];
  return html(
    'table',
    { class: 'cell-terms' },
    html('caption', {}, hasGates ? l10n.t('What the gates add up') : l10n.t('What the unit adds up')),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...head.map((name, k) => html('th', { scope: 'col', title: titles[k], class: k > 3 ? 'last' : '' }, name)),
      ),
    ),
    html(
      'tbody',
      {},
      ...(terms === null
        ? weightedGates({ cell: picture.cell, gates: Object.values(picture.gates) }).map(rowToCome)
        : []),
      ...all.map((one) => {
        const { gate, values } = one;
        return html(
          'tr',
          { 'data-gate': gate.key },
          rowHead(gate),
          ...shares(one).map((value, k) =>
            barCell(value, largest, decimal(value, termDecimals.inputs), termTitle(one, k)),
          ),
          html('td', { class: 'sum' }, decimal(values.sum, termDecimals.results)),
          html('td', { class: 'value' }, decimal(values.value, termDecimals.results)),
        );
      }),
    ),
  );
}

function rowHead(gate: GateInfo): HTMLElement {
  return html(
    'th',
    { scope: 'row', title: gate.equation },
    html('span', { class: 'gate-symbol' }, gate.symbol),
    html('span', { class: 'gate-name' }, ` ${gateTerm(gate.name)}`),
  );
}

function rowToCome(gate: GateInfo): HTMLElement {
  const values = Array.from({ length: 5 }, () => html('td', {}, UNKNOWN));
  return html('tr', { 'data-gate': gate.key, class: 'to-come' }, rowHead(gate), ...values);
}

/** What past, input and bias add to z. */
function shares({ values, resetsAfter }: GateTerms): number[] {
  const past = resetsAfter ? values.reset * (values.past + values.second) : values.past;
  return [past, values.input, values.bias];
}

function termTitle({ gate, resetsAfter }: GateTerms, column: number): string {
  if (column === 0 && resetsAfter) return l10n.t('r (W_h h(t−1) + b_hh): the reset gate acts after the product');
  return gate.equation;
}

/** A number and a bar that begins in the middle of its room: to the right for what opens, to the left for what shuts. */
function barCell(value: number, largest: number, text: string, title: string): HTMLElement {
  return html('td', { title }, html('span', { class: 'term' }, html('span', {}, text), signedBar(value / largest)));
}
