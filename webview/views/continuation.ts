// "Continue the text": what the network would write after the cursor, at a temperature; shown here, never written into the file.
import * as l10n from '@vscode/l10n';
import { createButton } from '../controls/button';
import { createSlider } from '../controls/slider';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { pageOf } from '../selectors';
import type { InspectorModel } from '../store';
import type { ShellContext, ShellView } from './shellView';

export function createContinuation({ events, formats }: ShellContext): ShellView {
  const slider = createSlider({
    label: l10n.t('Temperature'),
    min: 0,
    max: 2,
    step: 0.1,
    value: 0.8,
    format: (value) => value.toFixed(1),
    onInput: (value) => events.temperature(value),
  });
  const button = createButton({
    label: l10n.t('Continue the Text'),
    onClick: () => events.act('continueText', slider.value),
  });
  const note = html('span', { class: 'section-note' });
  const sample = html('p', { class: 'sample', tabindex: 0, role: 'region', 'aria-label': l10n.t('Sampled text') });
  const fill = createKeyedContent(sample);
  const element = html(
    'section',
    { class: 'continuation', 'aria-label': l10n.t('Continuation') },
    html('div', { class: 'section-head' }, html('h2', {}, l10n.t('Continuation')), note),
    html('div', { class: 'continuation-controls' }, slider.element, button.element),
    sample,
  );

  let wasPending = false;

  return {
    element,
    update(model) {
      const isText = model.host?.run?.config.task === 'language';
      const shown = isText && pageOf(model) === 'run' && model.frame !== null;
      setShown(element, shown);
      if (!shown) return;
      slider.set({ value: model.temperature });
      drawSample(model);
    },
  };

  function drawSample(model: InspectorModel): void {
    const continuation = model.host?.continuation ?? null;
    const pending = continuation !== null && 'pending' in continuation;
    sample.classList.toggle('waiting', pending);
    // Asked for from the palette, the answer would otherwise land out of sight.
    if (pending && !wasPending) element.scrollIntoView({ block: 'nearest' });
    if (!pending && wasPending) requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }));
    wasPending = pending;
    button.set({ label: continuation === null ? l10n.t('Continue the Text') : l10n.t('Continue again') });
    button.setEnabled(!pending);
    if (continuation === null) {
      setShown(sample, false);
      setText(note, l10n.t('sampled from the network after the cursor; never written to the file'));
      return;
    }
    if (pending) {
      setText(note, l10n.t('sampling at temperature {0}…', continuation.temperature.toFixed(1)));
      return;
    }
    setShown(sample, true);
    setText(
      note,
      l10n.t(
        'step {0}, temperature {1}; never written to the file',
        formats.integer(continuation.step),
        continuation.temperature.toFixed(1),
      ),
    );
    fill(`${continuation.prefixEnd}\u0000${continuation.text}`, () => [
      html('span', { class: 'prefix' }, continuation.prefixEnd),
      html('span', { class: 'sampled' }, continuation.text),
    ]);
  }
}
