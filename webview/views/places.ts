// The reader's own text with dashed places under it where the pictures will stand; shared by the states that have no picture yet.
import * as l10n from '@vscode/l10n';
import { createKeyedContent, html } from '../dom';

const PREVIEW_CHARACTERS = 160;

/** Text for one line: line ends shown as ⏎. */
export function oneLine(text: string): string {
  return text.replace(/\r\n?|\n/g, '⏎').replace(/\t/g, ' ');
}

/** The beginning of the text as one monospace line, and three dashed places named after the views to come. */
export function createPlaces(): { element: HTMLElement; update(preview: string | null): void } {
  const text = html('span', { class: 'place-text' });
  const keyed = createKeyedContent(text);
  const row = (name: string, place: HTMLElement): HTMLElement =>
    html('div', { class: 'place-row' }, html('span', { class: 'place-name' }, name), place);
  const dashed = (): HTMLElement => html('div', { class: 'place' });
  const textRow = row(l10n.t('Text'), text);
  const element = html(
    'div',
    { class: 'places' },
    textRow,
    row(l10n.t('Influence'), dashed()),
    row(l10n.t('Gates'), dashed()),
    row(l10n.t('Gradient'), dashed()),
  );
  return {
    element,
    update(preview) {
      const start =
        preview === null
          ? ''
          : oneLine([...preview.slice(0, PREVIEW_CHARACTERS * 2)].slice(0, PREVIEW_CHARACTERS).join(''));
      textRow.hidden = start.trim() === '';
      keyed(start, () =>
        start.split(/(⏎)/).map((part) => (part === '⏎' ? html('span', { class: 'line-end' }, part) : part)),
      );
    },
  };
}
