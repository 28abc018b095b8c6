// The model's reading of a text: a sequence of tokens, each with its place in the text.
import { CharacterTokenizer } from './graphemes';
import { WordTokenizer } from './words';

export type TokenUnit = 'characters' | 'words';

/** A token and its UTF-16 offsets [start, end) in the text. A line end is "\n" however it is written. */
export interface Token {
  text: string;
  start: number;
  end: number;
}

export type TokenVisitor = (text: string, start: number, end: number) => void;

/** A streaming tokenizer: the tokens are the same however the text is cut into pieces. */
export interface Tokenizer {
  push(text: string, visit: TokenVisitor): void;
  /** Visits what was held back. */
  end(visit: TokenVisitor): void;
}

export function createTokenizer(unit: TokenUnit): Tokenizer {
  return unit === 'characters' ? new CharacterTokenizer() : new WordTokenizer();
}

/** All tokens of a short text. */
export function tokenize(text: string, unit: TokenUnit): Token[] {
  const tokens: Token[] = [];
  const tokenizer = createTokenizer(unit);
  const visit: TokenVisitor = (token, start, end) => tokens.push({ text: token, start, end });
  tokenizer.push(text, visit);
  tokenizer.end(visit);
  return tokens;
}
