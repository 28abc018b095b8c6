// Sentences side by side: as lanes [T,B] for the recurrent layers, and as rows one sentence behind the other for the scorers, where a row
// for the root stands before the words of each.

/** A sentence as the network reads it. */
export interface FeatureSentence {
  words: number;
  /** [words,slots] rows of the slots' tables. */
  ids: Int32Array;
}

/** With what a network is to find out. */
export interface GoldSentence extends FeatureSentence {
  /** [words] 0 the root, else the number of a word from 1. */
  heads: Int32Array;
  /** [words] places in the lists of relations and tags; −1 is not learned. */
  relations: Int32Array;
  tags: Int32Array;
}

export interface SentenceBatch<S extends FeatureSentence = FeatureSentence> {
  sentences: S[];
  T: number;
  B: number;
  /** [B] words. */
  lengths: Int32Array;
  /** All words. */
  words: number;
  /** Rows: all words and a root each. */
  rows: number;
  /** [B] the root's row. */
  starts: Int32Array;
  /** [B] where the square of arc scores begins, of side words + 1, and behind the last where all end. */
  squares: Int32Array;
}

export function batchOf<S extends FeatureSentence>(sentences: S[]): SentenceBatch<S> {
  const B = sentences.length;
  const lengths = Int32Array.from(sentences, ({ words }) => words);
  const starts = new Int32Array(B);
  const squares = new Int32Array(B + 1);
  let rows = 0;
  lengths.forEach((length, lane) => {
    starts[lane] = rows;
    squares[lane + 1] = squares[lane] + (length + 1) ** 2;
    rows += length + 1;
  });
  return { sentences, T: Math.max(...lengths), B, lengths, words: rows - B, rows, starts, squares };
}

/**
 * Sentences of about the same length together, at most `words` positions a batch, padding included, but at least one sentence; numbers
 * of sentences, which keep their order within a length.
 */
export function batchesByLength(sentences: readonly FeatureSentence[], words: number): number[][] {
  const order = sentences.map((_, at) => at).sort((a, b) => sentences[a].words - sentences[b].words);
  const batches: number[][] = [];
  let current: number[] = [];
  for (const at of order) {
    if (current.length > 0 && (current.length + 1) * sentences[at].words > words) {
      batches.push(current);
      current = [];
    }
    current.push(at);
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
