// Two continuations of a prefix: how likely each is, token by token, and which tokens of the prefix speak for which.
import * as l10n from '@vscode/l10n';
import type { AgreementAnswer, ScoredContinuation } from '../../src/protocol/agreement';
import { probabilityText, signedText } from '../agreementCurves';
import { signedScale } from '../chart/intervalChart';
import { html, svg } from '../dom';
import { glyphOf, quoted } from '../shownText';
import { measureText } from '../textMeasure';

export type ScoredPair = Extract<AgreementAnswer, { refused: null }>;

const BAR = { height: 62, top: 22, thick: 16, side: 14 };

/** ln P(first) − ln P(second) as a bar from the middle, to the right for the first. */
export function oddsBar({ logOdds, continuations: [first, second] }: ScoredPair, width: number): SVGSVGElement {
  const scale = signedScale([logOdds]);
  const x = (value: number): number =>
    BAR.side + ((value - scale.from) / (scale.to - scale.from)) * (width - 2 * BAR.side);
  const [middle, end] = [x(0), x(logOdds)];
  const below = BAR.top + BAR.thick;
  const said = l10n.t('ln P({0}) − ln P({1}) = {2}', first.text, second.text, signedText(logOdds));
  const text = (at: number, y: number, words: string, style: string): SVGElement =>
    svg('text', { x: at, y, class: style }, words);
  const picture = svg('svg', {
    width,
    height: BAR.height,
    class: 'interval-chart odds-bar',
    role: 'img',
    'aria-label': said,
  });
  picture.append(
    text(BAR.side, 13, l10n.t('← “{0}” likelier', second.text), 'lowers-text'),
    svg(
      'text',
      { x: width - BAR.side, y: 13, class: 'raises-text', 'text-anchor': 'end' },
      l10n.t('“{0}” likelier →', first.text),
    ),
    svg(
      'rect',
      {
        ...{ class: logOdds >= 0 ? 'raises' : 'lowers', x: Math.min(middle, end), y: BAR.top },
        ...{ width: Math.max(1, Math.abs(end - middle)), height: BAR.thick },
      },
      svg('title', {}, said),
    ),
    svg('path', { class: 'interval-reference', d: `M${middle},${BAR.top - 4}V${below + 4}` }),
    ...scale.ticks.flatMap((tick) => [
      svg('path', { class: 'grid', d: `M${x(tick)},${below + 2}v4` }),
      text(x(tick), below + 18, tick === 0 ? '0' : signedText(tick).replace(/\.?0+$/, ''), 'note middle'),
    ]),
  );
  return picture;
}

/** Every continuation with the tokens that it was scored by. */
export function continuationRows(pair: ScoredPair): HTMLElement[] {
  const row = ({ text, tokens, ending, logProbability }: ScoredContinuation): HTMLElement => {
    const parts = tokens.map((token) => `${quoted(token.text)} ${signedText(token.logProbability)}`);
    if (ending !== null) parts.push(l10n.t('word ends {0}', signedText(ending)));
    return html(
      'tr',
      {},
      html('th', { scope: 'row' }, text),
      html('td', {}, probabilityText(logProbability)),
      html('td', {}, signedText(logProbability)),
      html('td', { class: 'words' }, parts.join(' · ')),
    );
  };
  const head = [l10n.t('continuation'), 'P', 'ln P', l10n.t('token by token, ln p')];
  return [
    html(
      'thead',
      {},
      html('tr', {}, ...head.map((name, k) => html('th', { scope: 'col', class: k === 3 ? 'words' : null }, name))),
    ),
    html('tbody', {}, ...pair.continuations.map(row)),
  ];
}

const PREFIX = { height: 116, text: 66, most: 44, least: 13 };

/** The prefix's tokens: bars up for what speaks for the first continuation, down for the second. */
export function prefixBars(pair: ScoredPair): SVGSVGElement {
  const { columns, influence, continuations } = pair;
  const names = columns.map(({ text }) => glyphOf(text) || '␣');
  const widths = names.map((name) => Math.max(PREFIX.least, measureText(name) * 1.45 + 6));
  const width = widths.reduce((sum, own) => sum + own, 0) + 2;
  const largest = Math.max(1e-12, ...influence.map(Math.abs));
  const middle = PREFIX.text - 13;
  const picture = svg('svg', {
    ...{ width, height: PREFIX.height, class: 'interval-chart prefix-bars', role: 'img' },
    'aria-label': l10n.t(
      'What the tokens of the prefix add to ln P({0}) − ln P({1})',
      ...continuations.map(({ text }) => text),
    ),
  });
  let left = 1;
  columns.forEach(({ text, known }, at) => {
    const value = influence[at];
    const [raises, size] = [value >= 0, (Math.abs(value) / largest) * PREFIX.most];
    const speaksFor = continuations[raises ? 0 : 1].text;
    const said = [
      l10n.t('{0}: {1}, speaks for “{2}”', quoted(text), signedText(value), speaksFor),
      ...(known ? [] : [l10n.t('unknown to this model')]),
    ].join('\n');
    const y = raises ? middle - size : PREFIX.text + 6;
    picture.append(
      svg(
        'g',
        {},
        svg('title', {}, said),
        svg('rect', { class: 'interval-target', x: left, y: 0, width: widths[at], height: PREFIX.height }),
        svg('rect', {
          class: raises ? 'raises' : 'lowers',
          x: left + 1.5,
          y,
          width: widths[at] - 3,
          height: Math.max(0.5, size),
        }),
        svg(
          'text',
          { x: left + widths[at] / 2, y: PREFIX.text, class: known ? 'middle' : 'middle not-known' },
          names[at],
        ),
      ),
    );
    left += widths[at];
  });
  return picture;
}
