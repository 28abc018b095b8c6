// What is said of the joined measure: what it shows, against what, of how many sentences, and why there may be nothing to show.
import * as l10n from '@vscode/l10n';
import { FEW_ARCS, type JoinedAnswer, type JoinedProblem } from '../../src/protocol/joined';
import { distanceNames, joinedCurves, type JoinedChoice, type MeasuredArcs } from '../joinedCurves';
import type { JoinedModel } from '../joinedMeasures';
import type { NumberFormats } from '../numberFormats';
import { scientific } from '../shownText';

/** A sentence a model: at which distances arcs get more of the gradient than pairs without one. */
export function joinedSentences(models: readonly MeasuredArcs[], choice: JoinedChoice): string[] {
  const ratios = { ...choice, shown: choice.shown === 'share' ? ('share' as const) : ('ratio' as const) };
  return models.map((model) => {
    const curve = joinedCurves([model, model], ratios)[0];
    const reliable = curve?.values.filter(({ few }) => !few) ?? [];
    if (reliable.length === 0)
      return l10n.t('{0}: fewer than {1} arcs at every distance, too few to tell.', model.name, FEW_ARCS);
    const names = distanceNames();
    const listed = (of: typeof reliable): string => of.map(({ at }) => names[at]).join(', ');
    const more = reliable.filter(({ low }) => (low ?? 0) > 1);
    const less = reliable.filter(({ high }) => (high ?? Infinity) < 1);
    const open = reliable.filter((one) => !more.includes(one) && !less.includes(one));
    const first = reliable[0];
    const [ratio, low, high] = [first.value, first.low ?? NaN, first.high ?? NaN].map(scientific);
    return [
      l10n.t(
        '{0}: at distance {1} the other end of an arc gets {2} times the gradient of a word without an arc (95 %: {3}–{4}).',
        ...[model.name, names[first.at], ratio, low, high],
      ),
      ...(more.length > 0 ? [l10n.t('Interval above 1 at: {0}.', listed(more))] : []),
      ...(less.length > 0 ? [l10n.t('Interval below 1 at: {0}.', listed(less))] : []),
      ...(open.length > 0 ? [l10n.t('Not told apart at: {0}.', listed(open))] : []),
    ].join(' ');
  });
}

export function againstText(models: readonly { value: JoinedAnswer }[]): string {
  const parsed = models.some(({ value }) => value.trees.source === 'parser');
  const intervals = models.length * distanceNames().length;
  return [
    l10n.t(
      'Against: what it is measured against has the same distance and parts of speech, not the same words; likely pairs of words may have arcs and gradient for other reasons.',
    ),
    l10n.t('Each of the {0} intervals misses one time in twenty by chance alone.', intervals),
    ...(parsed ? [l10n.t('The trees are a parser’s, with errors of its own.')] : []),
  ].join(' ');
}

export function problemText(problem: JoinedProblem, name: string): string {
  const texts: Record<JoinedProblem, string> = {
    noTrees: l10n.t(
      '{0}: there are no trees. The parsers read English and Korean, and this text seems to be neither; trees of a CoNLL-U file can be imported.',
      name,
    ),
    noSentence: l10n.t(
      '{0}: no sentence was found in the text. Trees of sentences in a CoNLL-U file can be imported instead.',
      name,
    ),
    readsBothWays: l10n.t(
      '{0} reads both ways: it has seen the word that it should foretell, so its gradient says nothing. Measure a network that reads forward, or a cloze model.',
      name,
    ),
  };
  return texts[problem];
}

/** How far the measure has come. */
export function progressText(models: readonly JoinedModel[], formats: NumberFormats): string {
  const going = models.flatMap(({ name, known: { value, problem }, goal, isGoing, isMoving }) => {
    if (problem !== null) return [`${name}: ${problem}`];
    if (!isGoing) return [];
    if (value === null || value.problem !== null) return [l10n.t('{0}: measuring the first sentences…', name)];
    const [done, all] = [formats.integer(value.sentences), formats.integer(goal)];
    return [
      isMoving ? l10n.t('{0}: stale, measuring again…', name) : l10n.t('{0}: {1} of {2} sentences…', name, done, all),
    ];
  });
  return going.join(' · ');
}

/** Of how much: sentences, words, arcs, and what was left out. */
export function sampleText(value: JoinedAnswer, formats: NumberFormats): string {
  const { sentences, sentencesInAll, words, arcs, leftOut, trees } = value;
  const integer = (count: number): string => formats.integer(count);
  const out: [number, one: string, more: (count: string) => string][] = [
    [
      leftOut.unaligned,
      l10n.t('1 word that no tokens make up alone'),
      (count) => l10n.t('{0} words that no tokens make up alone', count),
    ],
    [
      leftOut.unknown,
      l10n.t('1 word with an unknown token'),
      (count) => l10n.t('{0} words with unknown tokens', count),
    ],
    [leftOut.long, l10n.t('1 sentence that is too long'), (count) => l10n.t('{0} sentences that are too long', count)],
    [
      leftOut.unmatched,
      l10n.t('1 arc with nothing to be compared with'),
      (count) => l10n.t('{0} arcs with nothing to be compared with', count),
    ],
  ];
  const left = out.flatMap(([count, one, more]) => (count === 0 ? [] : [count === 1 ? one : more(integer(count))]));
  const languages = { en: l10n.t('English'), ko: l10n.t('Korean') };
  const source =
    trees.source === 'imported'
      ? l10n.t('trees from “{0}”', trees.file ?? '')
      : l10n.t('trees by the parser for {0}', trees.language === null ? '?' : languages[trees.language]);
  return [
    sentencesInAll === 1
      ? l10n.t('the one sentence')
      : l10n.t('the first {0} of {1} sentences', integer(sentences), integer(sentencesInAll)),
    arcs === 1
      ? l10n.t('{0} words, 1 arc', integer(words))
      : l10n.t('{0} words, {1} arcs', integer(words), integer(arcs)),
    source,
    ...(left.length > 0 ? [l10n.t('left out: {0}', left.join(', '))] : []),
  ].join(' · ');
}
