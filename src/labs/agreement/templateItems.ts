// Beginnings of sentences made from templates, for any number of attractors: what stands between subject and verb is known by construction.
import { seededUniform } from '../../text/datasets/seededOrder';
import { otherNumber, type AgreementItem, type GrammaticalNumber } from './agreementItem';
import {
  ADJECTIVES,
  EVERY_NOUN,
  NEAR,
  OWNING,
  PEOPLE,
  PERSON_VERBS,
  PLACES,
  THING_VERBS,
  THINGS,
  type Pair,
} from './templateWords';

export const MOST_ATTRACTORS = 5;
/** `original`: words that go together; `nonsense`: any noun and verb in any place, as in Gulordava et al. (2018), so that only grammar helps. */
export const WORDINGS = ['original', 'nonsense'] as const;
export type Wording = (typeof WORDINGS)[number];
/**
 * `plain`: nothing in between; `prepositions`: "the writer of the books near the door"; `subjectClause`: "the writer that loves the
 * doctors"; `objectClause`: "the book that the doctors like"; `centre`: "the book that the doctors that the farmer knows like".
 */
export const CONSTRUCTIONS = ['plain', 'prepositions', 'subjectClause', 'objectClause', 'centre'] as const;
export type Construction = (typeof CONSTRUCTIONS)[number];

export interface TemplateItem extends AgreementItem {
  wording: Wording;
  construction: Construction;
  /** The verb in the right number and in the wrong one. */
  right: string;
  wrong: string;
}

export interface TemplateOptions {
  seed: number;
  /** Items of each number of attractors and wording. */
  each: number;
  /** From 0 to MOST_ATTRACTORS. */
  attractors: readonly number[];
  wordings?: readonly Wording[];
  /** Whether some of the nouns in between have the subject's number; without, every item is one of the strict curve. */
  mixed?: boolean;
}

const PURPOSE = 71;
const VERBS: readonly Pair[] = [
  ['is', 'are'],
  ['was', 'were'],
  ['has', 'have'],
];
/** Odds of an adjective before a noun, of a noun of the subject's number in mixed items, and of something before the subject's phrase. */
const ADJECTIVE = 0.15;
const SAME = 0.3;
const OPENING = 0.5;
const SAYING: readonly Pair[] = [
  ['thinks', 'think'],
  ['says', 'say'],
  ['hopes', 'hope'],
];

/** The items by number of attractors, then wording; the same for the same options. Throws RangeError for attractors that are not 0 to 5. */
export function templateItems({ seed, each, attractors, wordings, mixed }: TemplateOptions): TemplateItem[] {
  const items: TemplateItem[] = [];
  for (const count of attractors) {
    if (!(Number.isInteger(count) && count >= 0 && count <= MOST_ATTRACTORS))
      throw new RangeError(`${count} attractors`);
    for (const wording of wordings ?? WORDINGS) {
      const draw = new Drawing(seededUniform(seed, PURPOSE + 2 * count + WORDINGS.indexOf(wording)), wording);
      for (let at = 0; at < each; at++) items.push(oneItem(draw, count, at % 2 === 0, mixed ?? false));
    }
  }
  return items;
}

function oneItem(draw: Drawing, attractors: number, isSingular: boolean, mixed: boolean): TemplateItem {
  const number: GrammaticalNumber = isSingular ? 'singular' : 'plural';
  const numbers = new Array<GrammaticalNumber>(attractors).fill(otherNumber(number));
  if (mixed && draw.chance(SAME)) numbers.splice(draw.below(attractors + 1), 0, number);
  const choices = CONSTRUCTIONS.filter((construction) => fits(construction, numbers.length));
  const construction = draw.one(choices);
  const subject = draw.noun(construction === 'objectClause' || construction === 'centre' ? 'thing' : 'person', number);
  const opening = openingOf(draw);
  const words = [
    ...opening,
    ...subject.words,
    ...between(draw, construction, { number, isPerson: subject.isPerson }, numbers),
  ];
  const verb = draw.one(VERBS);
  return {
    ...{ words, number, subject: opening.length + subject.words.length - 1 },
    ...{ attractors, same: numbers.length - attractors, wording: draw.wording, construction },
    ...{ right: form(verb, number), wrong: form(verb, otherNumber(number)) },
  };
}

