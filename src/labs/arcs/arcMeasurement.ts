// How much of a word's loss rests on every other word of its sentence, sentence by sentence: what the joined measure is made of.
import { WARM_UP_CHUNK } from '../../engine/inspection/inspectionMemory';
import { passOver } from '../../engine/inspection/lanePass';
import { initialState, type LaneState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';
import type { ArcSentence, WordTokens } from './arcSentence';
import { wordLosses } from './wordLosses';
import { WordPairs, type Arc } from './wordPairs';

/** Tokens of the longest sentence that is read; longer ones only leave their state behind. */
export const LONGEST_SENTENCE = 400;

export interface ArcMeasurementCounts {
  sentences: number;
  words: number;
  /** Arcs measured. */
  arcs: number;
  /** Words without tokens of their own, words that the vocabulary does not know, sentences that are too long. */
  unaligned: number;
  unknown: number;
  long: number;
}

/**
 * A model that reads forward goes from sentence to sentence with its state, as it was trained; `hidden` is the token that a cloze model
 * reads for a hidden one: it reads every sentence by itself, and hides one word after the other.
 */
export class ArcMeasurement {
  /** J of the later word, gradient on the earlier one. */
  readonly later = new WordPairs();
  /** The other way round; of a cloze model. */
  readonly earlier = new WordPairs();
  readonly counts: ArcMeasurementCounts = { sentences: 0, words: 0, arcs: 0, unaligned: 0, unknown: 0, long: 0 };
  /** By sentence measured: the document that it is from. */
  readonly documents: (string | null)[] = [];
  /** Where the next sentence begins. */
  private before: LaneState;

  constructor(
    model: LanguageModel,
    private readonly hidden: number | null,
  ) {
    this.before = initialState(model);
  }

  /**
   * Measures the next sentence of the text with the model, or a copy of the same weights; yields between pieces of some 15 ms. To be gone
   * through to its end.
   */
  *add(sentence: ArcSentence, model: LanguageModel): Generator<void, void> {
    const { counts, hidden } = this;
    const { gap, ids, words } = sentence;
    counts.sentences++;
    this.documents.push(sentence.document);
    if (hidden === null) yield* this.readOn(gap, model);
    const at = counts.sentences - 1;
    counts.unaligned += words.filter((word) => word === null).length;
    counts.unknown += words.filter((word) => word?.known === false).length;
    const places = words.flatMap((word, w) => (word ? [{ ...word, w }] : []));
    const asked = places.filter(({ first, known }) => known && (hidden !== null || first > 0));
    const isRead =
      ids.length <= LONGEST_SENTENCE &&
      (yield* wordLosses(model, this.before, ids, asked, hidden, (word, { norms }) =>
        this.keep(at, sentence, places, word, norms),
      ));
    if (isRead) counts.words += places.length;
    else counts.long++;
    if (hidden === null) yield* this.readOn(ids, model);
  }

  private *readOn(ids: Int32Array, model: LanguageModel): Generator<void, void> {
    for (let from = 0; from < ids.length; from += WARM_UP_CHUNK) {
      this.before = passOver(model, ids.subarray(from, from + WARM_UP_CHUNK), this.before);
      yield;
    }
  }

  /** Keeps what the loss of the word `asked` rests on: words before it, and of a cloze model those behind it too. */
  private keep(
    at: number,
    { tree }: ArcSentence,
    places: readonly (WordTokens & { w: number })[],
    asked: WordTokens & { w: number },
    norms: Float64Array,
  ): void {
    const others = places.filter(({ w }) => w < asked.w || (this.hidden !== null && w > asked.w));
    const values = others.map(({ first, end }) => Math.hypot(...norms.subarray(first, end)));
    const total = values.reduce((sum, value) => sum + value, 0);
    others.forEach(({ w, known }, k) => {
      if (!known || !(total > 0)) return;
      const [a, b] = [Math.min(w, asked.w), Math.max(w, asked.w)];
      const arc = arcBetween(tree, a, b);
      const into = w < asked.w ? this.later : this.earlier;
      if (arc && w < asked.w) this.counts.arcs++;
      into.add(at, b - a, tree.upos[a], tree.upos[b], arc, values[k], values[k] / total);
    });
  }
}

/** The arc between words a < b of a tree, whichever of them is the head. */
export function arcBetween({ heads, relations }: ArcSentence['tree'], a: number, b: number): Arc | null {
  if (heads[b] === a + 1) return { relation: relations[b], headFirst: true };
  if (heads[a] === b + 1) return { relation: relations[a], headFirst: false };
  return null;
}
