// What the model expects after the step under the pointer (or the focus step): its likeliest next tokens with their probabilities.
import * as l10n from '@vscode/l10n';
import { createKeyedContent, html, setText } from '../dom';
import type { View } from '../picture';
import { glyphOf, quoted } from '../shownText';

/** One line: «after “who”» and up to five tokens, each with a bar as long as its probability; the true one is marked. */
export function createNextPredictions(): View {
  const after = html('span', { class: 'note predictions-after' });
  const list = html('span', { class: 'predictions-list' });
  const element = html('div', { class: 'predictions' }, after, list);
  const keyed = createKeyedContent(list);
  return {
    element,
    update({ axis, header, hover, focus }) {
      list.style.marginLeft = axis.size === 'S' ? '' : `${axis.left}px`;
      const t = hover ?? focus;
      const predictions = header.predictions[t] ?? [];
      const truth = header.tokens[t + 1]?.text ?? header.next;
      const said = l10n.t('after {0}', quoted(header.tokens[t]?.text ?? ''));
      setText(after, said);
      after.title = said;
      keyed(JSON.stringify([predictions, truth]), () =>
        predictions.map(({ text, probability }) => {
          const right = text === truth;
          const chip = html(
            'span',
            { class: right ? 'prediction right' : 'prediction', title: right ? l10n.t('what the text says') : null },
            html('span', { class: 'prediction-token' }, text === ' ' ? '␣' : glyphOf(text)),
            html('span', { class: 'prediction-share' }, `${percent(probability)}${right ? ' ✓' : ''}`),
          );
          chip.style.setProperty('--share', String(probability));
          return chip;
        }),
      );
    },
  };
}

/** Whole per cent from 1 % on; a model that knows little yet spreads less than that over its likeliest tokens. */
function percent(probability: number): string {
  if (probability >= 0.01) return `${(probability * 100).toFixed(0)} %`;
  return probability >= 0.0005 ? `${(probability * 100).toFixed(1)} %` : '< 0.1 %';
}
