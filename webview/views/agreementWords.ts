// What is said of agreement: refusals, the pair, the ladder and the sets.
import * as l10n from '@vscode/l10n';
import type { AgreementLadder, AgreementRefusal, AgreementSetAnswer } from '../../src/protocol/agreement';
import { oddsOf, percent, probabilityText, signedText, type ScoredModel } from '../agreementCurves';
import type { NumberFormats } from '../numberFormats';
import { scientific } from '../shownText';
import type { ScoredPair, ScoredProbe } from '../agreementProbe';

export function refusalText(refusal: AgreementRefusal, words: readonly [string, string]): string {
  switch (refusal.why) {
    case 'emptyPrefix':
      return l10n.t('Type a prefix: the words that come before the two continuations.');
    case 'emptyContinuation':
      return refusal.which === 0
        ? l10n.t('Type the first continuation, the one that should be likelier.')
        : l10n.t('Type the second continuation, the one that should be less likely.');
    case 'sameContinuations':
      return l10n.t('Both continuations are the same to this model: there is nothing to compare.');
    case 'unknownContinuation':
      return l10n.t(
        'The model does not know {0} in “{1}”: its probability would be that of any unknown word. Choose a word of the text that it was trained on.',
        refusal.words.map((word) => `“${word}”`).join(', '),
        words[refusal.which],
      );
    case 'otherScript':
      return l10n.t(
        'The prefix is written in another script ({0}) than the text that the model was trained on ({1}): it knows none of it.',
        refusal.prefix,
        refusal.model,
      );
  }
}

function pairSentence({ continuations: [first, second], logOdds, unknown, readBefore }: ScoredPair): string {
  const [likelier, other] = logOdds >= 0 ? [first, second] : [second, first];
  const times = Math.exp(Math.abs(logOdds));
  return [
    l10n.t(
      'P({0}) = {1} against P({2}) = {3}: “{4}” is {5} times as likely as “{6}” (ln odds {7}).',
      ...[first.text, probabilityText(first.logProbability), second.text, probabilityText(second.logProbability)],
      ...[likelier.text, scientific(times), other.text, signedText(logOdds)],
    ),
    ...(unknown.length > 0
      ? [l10n.t('Unknown to this model, and read as such: {0}.', unknown.map((word) => `“${word}”`).join(', '))]
      : []),
    ...(readBefore === 1 ? [l10n.t('1 token before those shown was read, too.')] : []),
    ...(readBefore > 1 ? [l10n.t('{0} tokens before those shown were read, too.', readBefore)] : []),
  ].join(' ');
}

/** A sentence for each model, named where there are several. */
export function pairSentences(probes: readonly ScoredProbe[]): string[] {
  return named(probes, ({ pair }) => pairSentence(pair));
}

export function ladderSentences(probes: readonly ScoredProbe[]): string[] {
  return named(probes, ({ pair, words }) => ladderSentence(pair.ladder, words));
}

function named(probes: readonly ScoredProbe[], sentence: (probe: ScoredProbe) => string): string[] {
  return probes.map((probe) => (probes.length > 1 ? `${probe.name}: ${sentence(probe)}` : sentence(probe)));
}

function ladderSentence(ladder: AgreementLadder, words: readonly [string, string]): string {
  const { rungs, subject, reason, kind } = ladder;
  if (kind === 'none') {
    if (reason === 'numberUnknown')
      return l10n.t(
        'No attractors are put in: the number of the subject cannot be told from the prefix. Say above whether it is singular or plural.',
      );
    if (reason === 'nounsUnknown')
      return l10n.t('No attractors are put in: the model does not know enough of the nouns. Type steps of your own.');
    return l10n.t('Attractors are put in for English prefixes only. Type steps of your own, one a line.');
  }
  const [odds, none] = [rungs.map(oddsOf), l10n.t('No step can be scored.')];
  if (odds.length === 0) return none;
  const preferred = (value: number): string => words[value >= 0 ? 0 : 1];
  const turn = odds.findIndex((value) => value >= 0 !== odds[0] >= 0);
  const course =
    turn < 0
      ? l10n.t('“{0}” stays the likelier one throughout.', preferred(odds[0]))
      : kind === 'generated'
        ? l10n.t('From attractor {0} on the other one, “{1}”, is likelier.', turn, preferred(odds[turn]))
        : l10n.t('At step {0} the other one, “{1}”, becomes likelier.', turn + 1, preferred(odds[turn]));
  if (subject === null) return course;
  const { word, number, guessed } = subject;
  const taken =
    number === 'singular'
      ? l10n.t('“{0}” is taken for a singular subject', word)
      : l10n.t('“{0}” is taken for a plural subject', word);
  return `${guessed ? l10n.t('{0} (guessed)', taken) : taken}. ${course}`;
}

export function setSentences(models: readonly ScoredModel[], formats: NumberFormats): string[] {
  const nothing = models.find(({ value }) => value.total === 0);
  if (nothing) return [nothingToScore(nothing.value)];
  return models.map(({ name, value: { overall } }) => {
    if (overall.n === 0)
      return l10n.t('{0}: nothing could be scored: the model does not know the forms that are compared.', name);
    if (overall.n === 1)
      return overall.hits === 1
        ? l10n.t('{0}: right in the one item.', name)
        : l10n.t('{0}: wrong in the one item.', name);
    return l10n.t(
      '{0}: right in {1} of {2} items (95 %: {3}–{4}).',
      ...[name, percent(overall.accuracy), formats.integer(overall.n), percent(overall.low), percent(overall.high)],
    );
  });
}

/** What a file would need to hold. */
function nothingToScore({ kind }: AgreementSetAnswer): string {
  return kind === 'pairs'
    ? l10n.t('There is nothing to score: no line holds two sentences that differ, a good and a bad one.')
    : l10n.t(
        'There is nothing to score: no sentence has a noun subject with Number whose verb, to its right, shows number and agrees.',
      );
}

/** Nothing where nothing was scored. */
export function setAgainst({ kind, overall }: AgreementSetAnswer): string {
  if (overall.n === 0) return '';
  const number =
    overall.majority === null
      ? l10n.t('Against: chance would be right in 50 %.')
      : l10n.t('Against: always the more frequent number would be right in {0}.', percent(overall.majority));
  const guess =
    overall.frequent === null
      ? number
      : `${number} ${l10n.t('Always the form that the text holds more often: {0}.', percent(overall.frequent))}`;
  return kind === 'templates'
    ? `${guess} ${l10n.t('One run, one seed; on templates a vanilla network catches up with more epochs.')}`
    : `${guess} ${l10n.t('One run, one seed.')}`;
}

export function setName(name: string | null): string {
  return name === null ? l10n.t('templates of the product') : `“${name}”`;
}

/** A reason that a line cannot be used; what is not known here is told as it is. */
export function lineReason(reason: string): string {
  const texts: Record<string, string> = {
    notJson: l10n.t('the line is no JSON object'),
    noSentences: l10n.t('it has neither sentence_good and sentence_bad nor good and bad'),
    sameSentences: l10n.t('both sentences are the same'),
    columns: l10n.t('not ten columns, separated by tabs'),
    wordNumber: l10n.t('words are not numbered 1, 2, 3 …'),
    contraction: l10n.t('the words of a multiword token are not those that follow'),
    noForm: l10n.t('no token'),
    noHead: l10n.t('a head is no number'),
    headOutOfRange: l10n.t('a head is none of the sentence’s words'),
    noRoot: l10n.t('no word has the head 0'),
    severalRoots: l10n.t('two words have the head 0'),
    cycle: l10n.t('the heads run in a circle'),
  };
  return texts[reason] ?? reason;
}
