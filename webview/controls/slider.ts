// A slider with its name and its value printed beside it. The toolkit has none, so this is the browser's own, in the theme's colours.
import { html, setText } from '../dom';

export interface SliderOptions {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** How the value is printed and spoken. */
  format: (value: number) => string;
  onInput: (value: number) => void;
}

export interface SliderControl {
  readonly element: HTMLElement;
  readonly value: number;
  set(changes: { value?: number; max?: number }): void;
}

/** A labelled range input; `set` moves it without calling `onInput`. */
export function createSlider(options: SliderOptions): SliderControl {
  const input = html('input', {
    type: 'range',
    class: 'slider',
    min: options.min,
    max: options.max,
    step: options.step,
    value: options.value,
  });
  const output = html('span', { class: 'slider-value', 'aria-hidden': 'true' });
  const element = html(
    'label',
    { class: 'slider-row' },
    html('span', { class: 'slider-label' }, options.label),
    input,
    output,
  );
  const print = (): void => {
    const text = options.format(input.valueAsNumber);
    setText(output, text);
    input.setAttribute('aria-valuetext', text);
  };
  input.addEventListener('input', () => {
    print();
    options.onInput(input.valueAsNumber);
  });
  print();
  return {
    element,
    get value() {
      return input.valueAsNumber;
    },
    set({ value, max }) {
      if (max !== undefined) input.max = String(max);
      if (value !== undefined && document.activeElement !== input) input.value = String(value);
      print();
    },
  };
}
