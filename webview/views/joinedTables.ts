// The joined measure in numbers: by relation, and every curve at every distance.
import * as l10n from '@vscode/l10n';
import { FEW_ARCS, type ArcsAgainstNull, type JoinedAnswer, type JoinedRelation } from '../../src/protocol/joined';
import { html } from '../dom';
import { distanceNames, orderName, percent, type JoinedChoice, type MeasuredArcs } from '../joinedCurves';
import type { NumberFormats } from '../numberFormats';
import { scientific } from '../shownText';
import { relationGloss } from '../syntaxGlosses';

/** "1.8 (1.6–2.1)". */
const ratioText = (found: ArcsAgainstNull | null): string =>
  found === null ? '–' : `${scientific(found.ratio)} (${scientific(found.low)}–${scientific(found.high)})`;

/** The first `words` columns hold words. */
function head(words: number, ...names: string[]): HTMLElement {
  const cell = (name: string, k: number): HTMLElement =>
    html('th', { scope: 'col', class: k < words ? 'words' : null }, name);
  return html('thead', {}, html('tr', {}, ...names.map(cell)));
}

const cells = (texts: readonly string[]): HTMLElement[] => texts.map((text) => html('td', {}, text));

/** Of one model, most frequent first; greyed where there are few. */
export function relationRows(
  { relations }: JoinedAnswer,
  { asked }: JoinedChoice,
  formats: NumberFormats,
): HTMLElement[] {
  const row = ({ relation, order, n, coarse, value, share }: JoinedRelation): HTMLElement =>
    html(
      'tr',
      { class: n < FEW_ARCS ? 'few' : null },
      html('th', { scope: 'row', title: relationGloss(relation) }, relation),
      html('td', { class: 'words' }, orderName(order)),
      ...cells([
        ratioText(value),
        ratioText(share),
        share === null ? '–' : percent(share.arc),
        share === null ? '–' : percent(share.none),
        formats.integer(n),
        formats.integer(coarse),
      ]),
    );
  return [
    head(
      2,
      ...[l10n.t('relation'), l10n.t('order'), l10n.t('gradient, arc : none'), l10n.t('share, arc : none')],
      ...[l10n.t('share at arcs'), l10n.t('share without'), l10n.t('arcs'), l10n.t('matched coarsely')],
    ),
    html('tbody', {}, ...relations.filter((one) => one.asked === asked).map(row)),
  ];
}

export function distanceTable(models: readonly MeasuredArcs[], formats: NumberFormats): HTMLElement {
  const names = distanceNames();
  const rows = models.flatMap(({ name, value }) =>
    value.curves.flatMap(({ order, asked, points }) =>
      points.map(({ n, value: norms, share }, at) =>
        html(
          'tr',
          { class: n < FEW_ARCS ? 'few' : null },
          html('th', { scope: 'row' }, name),
          html('td', { class: 'words' }, orderName(order)),
          html('td', { class: 'words' }, asked === 'later' ? l10n.t('later') : l10n.t('earlier')),
          ...cells([
            names[at],
            norms === null ? '–' : scientific(norms.arc),
            norms === null ? '–' : scientific(norms.none),
            ratioText(norms),
            ratioText(share),
            formats.integer(n),
          ]),
        ),
      ),
    ),
  );
  return html(
    'table',
    {},
    head(
      3,
      ...[l10n.t('model'), l10n.t('order'), l10n.t('loss of the'), l10n.t('distance')],
      ...[l10n.t('norm at arcs'), l10n.t('norm without'), l10n.t('gradient, arc : none')],
      ...[l10n.t('share, arc : none'), l10n.t('arcs')],
    ),
    html('tbody', {}, ...rows),
  );
}
