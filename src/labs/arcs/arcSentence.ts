// A sentence as both kinds of arrow need it: the tokens that a network reads, the words that a tree joins, and which are which.
import type { DependencyTree, Place } from '../../syntax/trees/dependencyTree';
import { tokenize } from '../../text/tokenize';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';

/** Tokens [first, end) of a sentence. */
export interface WordTokens {
  first: number;
  end: number;
  /** Whether the vocabulary knows all of them. */
  known: boolean;
}

export interface ArcSentence {
  /** Tokens between the sentence before and this one. */
  gap: Int32Array;
  ids: Int32Array;
  tree: Pick<DependencyTree, 'upos' | 'heads' | 'relations'>;
  /** By word of the tree; null for one that does not consist of whole tokens of its own. */
  words: (WordTokens | null)[];
  /** The document that the sentence is from; null where that is not known. */
  document: string | null;
}

/** A tree and where its words stand in the text that holds it. */
export interface PlacedTree {
  tree: ArcSentence['tree'];
  /** UTF-16 offsets; null where a word cannot be found in the text. */
  places: readonly (Place | null)[];
  /** Of the sentence. */
  start: number;
  end: number;
  document: string | null;
}

/** Tokens of a text with their ids, as the network reads it. */
export interface ReadTokens {
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
  ids: Int32Array;
}

export function readTokensOf(text: string, vocabulary: Vocabulary): ReadTokens {
  const tokens = tokenize(text, vocabulary.unit);
  return {
    starts: tokens.map(({ start }) => start),
    ends: tokens.map(({ end }) => end),
    ids: Int32Array.from(tokens, (token) => vocabulary.idOf(token.text)),
  };
}

/**
 * Takes the sentences of a text one by one, in its order, with the tokens that are read between them. Tokens that reach over a sentence's
 * ends belong to the gaps, and words whose tokens these are have none.
 */
export class SentencePlacer {
  /** The first token that belongs to no sentence yet. */
  private at = 0;

  constructor(private readonly read: ReadTokens) {}

  next({ tree, places, start, end, document }: PlacedTree): ArcSentence {
    const { starts, ends, ids } = this.read;
    const gapFrom = this.at;
    while (this.at < ids.length && starts[this.at] < start) this.at++;
    const first = this.at;
    while (this.at < ids.length && ends[this.at] <= end) this.at++;
    const [startAt, endAt] = [new Map<number, number>(), new Map<number, number>()];
    for (let t = first; t < this.at; t++) {
      startAt.set(starts[t], t - first);
      endAt.set(ends[t], t - first + 1);
    }
    const own = ids.slice(first, this.at);
    const words = places.map((place) => {
      const from = place === null ? undefined : startAt.get(place.start);
      const to = place === null ? undefined : endAt.get(place.end);
      if (from === undefined || to === undefined || to <= from) return null;
      return { first: from, end: to, known: !own.subarray(from, to).includes(UNKNOWN_ID) };
    });
    return { gap: ids.slice(gapFrom, first), ids: own, tree, words: withoutShared(words), document };
  }
}

/** Words that are written over one another, as a contraction's, have no tokens of their own. */
function withoutShared(words: (WordTokens | null)[]): (WordTokens | null)[] {
  const owners = new Map<number, number>();
  for (const word of words)
    if (word) for (let t = word.first; t < word.end; t++) owners.set(t, (owners.get(t) ?? 0) + 1);
  const isAlone = ({ first, end }: WordTokens) => {
    for (let t = first; t < end; t++) if (owners.get(t) !== 1) return false;
    return true;
  };
  return words.map((word) => (word && isAlone(word) ? word : null));
}
