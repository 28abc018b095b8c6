// English words as the treebanks of Universal Dependencies part them: clitics, hyphens and marks are words.
import { abbreviationKind } from './abbreviations';
import { TAGGED, WHOLE_PIECES } from './wordPatterns';

/** Prefixes that stay with their word across a hyphen. */
const PREFIXES =
  /^(?:e|ex|co|non|re|pre|pro|anti|post|sub|semi|multi|mid|mini|pan|un|inter|intra|counter|cross|x|micro|macro|mega|neo|pseudo|ultra|vice|t|de|bi|tri|over|under|super)-$/i;
const LETTERS = '\\p{L}[\\p{L}\\p{M}\\p{N}_]*';
const WORD = new RegExp(`${LETTERS}(?:['’]${LETTERS})*|${LETTERS}`, 'uy');
const DOTTED = /(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])|Ph\.D(?!\p{L})|M\.Sc(?!\p{L})/uy;
const NUMBER =
  /(?:(?<![\p{L}\p{N})\]])[+-])?(?<![\p{L}\p{N}])(?:\d+(?:[-.]\d+){2,}|\d+(?:\/\d+)+|\d+(?::\d+)+|\d+(?:,\d{3})+(?:\.\d+)?|\d*[.,]\d+|\d+)(?:st|nd|rd|th|['’]?s)?(?![\p{L}\p{N}])/iuy;
const PHONE = /(?:\d-)?\d{3}-(?:\d{3}-)?\d{4}(?!\d)/y;
const MEASURED =
  /\d[\d.,:]*(?=(?:am|pm|a\.m|p\.m|k|m|b|bn|kg|g|km|cm|mm|ft|lbs?|hrs?|mins?|x|mph|gb|mb)(?![\p{L}\p{N}]))/iuy;
const MIXED = /[\p{N}][\p{L}\p{N}\p{M}_]*/uy;
const CLITIC =
  /^(.+?)(n['’`]t|['’`](?:s|m|re|ve|ll)|(?<=^(?:i|you|he|she|it|we|they|who|what|how|where|why|there|that|this|one|thou|ye))['’`]d)$/iu;
const LEADING_CLITIC = /['’](?:em|cause|til|n|gainst|scape|twixt|tween|neath|bout|round)(?!\p{L})/iuy;
const IT_WAS = /['’]t(?=(?:is|was|were|will|would)(?!\p{L}))/iuy;
const LOOSE_CLITIC = /(?:['’`](?:s|m|d|re|ve|ll|t))(?![\p{L}\p{N}])/iuy;

/** Words that are two without a mark between them, with the length of the first. */
const JOINED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    cannot: 3,
    gonna: 3,
    wanna: 3,
    gotta: 3,
    gimme: 3,
    lemme: 3,
    dunno: 2,
    dont: 2,
    didnt: 3,
    doesnt: 4,
    isnt: 2,
    wasnt: 3,
    arent: 3,
    couldnt: 5,
    wouldnt: 5,
    shouldnt: 6,
    havent: 4,
    hasnt: 3,
    cant: 2,
    wont: 2,
    youre: 3,
    theyre: 4,
    thats: 4,
    whats: 4,
    theres: 5,
    ive: 1,
    im: 1,
    youll: 3,
    outta: 3,
  }),
);

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const lengthsOfLetters = (word: string): number[] => {
  const clitic = CLITIC.exec(word);
  if (clitic?.[1] && clitic[2]) return [...lengthsOfLetters(clitic[1]), clitic[2].length];
  const first = JOINED.get(word.toLowerCase());
  return first ? [first, word.length - first] : [word.length];
};

/** Whether the hyphen at `at` belongs to the word that begins at `start`. */
const keepsHyphen = (text: string, start: number, at: number): boolean =>
  /^[-‐‑]\p{L}/u.test(text.slice(at, at + 3)) && PREFIXES.test(text.slice(start, at) + '-');

const lettersAt = (text: string, at: number): number[] | null => {
  const first = matchAt(WORD, text, at);
  if (first === null) return null;
  let end = at + first.length;
  while (keepsHyphen(text, at, end)) {
    const more = matchAt(WORD, text, end + 1);
    if (more === null) break;
    end += 1 + more.length;
  }
  while (/^[&](?=\p{Lu})/u.test(text.slice(end, end + 2)) && /^\p{Lu}+(?:&\p{Lu}+)*$/u.test(text.slice(at, end))) {
    const more = matchAt(WORD, text, end + 1);
    if (more === null) break;
    end += 1 + more.length;
  }
  const word = text.slice(at, end);
  if (text[end] === '.' && text[end + 1] !== '.' && abbreviationKind(word, text.slice(end + 1, end + 4)) !== null)
    return [word.length + 1];
  return lengthsOfLetters(word);
};

const dottedAt = (text: string, at: number): number[] | null => {
  const word = matchAt(DOTTED, text, at);
  if (word === null) return null;
  return [word.length + (/^\.(?!\.)/.test(text.slice(at + word.length, at + word.length + 2)) ? 1 : 0)];
};

const oneOf = (patterns: readonly RegExp[], text: string, at: number): number[] | null => {
  for (const pattern of patterns) {
    const piece = matchAt(pattern, text, at);
    if (piece) return [piece.length];
  }
  return null;
};

/** A clitic at the beginning of what is left, as the 's after a bracket or the 'em of rock 'n' roll. */
const cliticAt = (text: string, at: number, before: string): number[] | null =>
  oneOf(/[\p{L}\p{N})\]"”.]/u.test(before) ? [LOOSE_CLITIC] : [LEADING_CLITIC, IT_WAS], text, at);

/**
 * Lengths in UTF-16 units of the words at `at`, where no white space is; together they never reach over white space.
 * A full stop that belongs to an abbreviation is part of its word.
 */
export const englishWordsAt = (text: string, at: number): number[] =>
  oneOf(WHOLE_PIECES, text, at) ??
  dottedAt(text, at) ??
  cliticAt(text, at, text[at - 1] ?? '') ??
  lettersAt(text, at) ??
  oneOf([TAGGED, PHONE, MEASURED, NUMBER, MIXED], text, at) ??
  [text.codePointAt(at) ?? 0].map((p) => (p > 0xffff ? 2 : 1));
