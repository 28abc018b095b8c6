// A section under the pictures that is folded until it is wanted, and remembers whether it is.
import { html } from '../dom';
import type { InspectorModel } from '../store';
import type { ShellEvents } from './shellView';

export interface FoldedSection {
  readonly element: HTMLElement;
  /** Unfolds or folds it as was chosen; whether it is unfolded. */
  isOpen(model: InspectorModel): boolean;
}

/** @param key name of the choice that keeps whether it is unfolded */
export function createFoldedSection(
  { name, title, note, key }: { name: string; title: string; note: string; key: string },
  events: ShellEvents,
  ...content: HTMLElement[]
): FoldedSection {
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, title), html('span', { class: 'section-note' }, note)),
    ...content,
  );
  const element = html('section', { class: `measured ${name}`, 'aria-label': title }, details);
  let open = false;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(key, open);
  });
  return {
    element,
    isOpen({ sections }) {
      const wanted = sections[key] === true;
      if (wanted !== open) details.open = open = wanted;
      return open;
    },
  };
}

/** A table that may be unfolded. */
export function createFoldedTable(label: string): { element: HTMLDetailsElement; holder: HTMLElement } {
  const holder = html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': label });
  return { element: html('details', { class: 'table-alternative' }, html('summary', {}, label), holder), holder };
}