/** What may stand before the subject, so that it is not always the first noun: "near the rivers ,", "the baker thinks that". */
function openingOf(draw: Drawing): string[] {
  if (!draw.chance(OPENING)) return [];
  const number = draw.chance(0.5) ? 'singular' : 'plural';
  if (draw.chance(0.5)) return [draw.one<string>(NEAR), ...draw.noun('place', number).words, ','];
  return [...draw.noun('person', number).words, form(draw.one(SAYING), number), 'that'];
}

/** Nouns in between that a construction has room for. */
function fits(construction: Construction, nouns: number): boolean {
  if (construction === 'plain') return nouns === 0;
  if (construction === 'centre') return nouns >= 2;
  return nouns >= 1;
}

/** What stands between subject and verb, with nouns of these numbers in this order. */
function between(
  draw: Drawing,
  construction: Construction,
  subject: { number: GrammaticalNumber; isPerson: boolean },
  numbers: readonly GrammaticalNumber[],
): string[] {
  if (numbers.length === 0) return [];
  const [first, ...more] = numbers;
  if (construction === 'subjectClause') {
    const object = draw.noun('person', first);
    // The clause's verb agrees with the subject, too.
    return [
      'that',
      form(draw.verb('person'), subject.number),
      ...object.words,
      ...phrases(draw, object.isPerson, more),
    ];
  }
  if (construction === 'objectClause') {
    const actor = draw.noun('person', first);
    return ['that', ...actor.words, ...phrases(draw, actor.isPerson, more), form(draw.verb('thing'), first)];
  }
  if (construction === 'centre') {
    const [second, ...rest] = more;
    const actor = draw.noun('person', first);
    const inner = draw.noun('person', second);
    const clause = ['that', ...inner.words, ...phrases(draw, inner.isPerson, rest), form(draw.verb('person'), second)];
    return ['that', ...actor.words, ...clause, form(draw.verb('thing'), first)];
  }
  return phrases(draw, subject.isPerson, numbers);
}

/** "of the books near the doors": a phrase for each noun, a thing after a person, else a place. */
function phrases(draw: Drawing, afterPerson: boolean, numbers: readonly GrammaticalNumber[]): string[] {
  return numbers.flatMap((number, at) => {
    const owned = afterPerson && at === 0;
    const noun = draw.noun(owned ? 'thing' : 'place', number);
    return [draw.one<string>(owned ? OWNING : NEAR), ...noun.words];
  });
}

function form([singular, plural]: Pair, number: GrammaticalNumber): string {
  return number === 'singular' ? singular : plural;
}

class Drawing {
  constructor(
    private readonly uniform: () => number,
    readonly wording: Wording,
  ) {}

  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  /** With its article and perhaps an adjective; of the kind that makes sense, or of any. */
  noun(kind: 'person' | 'thing' | 'place', number: GrammaticalNumber): { words: string[]; isPerson: boolean } {
    const sensible = { person: PEOPLE, thing: THINGS, place: PLACES }[kind];
    const noun = form(this.one(this.wording === 'original' ? sensible : EVERY_NOUN), number);
    const adjective = this.chance(ADJECTIVE) ? [this.one<string>(ADJECTIVES)] : [];
    return { words: ['the', ...adjective, noun], isPerson: kind === 'person' };
  }

  verb(kind: 'person' | 'thing'): Pair {
    if (this.wording === 'nonsense') return this.one([...PERSON_VERBS, ...THING_VERBS]);
    return this.one(kind === 'person' ? PERSON_VERBS : THING_VERBS);
  }
}
