// A row of joined buttons, one of which is pressed.
import { createKeyedContent, html } from '../dom';

export interface SegmentChoice {
  key: string;
  label: string;
  title?: string;
}

export interface Segments {
  readonly element: HTMLElement;
  update(choices: readonly SegmentChoice[], pressed: string): void;
}

/** @param label what is chosen, for screen readers */
export function createSegments(label: string, onChoose: (key: string) => void): Segments {
  const element = html('span', { class: 'segments', role: 'group', 'aria-label': label });
  const fill = createKeyedContent(element);
  return {
    element,
    update(choices, pressed) {
      fill(JSON.stringify(choices), () =>
        choices.map(({ key, label: name, title }) => {
          const button = html('button', { type: 'button', 'data-key': key, title }, name);
          button.addEventListener('click', () => onChoose(key));
          return button;
        }),
      );
      for (const button of element.querySelectorAll('button'))
        button.setAttribute('aria-pressed', String(button.dataset.key === pressed));
    },
  };
}
