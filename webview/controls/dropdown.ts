// A toolkit dropdown: one choice out of a few.
import type { Dropdown, Option } from '@vscode/webview-ui-toolkit';

export interface DropdownOptions<T extends string> {
  accessibleLabel: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

export interface DropdownControl<T extends string> {
  readonly element: HTMLElement;
  set(value: T): void;
}

/** A dropdown with an accessible name; `set` changes the choice without calling `onChange`. */
export function createDropdown<T extends string>(options: DropdownOptions<T>): DropdownControl<T> {
  const element = document.createElement('vscode-dropdown') as Dropdown;
  element.ariaLabel = options.accessibleLabel;
  element.setAttribute('aria-label', options.accessibleLabel);
  for (const { value, label } of options.choices) {
    const option = document.createElement('vscode-option') as Option;
    option.setAttribute('value', value);
    option.textContent = label;
    element.append(option);
  }
  const mark = document.createElement('span');
  mark.slot = 'indicator';
  mark.textContent = '▾';
  element.append(mark);
  let shown = options.value;
  element.addEventListener('change', () => {
    const chosen = options.choices.find((choice) => choice.value === element.value);
    if (!chosen || chosen.value === shown) return;
    shown = chosen.value;
    options.onChange(chosen.value);
  });
  queueMicrotask(() => (element.value = shown));
  return {
    element,
    set(value) {
      shown = value;
      if (element.value !== value) element.value = value;
    },
  };
}
