// A prefix made longer phrase by phrase: nouns of the other number come between the subject and its verb, and beside it, as what distance
// alone does, the same phrases with nouns of the subject's own number. English only.
import { otherNumber, type GrammaticalNumber } from './agreementItem';
import { EVERY_NOUN, numberOfNoun, PEOPLE, PLACES, THINGS, type Pair } from './templateWords';

export interface Subject {
  word: string;
  number: GrammaticalNumber;
  /** By its ending or the word before it, not by a list of nouns. */
  guessed: boolean;
}

export interface Rung {
  prefix: string;
  inserted: string | null;
}

export interface GeneratedLadder {
  subject: Subject;
  /** The prefix as it is, then with one phrase more at a time. */
  attractors: Rung[];
  control: Rung[];
}

export type NoLadder = 'notEnglish' | 'numberUnknown' | 'nounsUnknown';

const PREPOSITIONS = ['of', 'near', 'with', 'behind', 'by', 'beside'] as const;
/** What follows each of them best, in the order in which phrases are put in. */
const PREFERRED: readonly (readonly Pair[])[] = [THINGS, PLACES, THINGS, PLACES, PLACES, PLACES];

const SINGULAR_BEFORE: ReadonlySet<string> = new Set(['a', 'an', 'this', 'that', 'each', 'every', 'one', 'another']);
const PLURAL_BEFORE: ReadonlySet<string> = new Set([
  'these',
  'those',
  'many',
  'few',
  'several',
  'both',
  'two',
  'three',
]);
const DETERMINERS: ReadonlySet<string> = new Set([
  ...['the', 'my', 'your', 'his', 'her', 'its', 'our', 'their', 'some', 'no', 'all', 'any'],
  ...[...SINGULAR_BEFORE, ...PLURAL_BEFORE],
]);
/** What ends the first noun's phrase. */
const AFTER_NOUN: ReadonlySet<string> = new Set([
  ...['of', 'in', 'on', 'at', 'by', 'with', 'near', 'behind', 'beside', 'above', 'under', 'from', 'to', 'for', 'and'],
  ...['that', 'which', 'who', 'whom', 'is', 'are', 'was', 'were', 'has', 'have', 'over', 'between', 'about', 'or'],
]);

/**
 * The ladder of a prefix, of so many phrases at most; fewer where `knows` (whether a model knows a word) finds fewer nouns in both numbers.
 * `number` is that of the verb; null lets it be told from the subject.
 */
export function attractorLadder(
  prefix: string,
  number: GrammaticalNumber | null,
  most: number,
  knows: (word: string) => boolean,
): GeneratedLadder | NoLadder {
  const words = prefix.match(/[\p{L}'’-]+/gu) ?? [];
  if (words.length === 0) return 'numberUnknown';
  if (!words.every((word) => /^[\p{Script=Latin}'’-]+$/u.test(word)) || !knows('the')) return 'notEnglish';
  const subject = subjectOf(words, number);
  if (subject === null) return 'numberUnknown';
  const phrases = phrasesFor(words, most, knows);
  if (phrases.length === 0) return 'nounsUnknown';
  const rungs = (of: GrammaticalNumber): Rung[] => {
    let longer = prefix;
    return [
      { prefix, inserted: null },
      ...phrases.map(({ preposition, noun }) => {
        const inserted = `${preposition} the ${noun[of === 'singular' ? 0 : 1]}`;
        longer = `${longer.trimEnd()} ${inserted}`;
        return { prefix: longer, inserted };
      }),
    ];
  };
  return { subject, attractors: rungs(otherNumber(subject.number)), control: rungs(subject.number) };
}

/** The first noun: one of the templates', else the last word of the first phrase that a determiner begins, else the first word. */
function subjectOf(words: readonly string[], number: GrammaticalNumber | null): Subject | null {
  const lower = words.map((word) => word.toLowerCase());
  const listed = words.find((word) => numberOfNoun(word) !== null);
  const determiner = lower.findIndex((word) => DETERMINERS.has(word));
  const phrase = lower.slice(determiner + 1);
  const end = phrase.findIndex((word) => AFTER_NOUN.has(word));
  const at = determiner + (end < 0 ? phrase.length : end);
  const told = listed === undefined ? null : numberOfNoun(listed);
  if (number !== null) return { word: listed ?? words[Math.max(0, at)], number, guessed: false };
  if (listed !== undefined && told !== null) return { word: listed, number: told, guessed: false };
  if (determiner < 0 || at === determiner) return null;
  const guess = SINGULAR_BEFORE.has(lower[determiner])
    ? 'singular'
    : PLURAL_BEFORE.has(lower[determiner]) || /[^suií]s$/.test(lower[at])
      ? 'plural'
      : 'singular';
  return { word: words[at], number: guess, guessed: true };
}

/** A preposition and a noun each, all nouns different and none in the prefix, known in both numbers. */
function phrasesFor(words: readonly string[], most: number, knows: (word: string) => boolean) {
  const taken = new Set(words.map((word) => word.toLowerCase()));
  const prepositions = PREPOSITIONS.filter(knows);
  const phrases: { preposition: string; noun: Pair }[] = [];
  for (const [at, preposition] of PREPOSITIONS.entries()) {
    if (phrases.length >= most || prepositions.length === 0) break;
    const choices = [...PREFERRED[at], ...EVERY_NOUN.filter((noun) => !PEOPLE.includes(noun)), ...PEOPLE];
    const noun = choices.find((pair) => pair.every((form) => knows(form) && !taken.has(form)));
    if (noun === undefined) break;
    for (const form of noun) taken.add(form);
    phrases.push({ preposition: knows(preposition) ? preposition : prepositions[at % prepositions.length], noun });
  }
  return phrases;
}
