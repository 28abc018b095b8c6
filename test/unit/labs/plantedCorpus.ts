// A corpus with planted dependencies: in every sentence of random words a marker decides which word comes after a signal, some words further
// on. Its arcs are known; all words have the same part of speech, so that only the arc tells the two from any other pair at that distance.
import type { ArcSentence } from '../../../src/labs/arcs/arcSentence';
import { randomNumbers } from '../../oracle/smallNetworks';

/** Kinds of marker, each with a word that it decides. */
const KINDS = 4;
const FILLERS = 6;
/** Id 0 is the unknown token; then the line end, the signal, fillers, markers, and what they decide. */
const [LINE_END, SIGNAL, FILLER] = [1, 2, 3];
const MARKER = FILLER + FILLERS;
const DECIDED = MARKER + KINDS;
export const PLANTED_VOCABULARY = DECIDED + KINDS;
const WORDS = 10;
/** Words from a marker to the one that it decides. */
export const SHORTEST = 3;
export const LONGEST = 7;

export interface Planted {
  sentences: ArcSentence[];
  /** All tokens, a line end behind every sentence. */
  text: Int32Array;
}

/** The marker is the head in every other sentence, and the word that it decides in the others. */
export function plantedCorpus(count: number, seed: number): Planted {
  const random = randomNumbers(seed);
  const below = (most: number) => Math.floor(random() * most);
  const text: number[] = [];
  const sentences = Array.from({ length: count }, (_, s): ArcSentence => {
    const ids = Int32Array.from({ length: WORDS }, () => FILLER + below(FILLERS));
    const kind = below(KINDS);
    const distance = SHORTEST + below(LONGEST - SHORTEST + 1);
    const marker = below(WORDS - distance);
    const decided = marker + distance;
    [ids[marker], ids[decided - 1], ids[decided]] = [MARKER + kind, SIGNAL, DECIDED + kind];
    text.push(...ids, LINE_END);
    const heads = new Int32Array(WORDS);
    if (s % 2 === 0) heads[decided] = marker + 1;
    else heads[marker] = decided + 1;
    return {
      gap: s === 0 ? new Int32Array(0) : Int32Array.of(LINE_END),
      ids,
      tree: { upos: Array.from(ids, () => 'NOUN'), heads, relations: Array.from(ids, () => 'planted') },
      words: Array.from(ids, (_, at) => ({ first: at, end: at + 1, known: true })),
      document: null,
    };
  });
  return { sentences, text: Int32Array.from(text) };
}

/** The same sentences with one arc each between any two words but the planted ones, over as many words as planted arcs are. */
export function withoutDependencies(sentences: readonly ArcSentence[], seed: number): ArcSentence[] {
  const random = randomNumbers(seed);
  const below = (most: number) => Math.floor(random() * most);
  return sentences.map((sentence) => {
    const planted = sentence.tree.heads.findIndex((head) => head > 0);
    const heads = new Int32Array(WORDS);
    const lag = SHORTEST + below(LONGEST - SHORTEST + 1);
    do {
      const earlier = below(WORDS - lag);
      heads.fill(0);
      if (below(2) === 0) heads[earlier] = earlier + lag + 1;
      else heads[earlier + lag] = earlier + 1;
    } while (heads[planted] > 0);
    return { ...sentence, tree: { ...sentence.tree, heads } };
  });
}
