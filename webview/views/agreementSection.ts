// "Agreement": how likely each of two continuations of a prefix is, what speaks for which, what attractors in between do to that, and how
// often the model is right on whole sets; of all models that are compared. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import { AGREEMENT, agreementAsked, agreementChoices } from '../agreementChoices';
import { drawnProbes, probeModels, type ProbedModel } from '../agreementProbe';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { pageOf } from '../selectors';
import { answerText } from '../staleText';
import { createAgreementForm } from './agreementForm';
import { createAgreementProbe } from './agreementProbe';
import { createAgreementSets } from './agreementSets';
import { refusalText } from './agreementWords';
import { createFoldedSection } from './foldedSection';
import type { ShellContext, ShellView } from './shellView';

export function createAgreementSection(context: ShellContext): ShellView {
  const { events, formats, questions } = context;
  const form = createAgreementForm(events);
  const sets = createAgreementSets(context);
  const state = html('p', { class: 'card-state', role: 'status' });
  const refused = html('div', { class: 'agreement-refused', role: 'status' });
  const probe = createAgreementProbe(formats);
  const section = createFoldedSection(
    {
      ...{ name: 'agreement', title: l10n.t('Agreement'), key: AGREEMENT.open },
      note: l10n.t('does the model keep the subject in mind past nouns of the other number?'),
    },
    events,
    html(
      'div',
      { class: 'measured-body agreement-columns' },
      html('div', {}, form.element, refused, state, probe.element),
      sets.element,
    ),
  );
  const fillRefused = createKeyedContent(refused);
  const refuse = (sentences: readonly string[]): void => {
    setShown(refused, sentences.length > 0);
    fillRefused(sentences.join('\n'), () => sentences.map((text) => html('p', {}, text)));
  };

  return {
    element: section.element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown = run?.config.task === 'language' && pageOf(model) === 'run' && model.frame !== null;
      setShown(section.element, shown);
      if (!shown || !section.isOpen(model)) return;
      const text = model.frame?.header.tokens.map((token) => token.text).join('') ?? '';
      const choices = agreementChoices(model.sections, text);
      form.update(choices);
      sets.update(model);
      const asked = agreementAsked(choices);
      if (asked === null) {
        refuse([l10n.t('This is too long: a prefix may have 4,000 characters.')]);
        setText(state, '');
        setShown(probe.element, false);
        return;
      }
      const comparison = model.host?.comparison ?? null;
      const runs = { run, metrics: model.metrics, comparison, snapshot: model.snapshot };
      const models = probeModels(runs, questions, asked);
      setText(state, stateText(models));
      refuse(refusals(models, asked.continuations));
      const drawn = drawnProbes(runs, questions);
      setShown(probe.element, drawn.length > 0);
      if (drawn.length === 0) return;
      const isStale = models.some(({ known: { stale, value } }) => stale && value !== null);
      probe.update(drawn, model.width, isStale);
    },
  };
}

/** One sentence where all models refuse for the same reason. */
function refusals(models: readonly ProbedModel[], words: readonly [string, string]): string[] {
  const own = models.flatMap(({ name, known: { value } }) =>
    value === null || value.refused === null ? [] : [{ name, why: refusalText(value.refused, words) }],
  );
  const reasons = [...new Set(own.map(({ why }) => why))];
  if (reasons.length === 1 && own.length === models.length) return reasons;
  return own.map(({ name, why }) => `${name}: ${why}`);
}

function stateText(models: readonly ProbedModel[]): string {
  const several = models.length > 1;
  const texts = models.flatMap(({ name, known }) => {
    const text = answerText(known);
    return text === '' ? [] : [several ? `${name}: ${text}` : text];
  });
  return texts.join(' · ');
}
