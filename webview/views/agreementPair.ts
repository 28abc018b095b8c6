// Two continuations of a prefix: how likely each model finds them, as bars and token by token.
import * as l10n from '@vscode/l10n';
import type { ScoredContinuation } from '../../src/protocol/agreement';
import { probabilityText, signedText } from '../agreementCurves';
import type { ScoredProbe } from '../agreementProbe';
import { signedScale } from '../chart/intervalChart';
import { html, svg } from '../dom';
import { quoted } from '../shownText';
import { measureText } from '../textMeasure';

const BAR = { row: 22, top: 22, thick: 16, side: 14, below: 24 };

/** ln P(first) − ln P(second) of each model as a bar from the middle, to the right for the first continuation. */
export function oddsBars(probes: readonly ScoredProbe[], width: number): SVGSVGElement {
  const [{ pair: shown }] = probes;
  const [first, second] = shown.continuations;
  const scale = signedScale(probes.map(({ pair }) => pair.logOdds));
  const several = probes.length > 1;
  const left = BAR.side + (several ? Math.max(...probes.map(({ name }) => measureText(name) * 1.1)) + 8 : 0);
  const x = (value: number): number =>
    left + ((value - scale.from) / (scale.to - scale.from)) * (width - BAR.side - left);
  const below = BAR.top + BAR.row * (probes.length - 1) + BAR.thick;
  const saidOf = ({ name, pair }: ScoredProbe): string => {
    const odds = l10n.t('ln P({0}) − ln P({1}) = {2}', first.text, second.text, signedText(pair.logOdds));
    return several ? `${name}: ${odds}` : odds;
  };
  const text = (at: number, y: number, words: string, style: string): SVGElement =>
    svg('text', { x: at, y, class: style }, words);
  const height = below + BAR.below;
  const picture = svg('svg', {
    ...{ width, height, class: 'interval-chart odds-bar', role: 'img' },
    'aria-label': probes.map(saidOf).join('; '),
  });
  picture.append(
    text(left, 13, l10n.t('← “{0}” likelier', second.text), 'note'),
    svg('text', { x: width - BAR.side, y: 13, class: 'note end' }, l10n.t('“{0}” likelier →', first.text)),
    ...probes.flatMap((probe, row) => {
      const { logOdds } = probe.pair;
      const [y, middle, end] = [BAR.top + BAR.row * row, x(0), x(logOdds)];
      const box = { x: Math.min(middle, end), y, width: Math.max(1, Math.abs(end - middle)), height: BAR.thick };
      return [
        ...(several ? [text(BAR.side, y + 12, probe.name, probe.index === 0 ? 'line-name' : '')] : []),
        svg('rect', { class: logOdds >= 0 ? 'raises' : 'lowers', ...box }, svg('title', {}, saidOf(probe))),
      ];
    }),
    svg('path', { class: 'interval-reference', d: `M${x(0)},${BAR.top - 4}V${below + 4}` }),
    ...scale.ticks.flatMap((tick) => [
      svg('path', { class: 'grid', d: `M${x(tick)},${below + 2}v4` }),
      text(x(tick), below + 18, tick === 0 ? '0' : signedText(tick).replace(/\.?0+$/, ''), 'note middle'),
    ]),
  );
  return picture;
}

/** Every continuation of every model with the tokens that it was scored by. */
export function continuationRows(probes: readonly ScoredProbe[]): HTMLElement[] {
  const several = probes.length > 1;
  const row = (name: string, { text, tokens, ending, logProbability }: ScoredContinuation): HTMLElement => {
    const parts = tokens.map((token) => `${quoted(token.text)} ${signedText(token.logProbability)}`);
    if (ending !== null) parts.push(l10n.t('word ends {0}', signedText(ending)));
    return html(
      'tr',
      {},
      ...(several ? [html('td', { class: 'words' }, name)] : []),
      html('th', { scope: 'row' }, text),
      html('td', {}, probabilityText(logProbability)),
      html('td', {}, signedText(logProbability)),
      html('td', { class: 'words' }, parts.join(' · ')),
    );
  };
  const heads = [
    { name: l10n.t('model'), isWords: true },
    { name: l10n.t('continuation'), isWords: false },
    { name: 'P', isWords: false },
    { name: 'ln P', isWords: false },
    { name: l10n.t('token by token, ln p'), isWords: true },
  ].slice(several ? 0 : 1);
  return [
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map(({ name, isWords }) => html('th', { scope: 'col', class: isWords ? 'words' : null }, name)),
      ),
    ),
    html(
      'tbody',
      {},
      ...probes.flatMap(({ name, pair }) => pair.continuations.map((continuation) => row(name, continuation))),
    ),
  ];
}
