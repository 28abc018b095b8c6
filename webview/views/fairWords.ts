// What may be concluded from a comparison on equal terms, sentence by sentence, each with what it is held against.
import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../src/protocol/fairComparison';
import type { FairShare } from '../comparedLosses';
import type { NumberFormats } from '../numberFormats';

export interface FairSentence {
  text: string;
  against: string | null;
}

export function fairSentences({ verdicts, step, seconds }: FairShare, formats: NumberFormats): FairSentence[] {
  const { atStep, atSeconds, advice } = verdicts;
  const said: FairSentence[] = [];
  if (atStep) said.push(verdictSentence(l10n.t('At step {0}', formats.integer(step ?? 0)), atStep));
  if (atSeconds) said.push(verdictSentence(l10n.t('After {0} s', formats.short(seconds ?? 0)), atSeconds));
  else said.push({ text: l10n.t('Not all of these runs measured their time.'), against: null });
  if (!advice) return said;
  const { stepTime } = advice;
  const answers = [
    ...(stepTime === null ? [] : [l10n.t('a step of the GRU takes {0} times one of the LSTM', formats.loss(stepTime))]),
    ...(advice.atStep ? [l10n.t('at equal steps {0}', shortly(advice.atStep))] : []),
    ...(advice.atSeconds ? [l10n.t('after equal time {0}', shortly(advice.atSeconds))] : []),
  ];
  const text = l10n.t('“LSTM by default, GRU for efficiency”, asked of this text: {0}.', answers.join('; '));
  return answers.length === 0 ? said : [...said, { text, against: null }];
}

function verdictSentence(when: string, { best, alike, seeds, chance }: Verdict): FairSentence {
  if (seeds < 2)
    return {
      text: l10n.t('{0}: lowest is {1}.', when, best),
      against: l10n.t('Against: one seed. Another seed may turn the order around.'),
    };
  if (alike.length > 0)
    return {
      text: l10n.t('{0}: not told apart by {1} seeds: {2}.', when, seeds, [best, ...alike].join(', ')),
      against: l10n.t('Against: their ranges over seeds overlap.'),
    };
  const percent = 100 * chance;
  return {
    text: l10n.t('{0}: every seed of {1} lies under every seed of the others.', when, best),
    against: l10n.t(
      'Against: were all models alike, one would do so in {0} % of such comparisons. {1} seeds, one text.',
      percent < 1 ? percent.toPrecision(1) : percent.toFixed(0),
      seeds,
    ),
  };
}

function shortly({ best, alike, seeds }: Verdict): string {
  if (alike.length > 0) return l10n.t('not told apart by {0} seeds', seeds);
  return seeds < 2 ? l10n.t('{0} is lower, with one seed', best) : l10n.t('every seed of {0} is lower', best);
}
