// What is told of the syntax of the text that is looked at: sentences, words over the model's columns, and readings as dependency trees.

/** Languages that there is a parser for. */
export const PARSED_LANGUAGES = ['en', 'ko'] as const;
export type ParsedLanguage = (typeof PARSED_LANGUAGES)[number];

/** Whose trees are wanted: those of a file that was imported, where there are any, or the parser's in any case. */
export const WANTED_TREES = ['imported', 'parser'] as const;
export type WantedTrees = (typeof WANTED_TREES)[number];

export interface SyntaxWord {
  text: string;
  /** UTF-16 offsets in the document; both of the place where it would stand where it is not written (“de le” in “du”). */
  start: number;
  end: number;
  /** Columns of the window that it covers, the last one included; null where none of it is shown. */
  first: number | null;
  last: number | null;
  /** Part of speech (UPOS); null where the file says none. */
  upos: string | null;
}

export interface SyntaxArc {
  /** 0 for the root, else the number of the word, from 1, that the arc comes from. */
  head: number;
  /** With its subtype, as acl:relcl. */
  relation: string;
  /** Probability of the arc over all trees of the sentence; null of trees that were imported. */
  marginal: number | null;
}

export interface SyntaxReading {
  /** Of this tree among all trees of the sentence; null of trees that were imported. */
  probability: number | null;
  /** One arc to each word, in the order of the words. */
  arcs: SyntaxArc[];
}

export interface SyntaxSentence {
  /** UTF-16 offsets in the document. */
  start: number;
  end: number;
  /** Null where there is no parser for its language: it has words then, and no reading. */
  language: ParsedLanguage | null;
  /** It goes on where the text that was sent ends: its tree is of the part that is there. */
  cut: boolean;
  words: SyntaxWord[];
  /** Best first; a second one only where `SyntaxAnswer.secondReading` holds and it is another reading of the words. */
  readings: SyntaxReading[];
  /** The word (from 0) whose head differs between the first reading and the second; none without a second. */
  differs: number[];
}

export interface SyntaxAnswer {
  /** `document`: the text looked at is a CoNLL-U file with trees of its own. */
  source: 'parser' | 'imported' | 'document';
  /** Of most of the text; null: there is no parser for it. */
  language: ParsedLanguage | null;
  /** Those that touch the window, in their order. */
  sentences: SyntaxSentence[];
  /**
   * noLanguage: no parser for this language; unmatched: the imported trees are of other sentences than those that are shown.
   */
  problem: { kind: 'noLanguage' } | { kind: 'unmatched'; name: string } | null;
  /** Sentences of the opened CoNLL-U file that touch the window and have no tree, with the document's line (from 1) that says why. */
  broken?: BrokenSentence[];
  /** UTF-16 offsets of what is shown and belongs to no imported tree. */
  unmatched: { start: number; end: number }[];
  /** The file that trees were imported from for this run; null where there is none. Its trees are not shown where the parser's are wanted. */
  imported: { name: string; trees: number } | null;
  /**
   * A second reading is told where a modifier has a second place on the way from its head to the root or below its head, at least `from`
   * probable; both places together, and all other words' heads together, are at least `clearFrom` probable.
   */
  secondReading: { from: number; clearFrom: number };
  /** Of the parser, when it parsed anything for this answer. */
  tokensPerSecond?: number;
}

/** Why a sentence of a CoNLL-U file has no tree: a code that the host has a sentence for, and what fills it. */
export interface TreeReason {
  code: string;
  args: Record<string, string | number>;
}

export interface BrokenSentence {
  line: number;
  reason: TreeReason;
}

/** What became of a CoNLL-U file that was imported. */
export interface ImportedTrees {
  name: string;
  trees: number;
  words: number;
  /** Sentences that have no tree: the first hundred of them, and how many there are. */
  problems: BrokenSentence[];
  problemCount: number;
  /** Trees that were found in the text around the cursor; null where no text is looked at. */
  matched: number | null;
}
