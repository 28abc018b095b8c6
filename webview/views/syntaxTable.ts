// The arcs as a table: for who reads them that way, and the rows of the file that is saved.
import * as l10n from '@vscode/l10n';
import { html } from '../dom';
import { float32Text, type Table } from '../export/table';
import { shareText } from '../shownText';
import { relationGloss } from '../syntaxGlosses';
import { agreementAt, type SyntaxMeasures } from '../syntaxMeasures';
import { probabilityText } from '../syntaxSentences';

export interface SyntaxTable {
  readonly element: HTMLElement;
  /** null while it is not shown. */
  update(measures: SyntaxMeasures | null): void;
}

export function createSyntaxTable(): SyntaxTable {
  const element = html('div', {
    class: 'table-holder syntax-table off-axis',
    ...{ tabindex: 0, role: 'region', 'aria-label': l10n.t('Arcs as a table'), hidden: true },
  });
  return {
    element,
    update(measures) {
      if (measures === null) return element.replaceChildren();
      const head = [
        ...[l10n.t('word'), l10n.t('part of speech'), l10n.t('head'), l10n.t('relation'), l10n.t('meaning')],
        ...[l10n.t('probability'), l10n.t('share of the gradient')],
      ];
      const rows = measures.sentences.flatMap((shown) =>
        shown.arcs.map((arc, at) => {
          const word = shown.sentence.words[at];
          const pair = agreementAt(shown, at);
          const cells = [
            word.upos ?? '',
            arc.head === 0 ? '–' : shown.sentence.words[arc.head - 1].text,
            arc.relation,
            relationGloss(arc.relation),
            arc.marginal === null ? '' : probabilityText(arc.marginal),
            pair ? shareText(pair.share) : '',
          ];
          return html('tr', {}, html('th', { scope: 'row' }, word.text), ...cells.map((text) => html('td', {}, text)));
        }),
      );
      element.replaceChildren(
        html(
          'table',
          {},
          html('thead', {}, html('tr', {}, ...head.map((text) => html('th', { scope: 'col' }, text)))),
          html('tbody', {}, ...rows),
        ),
      );
    },
  };
}

/** A row per word: its place, its arc in the reading shown, and what of the gradient is on it. */
export function syntaxRows({ sentences, answer }: SyntaxMeasures): Table {
  return {
    columns: [
      ...['source', 'sentence', 'reading', 'reading_probability', 'word', 'form', 'start', 'upos'],
      ...['head', 'head_form', 'relation', 'arc_probability', 'gradient_share', 'gradient_follows'],
    ],
    rows: sentences.flatMap((shown, k) =>
      shown.arcs.map((arc, at) => {
        const { words, readings } = shown.sentence;
        const pair = agreementAt(shown, at);
        return [
          ...[answer?.source ?? null, k + 1, shown.reading + 1, readings[shown.reading].probability],
          ...[at + 1, words[at].text, words[at].start, words[at].upos],
          ...[arc.head, arc.head === 0 ? null : words[arc.head - 1].text, arc.relation, arc.marginal],
          ...[pair ? float32Text(Math.fround(pair.share)) : null, followed(pair?.stands ?? null)],
        ];
      }),
    ),
  };
}

const followed = (stands: boolean | null): number | null => (stands === null ? null : stands ? 1 : 0);
