// Two or three plain sentences over the pictures: what is seen in this window, and what that is held against.
import * as l10n from '@vscode/l10n';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { NumberFormats } from '../numberFormats';
import type { View } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { readingsOf } from '../reading/sentences';
import { createChangeGuard } from './track';

export function createReading(): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const sentences = html('div', { class: 'reading-sentences' });
  const caption = html('p', { class: 'note reading-caption' });
  const element = html('section', { class: 'reading off-axis', 'aria-label': l10n.t('Reading') }, sentences, caption);
  const fill = createKeyedContent(sentences);
  const changed = createChangeGuard();
  let [width, tallest] = [0, 0];
  /** The box never gets lower while numbers change, so that nothing below it jumps with every answer. */
  const keepHeight = (now: number): void => {
    if (now !== width) [width, tallest, sentences.style.minHeight] = [now, 0, ''];
    tallest = Math.max(tallest, sentences.offsetHeight);
    sentences.style.minHeight = `${tallest}px`;
  };
  return {
    element,
    update(picture) {
      const { header, arrays, focus, run, place } = picture;
      if (!changed([header, arrays, focus, run])) return;
      const readings = readingsOf(header, arrays, focus, place);
      setShown(element, readings.length > 0);
      fill(JSON.stringify(readings), () =>
        readings.map(({ said, against }) =>
          html('p', { class: 'reading-sentence' }, said, ' ', html('span', { class: 'reading-against' }, against)),
        ),
      );
      setText(caption, pictureCaption(picture, formats));
      caption.title = caption.textContent;
      keepHeight(picture.axis.width);
    },
  };
}
