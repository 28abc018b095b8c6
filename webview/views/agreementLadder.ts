// What becomes of the two continuations as phrases come in between, one by one: a chart of their log-odds and a table.
import * as l10n from '@vscode/l10n';
import type { AgreementRung } from '../../src/protocol/agreement';
import { ladderCurves, oddsOf, probabilityText, signedText } from '../agreementCurves';
import type { ScoredProbe } from '../agreementProbe';
import { intervalChart, signedScale } from '../chart/intervalChart';
import { html } from '../dom';
import { measureStrong } from '../textMeasure';
import { ladderSentences } from './agreementWords';
import { drawIntervals } from './intervalPicture';

const HEIGHT = 220;

/** Whether a model's prefix was made longer at all. */
export function isClimbed({ pair: { ladder } }: ScoredProbe): boolean {
  return ladder.kind !== 'none' && ladder.rungs.length > 0;
}

/** @param probes at least one, climbed */
export function drawLadder(probes: readonly ScoredProbe[], width: number): SVGSVGElement {
  const curves = ladderCurves(probes);
  const scale = signedScale(curves.flatMap(({ values }) => values.map(({ value }) => value)));
  const count = Math.max(...probes.map(({ pair: { ladder } }) => Math.max(ladder.rungs.length, ladder.control.length)));
  const size = { width, height: HEIGHT, hasCounts: false };
  const chart = intervalChart(curves, count, scale, size, measureStrong);
  const [{ words, pair }] = probes;
  const isGenerated = pair.ladder.kind === 'generated';
  return drawIntervals(chart, scale, size, {
    label: ladderSentences(probes).join(' '),
    classes: Array.from({ length: count }, (_, at) => String(isGenerated ? at : at + 1)),
    counts: [],
    axis: isGenerated
      ? l10n.t('nouns put in between; height: ln P({0}) − ln P({1}), above 0 “{0}” is likelier', ...words)
      : l10n.t('step; height: ln P({0}) − ln P({1}), above 0 “{0}” is likelier', ...words),
    tick: (value) => (value === 0 ? '0' : signedText(value).replace(/\.?0+$/, '')),
    reference: { value: 0, text: '' },
  });
}

export function ladderRows(probes: readonly ScoredProbe[]): HTMLElement[] {
  const several = probes.length > 1;
  const [{ words }] = probes;
  const hasUnknown = probes.some(({ pair: { ladder } }) =>
    [...ladder.rungs, ...ladder.control].some(({ unknown }) => unknown.length > 0),
  );
  const row =
    (model: string, kind: string) =>
    (rung: AgreementRung): HTMLElement =>
      html(
        'tr',
        {},
        ...(several ? [html('td', { class: 'words' }, model)] : []),
        html('td', { class: 'words' }, kind),
        html('td', {}, rung.count === null ? '' : String(rung.count)),
        ...rung.logProbabilities.map((logarithm) => html('td', {}, probabilityText(logarithm))),
        html('td', {}, signedText(oddsOf(rung))),
        html('th', { scope: 'row', class: 'words' }, rung.prefix),
        ...(hasUnknown ? [html('td', { class: 'words' }, rung.unknown.join(', '))] : []),
      );
  const rowsOf = ({ name, pair: { ladder } }: ScoredProbe): HTMLElement[] => [
    ...ladder.rungs.map(row(name, ladder.kind === 'generated' ? l10n.t('attractors') : l10n.t('own steps'))),
    ...ladder.control.map(row(name, l10n.t('same number'))),
  ];
  const heads: [string, boolean][] = [
    ...(several ? [[l10n.t('model'), true] as [string, boolean]] : []),
    [l10n.t('nouns put in'), true],
    [l10n.t('how many'), false],
    ...words.map((word): [string, boolean] => [`P(${word})`, false]),
    [l10n.t('ln odds'), false],
    [l10n.t('prefix'), true],
    ...(hasUnknown ? [[l10n.t('unknown words'), true] as [string, boolean]] : []),
  ];
  return [
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map(([name, isWords]) => html('th', { scope: 'col', class: isWords ? 'words' : null }, name)),
      ),
    ),
    html('tbody', {}, ...probes.flatMap(rowsOf)),
  ];
}

/** Whether models were given other phrases, as they know other nouns. */
export function phrasesDiffer(probes: readonly ScoredProbe[]): boolean {
  const prefixes = probes.map(({ pair: { ladder } }) => ladder.rungs.map(({ prefix }) => prefix));
  return prefixes.some((own) => own.some((prefix, at) => prefixes.some((other) => (other[at] ?? prefix) !== prefix)));
}
