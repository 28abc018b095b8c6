// What is predicted of an example: classes, tags or tokens with their probabilities, what is right, and whether it was met.
import * as l10n from '@vscode/l10n';
import type { TaskPrediction } from '../../src/protocol/traceFrame';
import { createKeyedContent, html, setText } from '../dom';
import type { View, ViewEvents } from '../picture';
import { TARGET_CHOICE, chosenTarget } from '../predictionMeasures';
import { glyphOf, quoted } from '../shownText';

/** One line; a click on a prediction has the arrows with a sign lead to it. */
export function createPredictionChips(events: ViewEvents): View {
  const name = html('span', { class: 'note predictions-after' });
  const list = html('span', { class: 'predictions-list' });
  const verdict = html('span', { class: 'verdict', role: 'status' });
  const keyed = createKeyedContent(list);
  return {
    element: html('div', { class: 'predictions prediction-chips off-axis' }, name, verdict, list),
    update({ axis, header: { prediction, tokens }, sections }) {
      if (!prediction) return;
      verdict.style.marginLeft = axis.size === 'S' ? '' : `${axis.left}px`;
      setText(name, nameText(prediction));
      const { text, kind, title } = verdictOf(prediction);
      setText(verdict, text);
      verdict.className = `verdict ${kind}`;
      verdict.title = title;
      const chosen = chosenTarget(sections, prediction);
      const about = prediction.at === null ? '' : quoted(tokens[prediction.at]?.text ?? '');
      keyed(JSON.stringify([prediction.likeliest, prediction.gold, chosen, about]), () => [
        ...chipsOf(prediction).map(({ text: label, probability }) => {
          const isGold = label === prediction.gold?.text;
          const chip = html(
            'button',
            {
              ...{ type: 'button', class: isGold ? 'prediction right' : 'prediction' },
              'aria-pressed': String(label === chosen),
              title: [
                ...(isGold ? [l10n.t('what the text says')] : []),
                l10n.t('Show what speaks for {0}', quoted(label)),
              ].join(' · '),
            },
            html('span', { class: 'prediction-token' }, glyphOf(label) || '␣'),
            html('span', { class: 'prediction-share' }, `${percent(probability)}${isGold ? ' ✓' : ''}`),
          );
          chip.style.setProperty('--share', String(probability));
          chip.addEventListener('click', () => events.choose(TARGET_CHOICE, label));
          return chip;
        }),
        ...restNote(prediction),
      ]);
    },
  };
}

/** The likeliest, and what is right where it is none of them. */
function chipsOf({ likeliest, gold }: TaskPrediction): TaskPrediction['likeliest'] {
  return gold && !likeliest.some(({ text }) => text === gold.text) ? [...likeliest, gold] : likeliest;
}

function restNote({ likeliest, outcomes }: TaskPrediction): HTMLElement[] {
  const rest = outcomes - likeliest.length;
  return rest > 0 ? [html('span', { class: 'note' }, l10n.t('and {0} more', rest))] : [];
}

function nameText({ task }: TaskPrediction): string {
  if (task === 'classification') return l10n.t('class');
  return task === 'tagging' ? l10n.t('tag') : l10n.t('hidden token');
}

function verdictOf({ likeliest: [best], gold, truncated, loss }: TaskPrediction): {
  text: string;
  kind: string;
  title: string;
} {
  const cut = truncated
    ? [l10n.t('The text is longer than the longest that was trained on: a part of it is read.')]
    : [];
  const title = [l10n.t('J = −ln p = {0} nats', loss.toFixed(3)), ...cut].join(' ');
  if (!gold) return { text: l10n.t('predicted'), kind: 'open', title };
  const isRight = gold.text === best.text;
  return { text: isRight ? l10n.t('right') : l10n.t('wrong'), kind: isRight ? 'met' : 'missed', title };
}

function percent(probability: number): string {
  if (probability >= 0.01) return `${(probability * 100).toFixed(0)} %`;
  return probability >= 0.0005 ? `${(probability * 100).toFixed(1)} %` : '< 0.1 %';
}
