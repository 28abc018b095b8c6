// A set of agreement items as a table: every model, by attractors and by construction.
import * as l10n from '@vscode/l10n';
import { FEW_ITEMS, type AgreementCell } from '../../src/protocol/agreement';
import { percent, type ScoredModel } from '../agreementCurves';
import { html } from '../dom';
import type { NumberFormats } from '../numberFormats';

export function setTable(scored: readonly ScoredModel[], formats: NumberFormats): HTMLElement {
  const row = (
    name: string,
    kind: string,
    { attractors, n, hits, accuracy, low, high, majority, frequent }: AgreementCell,
  ) =>
    html(
      'tr',
      { class: n < FEW_ITEMS ? 'few' : null },
      html('th', { scope: 'row' }, name),
      html('td', { class: 'words' }, kind),
      ...[
        attractors === null ? '' : String(attractors),
        formats.integer(n),
        formats.integer(hits),
        ...(n === 0 ? ['–', '–'] : [percent(accuracy), `${percent(low)}–${percent(high)}`]),
        majority === null ? '' : percent(majority),
        frequent === null ? '' : percent(frequent),
      ].map((text) => html('td', {}, text)),
    );
  const heads = [
    ...[l10n.t('model'), l10n.t('items'), l10n.t('attractors'), 'n', l10n.t('right'), l10n.t('accuracy')],
    ...[l10n.t('95 % interval'), l10n.t('majority'), l10n.t('frequent form')],
  ];
  return html(
    'table',
    {},
    html(
      'thead',
      {},
      html('tr', {}, ...heads.map((name, k) => html('th', { scope: 'col', class: k < 2 ? 'words' : null }, name))),
    ),
    html(
      'tbody',
      {},
      ...scored.flatMap(({ name, value }) => [
        row(name, l10n.t('all items'), value.overall),
        ...value.all
          .filter(({ attractors }) => attractors !== null)
          .map((cell) => row(name, l10n.t('all items'), cell)),
        ...value.strict.map((cell) => row(name, l10n.t('attractors only'), cell)),
        ...value.conditions.map(({ name: condition, cell }) => row(name, condition, cell)),
      ]),
    ),
  );
}
