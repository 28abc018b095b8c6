// The states at the focus token of an example: what the forward and the backward one know, what they are near to, and how they differ from
// those at the word of a pinned sentence.
import * as l10n from '@vscode/l10n';
import type { StateNeighbours, TokenStates } from '../../src/protocol/tokenStates';
import { placeSuffix } from '../../src/protocol/layerPlace';
import { rampColour } from '../colourRamps';
import { createKeyedContent, html, setText } from '../dom';
import { momentOf } from '../influenceMeasures';
import { placeText, placesFromTop } from '../networkPlace';
import type { Picture } from '../picture';
import type { NumberFormats } from '../numberFormats';
import { gateNumber, quoted } from '../shownText';

/** The pinned sentence and its word, as a choice of sections; '' for none. */
export const PINNED_CHOICE = 'directions.pinned';

export interface Pinned {
  text: string;
  cursor: number;
  token: string;
}

export function pinnedOf(sections: Picture['sections']): Pinned | null {
  const kept = sections[PINNED_CHOICE];
  if (typeof kept !== 'string' || kept === '') return null;
  try {
    return JSON.parse(kept) as Pinned;
  } catch {
    return null;
  }
}

/** The example as a text with its focus, spaces where something stood between its tokens. */
export function pinOf({ header: { tokens }, focus }: Picture): Pinned {
  let text = '';
  let cursor = 0;
  tokens.forEach((token, t) => {
    if (t > 0 && token.start > tokens[t - 1].end) text += ' ';
    text += token.text;
    if (t === focus) cursor = text.length;
  });
  return { text, cursor, token: tokens[focus].text };
}

export interface DirectionStates {
  readonly element: HTMLElement;
  update(picture: Picture): void;
}

export function createDirectionStates(formats: NumberFormats): DirectionStates {
  const strips = html('div', { class: 'state-strips' });
  const differences = html('ul', { class: 'state-differences' });
  const lists = html('div', { class: 'state-neighbours' });
  const status = html('p', { class: 'note', role: 'status' });
  const fill = {
    strips: createKeyedContent(strips),
    differences: createKeyedContent(differences),
    lists: createKeyedContent(lists),
  };
  return {
    element: html('div', { class: 'direction-states off-axis' }, strips, differences, status, lists),
    update(picture) {
      const { header, focus, questions, sections } = picture;
      fill.strips(JSON.stringify([header.runId, header.step, header.tokens, focus]), () => stripsOf(picture));
      const pinned = pinnedOf(sections);
      const asked = pinned && { text: pinned.text, cursor: pinned.cursor };
      const known = questions.about({ about: 'tokenStates', pinned: asked }, `${momentOf(picture)} ${focus}`);
      const value = known.value && !known.stale && known.value.at === focus ? known.value : null;
      setText(status, statusText(known.problem, value, formats));
      fill.differences(JSON.stringify([pinned, value?.differences ?? null]), () =>
        pinned ? differencesOf(picture, pinned, value) : [],
      );
      fill.lists(JSON.stringify(value?.neighbours ?? null), () => (value ? value.neighbours.map(neighbourList) : []));
    },
  };
}

function statusText(problem: string | null, value: TokenStates | null, formats: NumberFormats): string {
  if (problem !== null) return problem;
  if (value === null) return l10n.t('computing…');
  return l10n.t(
    'Nearest of the states at {0} tokens of the file, by the cosine of the top layer’s',
    formats.integer(value.examined),
  );
}

/** One strip for each direction of the top layer, a field for each unit. */
function stripsOf({ header, frameArrays, focus, theme }: Picture): HTMLElement[] {
  const top = (header.layers ?? 1) - 1;
  const words = header.tokens.map(({ text }) => text);
  return placesFromTop(header)
    .filter(({ layer }) => layer === top)
    .map((place) => {
      const H = header.hiddenUnits;
      const values = frameArrays[`gate.h${placeSuffix(place)}`].values.subarray(focus * H, (focus + 1) * H);
      const read = place.reverse ? words.slice(focus) : words.slice(0, focus + 1);
      const knows = place.reverse
        ? l10n.t('← the backward state has read {0}', quoted(read.join(' ')))
        : l10n.t('→ the forward state has read {0}', quoted(read.join(' ')));
      const fields = Array.from(values, (value, unit) => {
        const field = html('i', { title: l10n.t('unit {0}: {1}', unit, gateNumber(value)) });
        field.style.setProperty('background', rampColour(theme.signed, (value + 1) / 2));
        return field;
      });
      const strip = html('div', { class: 'state-strip', role: 'img', 'aria-label': knows }, ...fields);
      const name = html('span', { class: place.reverse ? 'reads-backward' : 'reads-forward' }, knows);
      return html('div', {}, name, strip);
    });
}

function differencesOf({ header, focus }: Picture, pinned: Pinned, value: TokenStates | null): HTMLElement[] {
  const head = l10n.t('Beside {0} in {1}:', quoted(pinned.token), quoted(pinned.text));
  if (!value?.differences) return [html('li', {}, `${head} ${l10n.t('computing…')}`)];
  const word = quoted(header.tokens[focus].text);
  const lines = value.differences.places.map(({ place, identical, distance, cosine, norm }) => {
    const where = placeText(place, header) || l10n.t('forward');
    return identical
      ? l10n.t('{0}: the state at {1} is identical to the bit', where, word)
      : l10n.t(
          '{0}: the states at {1} differ, ‖Δ‖ = {2} of ‖h‖ = {3}, cosine {4}',
          where,
          word,
          ...[distance, norm, cosine].map(gateNumber),
        );
  });
  return [head, ...lines].map((line) => html('li', {}, line));
}

function neighbourList({ kind, found, senses }: StateNeighbours): HTMLElement {
  const titles = {
    forward: l10n.t('forward state'),
    backward: l10n.t('backward state'),
    both: l10n.t('both states together'),
  };
  const total = senses.reduce((sum, { count }) => sum + count, 0);
  const told = senses.map(({ label, count }) => l10n.t('{0} of {1} {2}', count, total, quoted(label)));
  const rows = found.map(({ before, token, after, label, cosine }) =>
    html(
      'tr',
      {},
      html('td', {}, gateNumber(cosine)),
      html('td', {}, `${before} `, html('b', {}, token), ` ${after}`),
      html('td', {}, label ?? ''),
    ),
  );
  const names = [l10n.t('cosine'), l10n.t('token'), l10n.t('class')];
  const head = html('tr', {}, ...names.map((name) => html('th', { scope: 'col' }, name)));
  const note = total > 0 ? l10n.t('nearest at the same token: {0}', told.join(', ')) : '';
  return html(
    'div',
    {},
    html('h3', {}, titles[kind]),
    html('p', { class: 'note' }, note),
    html('table', {}, html('thead', {}, head), html('tbody', {}, ...rows)),
  );
}
