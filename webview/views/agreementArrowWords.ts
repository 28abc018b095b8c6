// What is said of the arrows into a prediction: single words, the strongest ones of a model, and all of them as a table.
import * as l10n from '@vscode/l10n';
import type { ScoredProbe } from '../agreementProbe';
import { signedText } from '../agreementCurves';
import { html } from '../dom';
import { MOST_ARROWS } from '../geometry/prefixArrows';
import { quoted, shareText } from '../shownText';

/** A word of a model's prefix. */
export interface Place {
  row: number;
  at: number;
}

/** A word with what it adds. */
export function wordText(probes: readonly ScoredProbe[], { row, at }: Place): string {
  const { name, pair } = probes[row];
  const { columns, influence, continuations } = pair;
  const value = influence[at];
  const mass = influence.reduce((sum, one) => sum + Math.abs(one), 0);
  const told = l10n.t(
    '{0}: {1} nats, {2} of all magnitudes, speaks for “{3}”',
    ...[quoted(columns[at].text), signedText(value), shareText(mass > 0 ? Math.abs(value) / mass : 0)],
    continuations[value >= 0 ? 0 : 1].text,
  );
  return [
    ...(probes.length > 1 ? [name] : []),
    columns[at].known ? told : `${told} · ${l10n.t('unknown to this model')}`,
  ].join(' · ');
}

/** The strongest words of a model. */
export function rowText(probe: ScoredProbe): string {
  const { influence } = probe.pair;
  const strongest = [...influence.keys()].sort((a, b) => Math.abs(influence[b]) - Math.abs(influence[a])).slice(0, 3);
  return [probe.name, ...strongest.map((at) => wordText([probe], { row: 0, at }))].join(': ');
}

/** How to get at single words. */
export function keysText(probes: readonly ScoredProbe[]): string {
  const longest = Math.max(...probes.map(({ pair }) => pair.columns.length));
  const keys =
    probes.length > 1
      ? l10n.t('Point at a word, or use ← → from word to word and ↑ ↓ from model to model.')
      : l10n.t('Point at a word, or use ← → from word to word.');
  return longest > MOST_ARROWS ? `${keys} ${l10n.t('Of each model the {0} strongest are drawn.', MOST_ARROWS)}` : keys;
}

/** Rows of every word with its number, whether it is drawn or not. */
export function prefixTable(probes: readonly ScoredProbe[]): HTMLElement {
  const heads: [string, boolean][] = [
    [l10n.t('model'), true],
    [l10n.t('token'), true],
    [l10n.t('adds, nats'), false],
    [l10n.t('of all magnitudes'), false],
    [l10n.t('speaks for'), true],
  ];
  return html(
    'table',
    {},
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map(([name, isWords]) => html('th', { scope: 'col', class: isWords ? 'words' : null }, name)),
      ),
    ),
    html('tbody', {}, ...probes.flatMap(wordRows)),
  );
}

function wordRows({ name, pair: { columns, influence, continuations } }: ScoredProbe): HTMLElement[] {
  const mass = influence.reduce((sum, one) => sum + Math.abs(one), 0);
  return columns.map(({ text, known }, at) =>
    html(
      'tr',
      {},
      html('td', { class: 'words' }, name),
      html('th', { scope: 'row' }, known ? quoted(text) : `${quoted(text)} (${l10n.t('unknown to this model')})`),
      html('td', {}, signedText(influence[at])),
      html('td', {}, shareText(mass > 0 ? Math.abs(influence[at]) / mass : 0)),
      html('td', { class: 'words' }, continuations[influence[at] >= 0 ? 0 : 1].text),
    ),
  );
}
