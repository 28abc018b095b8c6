// The gates of one layer and direction: all of them one under the other where it is unfolded, else one band of its states.
import * as l10n from '@vscode/l10n';
import { placeSuffix, type LayerPlace } from '../../src/protocol/layerPlace';
import { html, setShown, setText } from '../dom';
import { PLACE_CHOICE, hasPlaces, placeKey, placeLabel, placeText, samePlace } from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';
import { createGateHeatmap } from './gateHeatmap';
import { isOpenPlace } from './placeChooser';

const BAND_HEIGHT = 26;

/** `keys` are the gates of the cell. What is chosen in it makes it the place that is looked at. */
export function createPlaceGates(
  place: LayerPlace,
  keys: Picture['header']['gates'][number]['key'][],
  events: ViewEvents,
): View {
  const key = placeKey(place);
  const look = (): void => events.choose(PLACE_CHOICE, key);
  const own: ViewEvents = {
    ...events,
    unit(unit) {
      look();
      events.unit(unit);
    },
  };
  const direction = place.reverse ? 'reads-backward' : 'reads-forward';
  const names = [0, 1].map(() => {
    const button = html('button', { type: 'button', class: `place-name ${direction}` });
    button.addEventListener('click', look);
    return button;
  });
  const said = html('span', { class: 'note' });
  const heading = html('div', { class: 'place-heading off-axis' }, names[0], said);
  const band = createGateHeatmap('h', own, {
    height: BAND_HEIGHT,
    heading: html('div', {}, names[1], html('div', { class: 'note' }, l10n.t('h, mean |h|'))),
  });
  band.element.classList.add('layer-band');
  let gates: View[] = [];
  const opened = html('div', { class: 'place-opened' });
  const element = html(
    'div',
    { class: 'place-gates', 'data-place': `place${placeSuffix(place)}` },
    heading,
    opened,
    band.element,
  );
  let isBand = false;
  // Before the keys move a unit, or open its panel, they make this the place whose unit it is.
  element.addEventListener(
    'keydown',
    (event) => {
      const isHeatmap = event.target instanceof HTMLElement && event.target.classList.contains('heatmap-target');
      if (isHeatmap && ['ArrowUp', 'ArrowDown', 'Enter'].includes(event.key)) look();
    },
    { capture: true },
  );

  return {
    element,
    update(picture) {
      const several = hasPlaces(picture.header);
      const isOpen = isOpenPlace(picture, place);
      const isChosen = samePlace(picture.place, place);
      const mine = isChosen ? picture : picture.at(place);
      const hadFocus = band.element.contains(document.activeElement);
      element.classList.toggle('chosen', isChosen);
      setShown(heading, several && isOpen);
      setShown(opened, isOpen);
      setShown(band.element, !isOpen);
      if (isOpen && gates.length === 0) {
        gates = keys.map((gate) => createGateHeatmap(gate, own));
        opened.replaceChildren(...gates.map((view) => view.element));
      }
      for (const name of names) {
        setText(name, placeLabel(place, picture.header, name === names[1] && picture.axis.size === 'S'));
        name.title = l10n.t('Look at {0}', placeText(place, picture.header));
        name.setAttribute('aria-pressed', String(isChosen));
      }
      setText(said, isChosen ? l10n.t('looked at') : '');
      for (const view of isOpen ? gates : [band]) view.update(mine);
      // The band that was opened is gone: its states go on in their own heatmap.
      if (isOpen && isBand && hadFocus)
        opened.querySelector<HTMLElement>('.heatmap-target[data-gate="h"]')?.focus({ preventScroll: true });
      isBand = !isOpen;
    },
  };
}
