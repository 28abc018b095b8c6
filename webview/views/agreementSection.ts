// "Agreement": how likely each of two continuations of a prefix is, what speaks for which, what attractors in between do to that, and how
// often the model is right on whole sets. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import { AGREEMENT, agreementAsked, agreementChoices } from '../agreementChoices';
import { askedModels } from '../askedModels';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { beginningTexts, modelName } from '../runText';
import { pageOf } from '../selectors';
import { createAgreementForm } from './agreementForm';
import { drawLadder, ladderRows } from './agreementLadder';
import { continuationRows, oddsBar, prefixBars } from './agreementPair';
import { createAgreementSets } from './agreementSets';
import { ladderSentence, pairSentence, refusalText } from './agreementWords';
import { createFoldedSection } from './foldedSection';
import type { ShellContext, ShellView } from './shellView';
import { createChangeGuard } from './track';

const WIDEST = 760;
const WIDEST_BAR = 460;

export function createAgreementSection(context: ShellContext): ShellView {
  const { events, formats, questions } = context;
  const form = createAgreementForm(events);
  const sets = createAgreementSets(context);
  const state = html('p', { class: 'card-state', role: 'status' });
  const refused = html('p', { class: 'agreement-refused', role: 'status' });
  const head = html(
    'div',
    { class: 'card-head agreement-pair-head' },
    html('h3', {}, l10n.t('Which continuation is likelier')),
  );
  const said = html('p', { class: 'reading-sentence' });
  const bar = html('div', { class: 'agreement-bar' });
  const pairLabel = l10n.t('Continuations, token by token');
  const pairTable = html('table', {});
  const pairHolder = html(
    'div',
    { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': pairLabel },
    pairTable,
  );
  const prefixNote = html('p', { class: 'figure-note agreement-prefix-note' });
  const prefixLabel = l10n.t('Prefix with what its tokens add');
  const prefix = html('div', { class: 'agreement-prefix', tabindex: 0, role: 'region', 'aria-label': prefixLabel });
  const ladderHead = html(
    'div',
    { class: 'card-head agreement-ladder-head' },
    html('h3', {}, l10n.t('With attractors in between')),
  );
  const ladderSaid = html('p', { class: 'reading-sentence' });
  const ladder = html('div', { class: 'agreement-ladder-figure' });
  const ladderNote = html('p', { class: 'figure-note agreement-ladder-note' });
  const ladderTable = html('table', {});
  const ladderLabel = l10n.t('Prefixes with attractors as a table');
  const ladderHolder = html(
    'div',
    { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': ladderLabel },
    ladderTable,
  );
  const ladderFigure = html('div', {}, ladder, ladderNote, ladderHolder);
  const content = html(
    'div',
    {},
    ...[head, said, bar, pairHolder, prefix, prefixNote, ladderHead, ladderSaid, ladderFigure],
  );
  const section = createFoldedSection(
    {
      ...{ name: 'agreement', title: l10n.t('Agreement'), key: AGREEMENT.open },
      note: l10n.t('does the model keep the subject in mind past nouns of the other number?'),
    },
    events,
    html(
      'div',
      { class: 'measured-body agreement-columns' },
      html('div', {}, form.element, refused, state, content),
      sets.element,
    ),
  );
  const redrawn = createChangeGuard();
  const fillRefused = createKeyedContent(refused);

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
      const [own] = askedModels({ run, metrics: model.metrics, comparison: null, snapshot: model.snapshot });
      if (asked === null) {
        fillRefused('long', () => [l10n.t('This is too long: a prefix may have 4,000 characters.')]);
        for (const [part, isShown] of [
          [refused, true],
          [content, false],
        ] as const)
          setShown(part, isShown);
        return;
      }
      const { value, stale, problem, step } = questions.about(asked, own.moment, own.place);
      setText(state, problem ?? (value === null ? l10n.t('computing…') : stale ? l10n.t('stale: computing…') : ''));
      const last = questions.last('agreement', own.place);
      const words = last?.question.continuations ?? asked.continuations;
      const isRefused = value !== null && value.refused !== null;
      setShown(refused, isRefused);
      if (isRefused) {
        const why = refusalText(value.refused, words);
        fillRefused(why, () => [why]);
      }
      const isScored = value !== null && value.refused === null;
      setShown(content, isScored);
      content.classList.toggle('stale', stale);
      if (!isScored) return;
      setText(said, pairSentence(value));
      const caption = [
        run.source.name,
        modelName(run.config),
        ...beginningTexts(run, formats),
        l10n.t('step {0}', formats.integer(step ?? run.step)),
      ].join(' · ');
      setText(
        prefixNote,
        [
          l10n.t(
            'Gradient × input of ln P({0}) − ln P({1}): bars up speak for “{0}”, bars down for “{1}”; the longest is {2}. Struck through: unknown.',
            ...[...words, largestText(value.influence)],
          ),
          caption,
        ].join(' '),
      );
      setText(ladderSaid, ladderSentence(value.ladder, words));
      const isClimbed = value.ladder.kind !== 'none' && value.ladder.rungs.length > 0;
      setShown(ladderFigure, isClimbed);
      setText(
        ladderNote,
        [
          ...(value.ladder.kind === 'generated'
            ? [
                l10n.t(
                  'Filled: nouns of the other number; hollow: the same phrases with nouns of the subject’s own number, what distance alone does.',
                ),
              ]
            : []),
          ...((model.host?.comparison ?? null) === null
            ? []
            : [l10n.t('Of the run shown alone; agreement sets are scored with every model that is compared.')]),
          caption,
        ].join(' '),
      );
      const width = Math.min(WIDEST, model.width - 24);
      if (!redrawn([value, width, words.join('\n')])) return;
      bar.replaceChildren(oddsBar(value, Math.min(WIDEST_BAR, width)));
      pairTable.replaceChildren(...continuationRows(value));
      prefix.replaceChildren(prefixBars(value));
      if (!isClimbed) return;
      ladder.replaceChildren(drawLadder(value.ladder, words, width));
      ladderTable.replaceChildren(...ladderRows(value.ladder, words));
    },
  };
}

const largestText = (influence: Float64Array): string => Math.max(0, ...influence.map(Math.abs)).toPrecision(2);
