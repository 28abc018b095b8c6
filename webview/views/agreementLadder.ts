// What becomes of the two continuations as phrases come in between, one by one: a chart of their log-odds and a table.
import * as l10n from '@vscode/l10n';
import type { AgreementLadder, AgreementRung } from '../../src/protocol/agreement';
import { ladderCurves, oddsOf, probabilityText, signedText } from '../agreementCurves';
import { intervalChart, signedScale } from '../chart/intervalChart';
import { html } from '../dom';
import { measureText } from '../textMeasure';
import { ladderSentence } from './agreementWords';
import { drawIntervals } from './intervalPicture';

const HEIGHT = 220;

export function drawLadder(ladder: AgreementLadder, words: readonly [string, string], width: number): SVGSVGElement {
  const curves = ladderCurves(ladder, words);
  const scale = signedScale(curves.flatMap(({ values }) => values.map(({ value }) => value)));
  const count = Math.max(ladder.rungs.length, ladder.control.length);
  const size = { width, height: HEIGHT, hasCounts: false };
  const chart = intervalChart(curves, count, scale, size, measureText);
  const isGenerated = ladder.kind === 'generated';
  return drawIntervals(chart, scale, size, {
    label: ladderSentence(ladder, words),
    classes: Array.from({ length: count }, (_, at) => String(isGenerated ? at : at + 1)),
    counts: [],
    axis: isGenerated
      ? l10n.t('nouns put in between; height: ln P({0}) − ln P({1}), above 0 “{0}” is likelier', ...words)
      : l10n.t('step; height: ln P({0}) − ln P({1}), above 0 “{0}” is likelier', ...words),
    tick: (value) => (value === 0 ? '0' : signedText(value).replace(/\.?0+$/, '')),
    reference: { value: 0, text: '' },
  });
}

export function ladderRows(ladder: AgreementLadder, words: readonly [string, string]): HTMLElement[] {
  const hasUnknown = [...ladder.rungs, ...ladder.control].some(({ unknown }) => unknown.length > 0);
  const row =
    (kind: string) =>
    (rung: AgreementRung): HTMLElement =>
      html(
        'tr',
        {},
        html('td', { class: 'words' }, kind),
        html('td', {}, rung.count === null ? '' : String(rung.count)),
        ...rung.logProbabilities.map((logarithm) => html('td', {}, probabilityText(logarithm))),
        html('td', {}, signedText(oddsOf(rung))),
        html('th', { scope: 'row', class: 'words' }, rung.prefix),
        ...(hasUnknown ? [html('td', { class: 'words' }, rung.unknown.join(', '))] : []),
      );
  const attractors = ladder.kind === 'generated' ? l10n.t('attractors') : l10n.t('own steps');
  const heads: [string, boolean][] = [
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
    html('tbody', {}, ...ladder.rungs.map(row(attractors)), ...ladder.control.map(row(l10n.t('same number')))),
  ];
}
