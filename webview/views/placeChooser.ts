// Which layer and direction the pictures are of: one row of buttons, from the top layer down, and whether all gates are unfolded at once.
import * as l10n from '@vscode/l10n';
import type { LayerPlace } from '../../src/protocol/layerPlace';
import { createKeyedContent, html, setShown, setText } from '../dom';
import {
  ALL_OPEN_CHOICE,
  PLACE_CHOICE,
  directionName,
  hasPlaces,
  placeKey,
  placeMark,
  placeText,
  placesFromTop,
  samePlace,
} from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';

/** Hidden for a network of one layer and direction. */
export function createPlaceChooser(events: ViewEvents): View {
  const layers = html('span', { class: 'segments layers', role: 'group', 'aria-label': l10n.t('Layer') });
  const directions = html('span', { class: 'segments directions', role: 'group', 'aria-label': l10n.t('Direction') });
  const all = html('input', { type: 'checkbox' });
  all.addEventListener('change', () => events.choose(ALL_OPEN_CHOICE, all.checked));
  const title = html('b');
  const note = html('span', { class: 'note' });
  const element = html(
    'div',
    { class: 'section-header place-chooser off-axis', hidden: true },
    title,
    layers,
    directions,
    html('label', { class: 'gates-choice toggle' }, all, l10n.t('all gates')),
    note,
  );
  const [fillLayers, fillDirections] = [createKeyedContent(layers), createKeyedContent(directions)];
  const button = (place: LayerPlace, text: string, title: string): HTMLElement => {
    const made = html('button', { type: 'button', 'data-place': placeKey(place), title }, text);
    made.addEventListener('click', () => events.choose(PLACE_CHOICE, made.dataset.place ?? ''));
    return made;
  };

  return {
    element,
    update({ header, place, sections, axis }: Picture) {
      setShown(element, hasPlaces(header));
      if (!hasPlaces(header)) return;
      const { layers: count = 1, bidirectional = false } = header;
      const ofLayers = placesFromTop({ layers: count }).map(({ layer }) => ({ layer, reverse: place.reverse }));
      const ofDirections = bidirectional ? [false, true].map((reverse) => ({ layer: place.layer, reverse })) : [];
      fillLayers(`${count} ${place.reverse}`, () =>
        ofLayers.map((one) => button(one, String(one.layer + 1), layerTitle(one, count))),
      );
      fillDirections(`${bidirectional} ${place.layer}`, () =>
        ofDirections.map((one) => {
          const made = button(one, `${placeMark(one)} ${directionName(one)}`, directionTitle(one));
          made.classList.add(one.reverse ? 'reads-backward' : 'reads-forward');
          return made;
        }),
      );
      setText(title, count > 1 ? l10n.t('Layer') : l10n.t('Direction'));
      setShown(layers, count > 1);
      setShown(directions, bidirectional);
      press(layers, place);
      press(directions, place);
      all.checked = sections[ALL_OPEN_CHOICE] === true;
      setText(note, axis.size === 'S' ? '' : l10n.t('the pictures below: {0}', placeText(place, header)));
      note.title = l10n.t('Arrows and surprisal are of the whole network.');
    },
  };
}

/** Buttons keep their place in the document, and with it the focus. */
function press(group: HTMLElement, place: LayerPlace): void {
  for (const button of group.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.dataset.place === placeKey(place)));
}

function layerTitle({ layer }: LayerPlace, count: number): string {
  if (layer === count - 1) return l10n.t('the top layer, which the prediction is made from');
  return layer === 0 ? l10n.t('the layer that reads the text') : l10n.t('reads layer {0}', layer);
}

function directionTitle({ reverse }: LayerPlace): string {
  return reverse
    ? l10n.t('read from the end: its state at a step knows what comes after, nothing of what stands before')
    : l10n.t('read from the beginning: its state at a step knows what stands before, nothing of what comes after');
}

/** Whether a place's gates are drawn in full. */
export function isOpenPlace({ sections, place }: Pick<Picture, 'sections' | 'place'>, candidate: LayerPlace): boolean {
  return sections[ALL_OPEN_CHOICE] === true || samePlace(place, candidate);
}
