// Where both kinds of arrow meet: how much of the gradient of a word's loss reaches the other end of its arc, against word pairs without an
// arc at the same distance and of the same parts of speech, over a whole file.

/** Distances between two words of a sentence, in words; neighbours are at 1. The last has no end. */
export const JOINED_DISTANCES: readonly { from: number; to: number | null }[] = [
  { from: 1, to: 1 },
  { from: 2, to: 2 },
  { from: 3, to: 3 },
  { from: 4, to: 5 },
  { from: 6, to: 8 },
  { from: 9, to: 12 },
  { from: 13, to: null },
];
/** Fewer arcs than these say little: they are shown greyed. */
export const FEW_ARCS = 30;
/** Which of an arc's two words comes first in the sentence. */
export const ARC_ORDERS = ['headFirst', 'dependentFirst'] as const;
export type ArcOrder = (typeof ARC_ORDERS)[number];

/** Arcs beside word pairs without an arc, which are matched to them one by one. */
export interface ArcsAgainstNull {
  /**
   * Means over the arcs, and over what pairs without an arc have at the same lag and parts of speech. Of norms, which go over many powers of
   * ten, geometric means; of shares ordinary ones.
   */
  arc: number;
  none: number;
  /** arc / none, and the middle 95 % of it when sentences are drawn anew. */
  ratio: number;
  low: number;
  high: number;
}

export interface ArcMeasure {
  /** Arcs that have pairs without an arc to be compared with; the estimates are of these. */
  n: number;
  /** Of them those compared with pairs of the same classes of words (open, closed, other) only: too few share their parts of speech. */
  coarse: number;
  /** ‖∂J(one word)/∂x(the other)‖; a word of several tokens: J is the sum of its losses, the norm that of all its embeddings together. Null for n = 0. */
  value: ArcsAgainstNull | null;
  /** The same as a share of its sum over all words that the loss can look at in the sentence. */
  share: ArcsAgainstNull | null;
}

/** Whose loss is asked about: the later word's, as in any model that reads forward; of a cloze model also the earlier word's. */
export type AskedWord = 'later' | 'earlier';

export interface JoinedCurve {
  order: ArcOrder | 'both';
  asked: AskedWord;
  /** As in JOINED_DISTANCES. */
  points: ArcMeasure[];
}

export interface JoinedRelation extends ArcMeasure {
  /** Without its subtype. */
  relation: string;
  order: ArcOrder;
  asked: AskedWord;
}

/** Of word pairs without an arc: what half, nine and nineteen in twenty of them stay under. */
export interface NullQuantiles {
  lag: number;
  n: number;
  value: { half: number; ninety: number; ninetyFive: number };
  share: { half: number; ninety: number; ninetyFive: number };
}

/** Why nothing could be measured: no parser for the language; no sentence of it; or a network that has read the word it should foretell. */
export type JoinedProblem = 'noTrees' | 'noSentence' | 'readsBothWays';

export interface JoinedAnswer {
  problem: JoinedProblem | null;
  /** Whether words are foretold from what is before them, or from both sides, hidden. */
  reads: 'forward' | 'cloze';
  unit: 'characters' | 'words';
  /** Three for a model that reads forward (headFirst, dependentFirst, both), six for cloze. Without punctuation's arcs. */
  curves: JoinedCurve[];
  /** Most frequent first, all distances together; punctuation too. */
  relations: JoinedRelation[];
  /** Of the later word's loss; lags with enough pairs only. */
  nullByLag: NullQuantiles[];
  /** Sentences measured so far, and those there are: asked again for more, the measure goes on from here. */
  sentences: number;
  sentencesInAll: number;
  words: number;
  arcs: number;
  leftOut: {
    /** Words that do not consist of whole tokens of their own, and words with a token that the vocabulary does not know. */
    unaligned: number;
    unknown: number;
    /** Sentences of more tokens than are read at once. */
    long: number;
    /** Arcs with nothing to be compared with. */
    unmatched: number;
  };
  /** Where the trees are from: a parser's (and of which language), or a file's. */
  trees: { source: 'parser' | 'imported'; language: 'en' | 'ko' | null; file: string | null };
  seconds: number;
}
