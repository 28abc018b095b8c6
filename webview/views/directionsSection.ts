// Directions: what reading from both sides adds to an example, against the same network trained to read forward only, and in the states at
// one token.
import * as l10n from '@vscode/l10n';
import { createButton } from '../controls/button';
import { html, setShown, setText } from '../dom';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { quoted } from '../shownText';
import { createDirectionRows } from './directionRows';
import { PINNED_CHOICE, createDirectionStates, pinOf, pinnedOf } from './directionStates';

const CLOSED = 'directions.closed';

export function createDirectionsSection(events: ViewEvents): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const note = html('span', { class: 'section-note' });
  const compare = createButton({ label: l10n.t('Compare directions'), onClick: () => events.act('compare') });
  const stop = createButton({ label: l10n.t('Stop'), icon: 'stop', onClick: () => events.act('compareStop') });
  const end = createButton({ label: l10n.t('End the comparison'), onClick: () => events.act('compareEnd') });
  let picture: Picture | null = null;
  const pin = createButton({
    label: '',
    onClick: () => {
      if (picture) events.choose(PINNED_CHOICE, pinnedOf(picture.sections) ? '' : JSON.stringify(pinOf(picture)));
    },
  });
  const rows = createDirectionRows(formats);
  const states = createDirectionStates(formats);
  const buttons = html(
    'div',
    { class: 'direction-buttons off-axis' },
    compare.element,
    stop.element,
    end.element,
    pin.element,
  );
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head off-axis' }, html('h2', {}, l10n.t('Directions')), note),
    ...[buttons, rows.element, states.element],
  );
  const element = html('section', { class: 'directions-section', 'aria-label': l10n.t('Directions') }, details);
  details.open = true;
  details.addEventListener('toggle', () => {
    if (picture && (picture.sections[CLOSED] === true) === details.open) events.choose(CLOSED, !details.open);
  });

  return {
    element,
    update(next) {
      picture = next;
      const { header, comparison, run, sections } = next;
      const { prediction, bidirectional } = header;
      const shown = prediction !== undefined && run !== null && (bidirectional === true || comparison !== null);
      setShown(element, shown);
      if (!shown) return;
      const isOpen = sections[CLOSED] !== true;
      if (details.open !== isOpen) details.open = isOpen;
      setText(note, l10n.t('what is known from the left, what from the right, and what both make of it'));
      if (!isOpen) return;
      setShown(compare.element, comparison === null);
      setShown(stop.element, comparison?.active === true);
      setShown(end.element, comparison !== null);
      const pinned = pinnedOf(sections);
      const word = quoted(pinned?.token ?? header.tokens[next.focus]?.text ?? '');
      pin.set({
        label: pinned ? l10n.t('Unpin {0}', word) : l10n.t('Pin {0} of this sentence to compare', word),
      });
      setShown(rows.element, comparison !== null);
      if (comparison !== null) rows.update(next, prediction);
      states.update(next);
    },
  };
}
