// How a continuation of a prefix is read by a model: which tokens it is made of, and where a word of it must end.
import { tokenize } from '../../text/tokenize';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';

/** What goes on with a word: a letter, its marks, a digit. Apostrophes and hyphens end it. */
const IN_WORD = /^[\p{L}\p{M}\p{N}_]/u;
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}_]$/u;

export interface ReadPrefix {
  ids: Int32Array;
  /** UTF-16 offsets in the prefix as it was typed. */
  tokens: { text: string; start: number; end: number; known: boolean }[];
  /** Tokens that are not known, each once. */
  unknown: string[];
}

export interface ReadContinuation {
  ids: Int32Array;
  texts: string[];
  unknown: string[];
  /** Character models: whether what follows must not go on with the word. */
  endsWord: boolean;
}

export interface ReadPair {
  prefix: ReadPrefix;
  continuations: [ReadContinuation, ReadContinuation];
}

/**
 * A prefix and two continuations as token ids. To a model of characters a space is put between them unless one side brings white space,
 * the continuation begins with punctuation, or it is `attached`; attached to a model of words, it goes on with the prefix's last word.
 */
export function readPair(
  vocabulary: Vocabulary,
  prefix: string,
  continuations: readonly [string, string],
  attached: boolean,
): ReadPair {
  const glued = attached && vocabulary.unit === 'words' ? lastWordOf(prefix) : '';
  const before = prefix.slice(0, prefix.length - glued.length);
  const isApart = attached || /\s$/u.test(before) || before === '';
  const read = (text: string): ReadContinuation => {
    const space = vocabulary.unit === 'characters' && !isApart && IN_WORD.test(text) ? ' ' : '';
    return readContinuation(vocabulary, space + glued + text);
  };
  return { prefix: readPrefix(vocabulary, before), continuations: [read(continuations[0]), read(continuations[1])] };
}

export function readPrefix(vocabulary: Vocabulary, prefix: string): ReadPrefix {
  const tokens = tokenize(prefix, vocabulary.unit).map((token) => ({
    ...token,
    known: vocabulary.idOf(token.text) !== UNKNOWN_ID,
  }));
  const ids = Int32Array.from(tokens, ({ text }) => vocabulary.idOf(text));
  const unknown = tokens.filter(({ known }) => !known).map(({ text }) => text);
  return { ids, tokens, unknown: [...new Set(unknown)] };
}

function readContinuation(vocabulary: Vocabulary, text: string): ReadContinuation {
  const { ids, tokens, unknown } = readPrefix(vocabulary, text);
  const endsWord = vocabulary.unit === 'characters' && ENDS_IN_WORD.test(text);
  return { ids, texts: tokens.map(({ text: token }) => token), unknown, endsWord };
}

function lastWordOf(prefix: string): string {
  return /\S*$/u.exec(prefix)?.[0] ?? '';
}

/** Of every token id 1 where it does not go on with a word that ends before it. The unknown one ends it: it is none of the letters known. */
export function wordEnds(vocabulary: Vocabulary): Uint8Array {
  return Uint8Array.from(vocabulary.entries, ({ text }, id) => (id !== UNKNOWN_ID && IN_WORD.test(text) ? 0 : 1));
}
