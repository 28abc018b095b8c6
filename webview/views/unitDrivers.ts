// What drives the pinned unit in the whole file: the tokens after which its state is highest and lowest, and the places where it is.
import * as l10n from '@vscode/l10n';
import type { DrivingPlace, DrivingToken, UnitDrivers } from '../../src/protocol/unitDrivers';
import { html } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { gateNumber, glyphOf, quoted } from '../shownText';
import { signedBar } from './signedBar';

/** All that is told about the drivers, as elements side by side. */
export function unitDrivers(drivers: UnitDrivers, formats: NumberFormats): HTMLElement[] {
  const { high, low, highPlaces, lowPlaces, occurrences } = drivers;
  const tokens = [...high, ...[...low].reverse()];
  const none = html('p', { class: 'note' }, l10n.t('No kind of token occurs {0} times in them.', occurrences));
  return [
    html(
      'div',
      { class: 'driver-tokens' },
      html('h2', {}, l10n.t('After which tokens h is highest and lowest')),
      tokens.length > 0 ? tokenTable(tokens, drivers, formats) : none,
      html('p', { class: 'note' }, explainedSentence(drivers, formats)),
    ),
    html(
      'div',
      { class: 'driver-places' },
      html('h2', {}, l10n.t('Where in the file h is highest and lowest')),
      html('ol', {}, ...[...highPlaces, ...[...lowPlaces].reverse()].map(placeLine)),
    ),
  ];
}

/** "Over 60,928 of 1,115,394 tokens, in 16 stretches spread over the file; weights of step 2,400." */
export function driversCaption(drivers: UnitDrivers, step: number, formats: NumberFormats): string {
  return l10n.t(
    'Over {0} of {1} tokens of the file, in {2} stretches spread over it, h after each; weights of step {3}.',
    formats.integer(drivers.count),
    formats.integer(drivers.textTokens),
    drivers.stretches,
    formats.integer(step),
  );
}

function tokenTable(tokens: DrivingToken[], { high, mean }: UnitDrivers, formats: NumberFormats): HTMLElement {
  const head = [l10n.t('token'), l10n.t('mean h after it'), 'n'];
  return html(
    'table',
    {},
    html('thead', {}, html('tr', {}, ...head.map((name) => html('th', { scope: 'col' }, name)))),
    html(
      'tbody',
      {},
      ...tokens.map((token, k) =>
        html(
          'tr',
          { class: k === high.length ? 'turn' : '' },
          html('th', { scope: 'row', title: quoted(token.text) }, html('code', {}, glyphOf(token.text) || '␣')),
          html(
            'td',
            { title: l10n.t('the line marks the mean over all tokens, {0}', gateNumber(mean)) },
            html('span', { class: 'term' }, html('span', {}, gateNumber(token.mean)), signedBar(token.mean, mean)),
          ),
          html('td', {}, formats.integer(token.count)),
        ),
      ),
    ),
  );
}

function explainedSentence({ explained, kinds, count, mean, deviation }: UnitDrivers, formats: NumberFormats): string {
  const spread = l10n.t(
    'Over all tokens h is {0} ± {1} (mean, standard deviation).',
    gateNumber(mean),
    gateNumber(deviation),
  );
  if (!Number.isFinite(explained)) return `${spread} ${l10n.t('It never changes: nothing drives it.')}`;
  const chance = Math.min(1, (kinds - 1) / Math.max(1, count - 1));
  const percent = (share: number): string => `${formats.short(share * 100)} %`;
  return `${spread} ${l10n.t(
    'The token just read explains {0} of its variance (by chance {1}, {2} kinds of token); the rest is what came before.',
    percent(explained),
    percent(chance),
    formats.integer(kinds),
  )}`;
}

function placeLine({ before, token, after, value, position }: DrivingPlace): HTMLElement {
  const shown = (text: string): string => text.replaceAll('\n', '⏎').replaceAll('\t', '→');
  return html(
    'li',
    { title: l10n.t('token {0} of the file', position) },
    html('span', { class: 'place-value' }, gateNumber(value)),
    html(
      'code',
      {},
      html('span', { class: 'place-before' }, html('bdi', {}, shown(before))),
      html('mark', {}, shown(token)),
      html('span', { class: 'place-after' }, shown(after)),
    ),
  );
}
