// The words that agreement templates are made of: written for this project, CC0. Every noun and verb in both numbers.

/** Singular and plural. */
export type Pair = readonly [singular: string, plural: string];

/** People: they write and admire, and are written about. */
export const PEOPLE: readonly Pair[] = [
  ...([
    ['writer', 'writers'],
    ['teacher', 'teachers'],
    ['doctor', 'doctors'],
    ['farmer', 'farmers'],
    ['sailor', 'sailors'],
    ['painter', 'painters'],
    ['baker', 'bakers'],
    ['driver', 'drivers'],
    ['singer', 'singers'],
    ['keeper', 'keepers'],
    ['student', 'students'],
    ['soldier', 'soldiers'],
    ['friend', 'friends'],
    ['captain', 'captains'],
    ['brother', 'brothers'],
    ['sister', 'sisters'],
    ['man', 'men'],
    ['woman', 'women'],
    ['child', 'children'],
  ] as const),
];

/** Things that people have, make and look at. */
export const THINGS: readonly Pair[] = [
  ...([
    ['book', 'books'],
    ['letter', 'letters'],
    ['picture', 'pictures'],
    ['song', 'songs'],
    ['lamp', 'lamps'],
    ['key', 'keys'],
    ['boat', 'boats'],
    ['ship', 'ships'],
    ['coat', 'coats'],
    ['table', 'tables'],
    ['knife', 'knives'],
    ['horse', 'horses'],
    ['box', 'boxes'],
    ['stone', 'stones'],
  ] as const),
];

/** What things and people are near. */
export const PLACES: readonly Pair[] = [
  ...([
    ['door', 'doors'],
    ['window', 'windows'],
    ['house', 'houses'],
    ['garden', 'gardens'],
    ['bridge', 'bridges'],
    ['river', 'rivers'],
    ['road', 'roads'],
    ['field', 'fields'],
    ['island', 'islands'],
    ['tower', 'towers'],
    ['wall', 'walls'],
    ['tree', 'trees'],
    ['hill', 'hills'],
    ['room', 'rooms'],
  ] as const),
];

/** What people do to people. */
export const PERSON_VERBS: readonly Pair[] = [
  ['knows', 'know'],
  ['loves', 'love'],
  ['hates', 'hate'],
  ['helps', 'help'],
  ['follows', 'follow'],
  ['calls', 'call'],
  ['visits', 'visit'],
];

/** What people do to things and places. */
export const THING_VERBS: readonly Pair[] = [
  ['sees', 'see'],
  ['likes', 'like'],
  ['finds', 'find'],
  ['paints', 'paint'],
  ['watches', 'watch'],
  ['wants', 'want'],
  ['keeps', 'keep'],
];

/** What joins a person to things, and anything to a place. */
export const OWNING = ['of', 'with'] as const;
export const NEAR = ['near', 'behind', 'beside', 'by', 'above', 'under'] as const;
export const ADJECTIVES = ['old', 'young', 'small', 'quiet', 'tired', 'famous', 'strange', 'honest'] as const;

export const EVERY_NOUN: readonly Pair[] = [...PEOPLE, ...THINGS, ...PLACES];

const placeInPair: ReadonlyMap<string, 'singular' | 'plural'> = new Map(
  EVERY_NOUN.flatMap(([singular, plural]) => [[singular, 'singular'] as const, [plural, 'plural'] as const]),
);

/** The number of one of these nouns; null for any other word. */
export function numberOfNoun(word: string): 'singular' | 'plural' | null {
  return placeInPair.get(word.toLowerCase()) ?? null;
}
