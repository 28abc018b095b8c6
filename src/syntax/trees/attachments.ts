// What makes another head another reading: a modifier that may hang higher or lower, as in “saw the man with the telescope”.
import type { ScoredSentence } from './wordHeads';

/** Names of arcs of one kind: a modifier that changes its name only because its head is a noun here and a verb there keeps its kind. */
const KINDS: readonly (readonly string[])[] = [
  ['obl', 'nmod', 'advmod', 'dep'],
  ['advcl', 'acl', 'ccomp'],
  ['amod'],
  ['conj'],
];

/** Of these no reader wavers where they belong: nouns said without a preposition (“every day”), and owners (“my last salon’s price”). */
const NO_MODIFIERS = ['nmod:unmarked', 'nmod:poss'];

/** Below these a modifier is the parser's doubt only. */
const NO_PLACES: readonly (string | null)[] = ['ADV', 'DET'];

/** “Early” may belong to either of two of these; “too”, “else”, “바로” go with anything near. */
const PREDICATES: readonly (string | null)[] = ['VERB', 'ADJ'];

/**
 * Whether the tree `heads` has another reading with `head` (from 1) for `word`: a modifier of the same kind there, with one of the two
 * places below the other, as verb and object are, or noun and owner. Everything else that two trees may differ in (subjects, the root,
 * function words, names of arcs) is left to the probabilities of arcs: there, trees differ where no reader does.
 */
export function isOtherAttachment(
  sentence: Pick<ScoredSentence, 'relation' | 'upos'>,
  heads: Int32Array,
  word: number,
  head: number,
): boolean {
  const { relation, upos } = sentence;
  const first = heads[word - 1];
  if (first === 0 || isBelow(heads, head, word)) return false;
  const headIsLower = isBelow(heads, head, first);
  if (!headIsLower && !isBelow(heads, first, head)) return false;
  const [higher, lower] = headIsLower ? [first, head] : [head, first];
  const names = [higher, lower].map((each) => relation(each, word).relation);
  const [kind, other] = names.map(kindOf);
  if (kind === -1 || kind !== other || NO_PLACES.includes(upos[lower - 1])) return false;
  if (names.includes('advmod') && [higher, lower].some((each) => !PREDICATES.includes(upos[each - 1]))) return false;
  const bond = plain(relation(heads[lower - 1], lower).relation);
  // “Feel great”, “look forward”: a predicate of two words is one place.
  if (bond === 'xcomp' && upos[lower - 1] === 'ADJ') return false;
  // “Great lunch specials”, “hot, fresh, delicious”: what is great or delicious is the same thing.
  if (heads[lower - 1] === higher && (bond === 'compound' || (bond === 'conj' && kind === CONJUNCT))) return false;
  return !isExistence(sentence, heads, higher);
}

const CONJUNCT = 3;

/** Place in KINDS, subtypes left aside; −1 for what is no modifier. */
function kindOf(relation: string): number {
  return NO_MODIFIERS.includes(relation) ? -1 : KINDS.findIndex((names) => names.includes(plain(relation)));
}

/** “There are cups on the shelf”: cups on the shelf are, or on the shelf are cups. */
function isExistence({ relation }: Pick<ScoredSentence, 'relation'>, heads: Int32Array, verb: number): boolean {
  return heads.some((head, word) => head === verb && plain(relation(head, word + 1).relation) === 'expl');
}

function plain(relation: string): string {
  return relation.split(':')[0];
}

/** Whether a word is another one or depends on it, however indirectly. */
function isBelow(heads: Int32Array, word: number, other: number): boolean {
  let at = word;
  while (at !== 0 && at !== other) at = heads[at - 1];
  return at === other;
}
