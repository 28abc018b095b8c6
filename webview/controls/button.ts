// Buttons of the toolkit: primary, secondary, and quiet ones that read as links.
import type { Button } from '@vscode/webview-ui-toolkit';
import { html, svg } from '../dom';

export type Icon = 'pause' | 'play' | 'stop' | 'again';

export interface ButtonOptions {
  label: string;
  appearance?: 'primary' | 'secondary';
  /** Drawn before the label. */
  icon?: Icon;
  /** Name for screen readers where the label alone would not do. */
  accessibleLabel?: string;
  onClick: () => void;
}

export interface ButtonControl {
  readonly element: HTMLElement;
  set(options: Partial<Pick<ButtonOptions, 'label' | 'appearance' | 'icon' | 'accessibleLabel'>>): void;
  setEnabled(enabled: boolean): void;
}

const ICON_PATHS: Record<Icon, string> = {
  pause: 'M2 1h3v10H2zM7 1h3v10H7z',
  play: 'M3 1l8 5-8 5z',
  stop: 'M1.5 1.5h9v9h-9z',
  again: 'M6 1.5a4.5 4.5 0 1 0 4.5 4.5H9A3 3 0 1 1 6 3v2l3.5-2.9L6 0z',
};

function drawIcon(icon: Icon): SVGElement {
  return svg(
    'svg',
    { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true', class: 'icon', slot: 'start' },
    svg('path', { d: ICON_PATHS[icon], fill: 'currentColor' }),
  );
}

/** A toolkit button whose label, look and icon may change later without the element being replaced. */
export function createButton(options: ButtonOptions): ButtonControl {
  const element = document.createElement('vscode-button') as Button;
  const current = { ...options };
  let drawn = '';
  const draw = (): void => {
    const key = [current.label, current.appearance, current.icon, current.accessibleLabel].join('\u0000');
    if (key === drawn) return;
    drawn = key;
    element.appearance = current.appearance ?? 'secondary';
    element.replaceChildren(...(current.icon ? [drawIcon(current.icon)] : []), current.label);
    element.classList.toggle('icon-only', current.icon !== undefined && current.label === '');
    const name = current.accessibleLabel ?? current.label;
    element.title = current.accessibleLabel ?? '';
    element.ariaLabel = name;
  };
  element.addEventListener('click', () => {
    if (!element.disabled) options.onClick();
  });
  draw();
  return {
    element,
    set(changes) {
      Object.assign(current, changes);
      draw();
    },
    setEnabled(enabled) {
      if (element.disabled === enabled) element.disabled = !enabled;
    },
  };
}

/** A button that reads as a link: the quieter way out next to a primary button. */
export function createLinkButton(label: string, onClick: () => void): HTMLButtonElement {
  const element = html('button', { type: 'button', class: 'link-button' }, label);
  element.addEventListener('click', onClick);
  return element;
}
