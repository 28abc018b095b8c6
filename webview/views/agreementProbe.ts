// What the models say of two continuations of a prefix: how likely each is, arrows into that prediction, and the ladder of attractors.
import * as l10n from '@vscode/l10n';
import { signedText } from '../agreementCurves';
import type { ScoredProbe } from '../agreementProbe';
import { createKeyedContent, html, setShown, setText } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { beginningTexts, modelName } from '../runText';
import { createPrefixArrows } from './agreementArrows';
import { prefixTable } from './agreementArrowWords';
import { drawLadder, isClimbed, ladderRows, phrasesDiffer } from './agreementLadder';
import { continuationRows, oddsBars } from './agreementPair';
import { ladderSentences, pairSentences } from './agreementWords';
import { createFoldedTable } from './foldedSection';
import { createChangeGuard } from './track';

const WIDEST = 760;
/** Before the page has a width. */
const NARROWEST = 240;
const WIDEST_BAR = 460;
/** Names of models take a part of it. */
const WIDEST_BARS = 620;

export interface AgreementProbeView {
  readonly element: HTMLElement;
  /** At least one model; `width` of the panel in px. */
  update(probes: readonly ScoredProbe[], width: number, stale: boolean): void;
}

export function createAgreementProbe(formats: NumberFormats): AgreementProbeView {
  const head = html(
    'div',
    { class: 'card-head agreement-pair-head' },
    html('h3', {}, l10n.t('Which continuation is likelier')),
  );
  const said = html('p', { class: 'reading-sentence reading-lines' });
  const bar = html('div', { class: 'agreement-bar' });
  const pair = tableOf(l10n.t('Continuations, token by token'));
  const arrows = createPrefixArrows();
  const prefixNote = html('p', { class: 'figure-note agreement-prefix-note' });
  const arrowTable = createFoldedTable(l10n.t('What the words of the prefix add, as a table'));
  const ladderHead = html(
    'div',
    { class: 'card-head agreement-ladder-head' },
    html('h3', {}, l10n.t('With attractors in between')),
  );
  const ladderSaid = html('p', { class: 'reading-sentence reading-lines' });
  const ladder = html('div', { class: 'agreement-ladder-figure' });
  const ladderNote = html('p', { class: 'figure-note agreement-ladder-note' });
  const ladderTable = tableOf(l10n.t('Prefixes with attractors as a table'));
  const ladderFigure = html('div', {}, ladder, ladderNote, ladderTable.holder);
  const element = html(
    'div',
    {},
    ...[head, said, bar, pair.holder, arrows.element, prefixNote, arrowTable.element],
    ...[ladderHead, ladderSaid, ladderFigure],
  );
  const [fillSaid, fillLadderSaid] = [createKeyedContent(said), createKeyedContent(ladderSaid)];
  const [redrawn, tabled] = [createChangeGuard(), createChangeGuard()];
  let last: readonly ScoredProbe[] = [];
  const fillArrowTable = (): void => {
    if (arrowTable.element.open && tabled(last.map((probe) => probe.pair)))
      arrowTable.holder.replaceChildren(prefixTable(last));
  };
  arrowTable.element.addEventListener('toggle', fillArrowTable);

  return {
    element,
    update(probes, panel, stale) {
      last = probes;
      element.classList.toggle('stale', stale);
      const lines = (sentences: readonly string[]) => sentences.map((text) => html('span', {}, text));
      const [sentences, ladders] = [pairSentences(probes), ladderSentences(probes)];
      fillSaid(sentences.join('\n'), () => lines(sentences));
      fillLadderSaid(ladders.join('\n'), () => lines(ladders));
      setText(prefixNote, `${arrowsNote(probes)} ${captionOf(probes, formats)}`);
      const climbed = probes.filter(isClimbed);
      setShown(ladderFigure, climbed.length > 0);
      setText(ladderNote, [...ladderNotes(climbed), captionOf(climbed, formats)].join(' '));
      const width = Math.max(NARROWEST, Math.min(WIDEST, panel - 24));
      const drawn = probes.flatMap((probe) => [probe.pair, probe.name, ...probe.words]);
      fillArrowTable();
      if (!redrawn([...drawn, width])) return;
      bar.replaceChildren(oddsBars(probes, Math.min(probes.length > 1 ? WIDEST_BARS : WIDEST_BAR, width)));
      pair.table.replaceChildren(...continuationRows(probes));
      arrows.update(probes);
      if (climbed.length === 0) return;
      ladder.classList.toggle('several', climbed.length > 1);
      ladder.replaceChildren(drawLadder(climbed, width));
      ladderTable.table.replaceChildren(...ladderRows(climbed));
    },
  };
}

function tableOf(label: string): { holder: HTMLElement; table: HTMLElement } {
  const table = html('table', {});
  return {
    table,
    holder: html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': label }, table),
  };
}

function arrowsNote(probes: readonly ScoredProbe[]): string {
  const [{ words }] = probes;
  const largest = Math.max(0, ...probes.flatMap(({ pair }) => Array.from(pair.influence, Math.abs)));
  const sums = probes.map(({ name, pair }) => {
    const sum = signedText(pair.influence.reduce((total, value) => total + value, 0));
    const told = l10n.t('they add up to {0} of {1}', sum, signedText(pair.logOdds));
    return probes.length > 1 ? `${name}: ${told}` : told;
  });
  return [
    l10n.t(
      'Arrows: gradient × input of ln P({0}) − ln P({1}) in nats, above the words what speaks for “{0}”, below what speaks for “{1}”; the widest is {2}. Struck through: unknown.',
      ...[...words, largest.toPrecision(2)],
    ),
    l10n.t('A first-order reading, not shares of the odds ({0}).', sums.join('; ')),
  ].join(' ');
}

function ladderNotes(climbed: readonly ScoredProbe[]): string[] {
  if (climbed[0]?.pair.ladder.kind !== 'generated') return [];
  return [
    climbed.length > 1
      ? l10n.t('Pale and thin: the same phrases with nouns of the subject’s own number, what distance alone does.')
      : l10n.t(
          'Filled: nouns of the other number; hollow: the same phrases with nouns of the subject’s own number, what distance alone does.',
        ),
    ...(phrasesDiffer(climbed) ? [l10n.t('Models that know other nouns are given other phrases: see the table.')] : []),
  ];
}

/** What the numbers are of. */
function captionOf(probes: readonly ScoredProbe[], formats: NumberFormats): string {
  return probes
    .map(({ record, step }) =>
      [
        ...(probes.length > 1 ? [] : [record.source.name]),
        modelName(record.config),
        ...beginningTexts(record, formats),
        l10n.t('step {0}', formats.integer(step ?? record.step)),
      ].join(' · '),
    )
    .join(' | ');
}
