// What is asked of the agreement probe: a prefix, two continuations, and how attractors come in between.
import * as l10n from '@vscode/l10n';
import { AGREEMENT, type AgreementChoices } from '../agreementChoices';
import { createSegments } from '../controls/segments';
import { html, setShown } from '../dom';
import type { ShellEvents } from './shellView';

interface AgreementForm {
  readonly element: HTMLElement;
  update(choices: AgreementChoices): void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

export function createAgreementForm(events: ShellEvents): AgreementForm {
  const field = (name: string, label: string, style: string): { row: HTMLElement; input: HTMLInputElement } => {
    const input = html('input', { type: 'text', class: `text-field ${style}`, spellcheck: 'false', maxlength: 4000 });
    input.addEventListener('input', () => events.choose(name, input.value));
    return { row: html('label', { class: 'text-label' }, html('span', {}, label), input), input };
  };
  const prefix = field(AGREEMENT.prefix, l10n.t('Prefix'), 'wide');
  const first = field(AGREEMENT.first, l10n.t('First'), 'short');
  const second = field(AGREEMENT.second, l10n.t('Second'), 'short');
  for (const { input } of [first, second]) input.maxLength = 200;
  const boundary = createSegments(l10n.t('Whether the continuations are words of their own'), (key) =>
    events.choose(AGREEMENT.attached, key === 'attached'),
  );
  const ladder = createSegments(l10n.t('What comes in between'), (key) => events.choose(AGREEMENT.own, key === 'own'));
  const number = createSegments(l10n.t('Number of the subject'), (key) => events.choose(AGREEMENT.number, key));
  const steps = html('textarea', { class: 'text-field wide', rows: 4, spellcheck: 'false' });
  steps.addEventListener('input', () => events.choose(AGREEMENT.steps, steps.value));
  const stepsRow = html(
    'label',
    { class: 'text-label' },
    html('span', {}, l10n.t('Steps, one a line (12 at most)')),
    steps,
  );
  const put = (input: Field, value: string): void => {
    if (input.value !== value) input.value = value;
  };
  const element = html(
    'div',
    { class: 'agreement-form' },
    html('div', { class: 'form-row' }, prefix.row),
    html('div', { class: 'form-row' }, first.row, second.row, boundary.element),
    html('div', { class: 'form-row' }, ladder.element, number.element),
    stepsRow,
  );
  return {
    element,
    update(choices) {
      put(prefix.input, choices.prefix);
      put(first.input, choices.first);
      put(second.input, choices.second);
      put(steps, choices.steps);
      boundary.update(
        [
          {
            key: 'apart',
            label: l10n.t('words of their own'),
            title: l10n.t('A space comes before them where the model reads characters.'),
          },
          {
            key: 'attached',
            label: l10n.t('go on with the last word'),
            title: l10n.t('An ending or a particle: nothing comes before it.'),
          },
        ],
        choices.attached ? 'attached' : 'apart',
      );
      ladder.update(
        [
          {
            key: 'made',
            label: l10n.t('put in attractors'),
            title: l10n.t('Phrases with nouns of the other number come in one by one (English).'),
          },
          { key: 'own', label: l10n.t('own steps'), title: l10n.t('Prefixes of your own, one a line.') },
        ],
        choices.own ? 'own' : 'made',
      );
      setShown(number.element, !choices.own && !choices.attached);
      number.update(
        [
          { key: '', label: l10n.t('subject: told from the prefix') },
          { key: 'singular', label: l10n.t('singular') },
          { key: 'plural', label: l10n.t('plural') },
        ],
        choices.number ?? '',
      );
      setShown(stepsRow, choices.own);
    },
  };
}
