// After which words of a block a sentence ends.
import { abbreviationKind, beginsSentence } from './abbreviations';
import type { Language } from './language';

/** A word of a text; offsets in UTF-16 units. */
export interface TextWord {
  form: string;
  start: number;
  end: number;
}

const TERMINAL = /^(?:[.!?…。]+|[.!?…]+[!?]+)$/u;
const CLOSING = /^(?:["'”’)\]}»」』>]|''|’’)$/u;
const OPENING = /^(?:["'“‘([{«「『<]|``)$/u;
/** Smileys and pictographs close what was said before them. */
const FACE = /^(?:[:;=8][-o^']?[)(\]DPp]+|\^_?\^|\p{Extended_Pictographic}.*)$/u;
/** Korean words that take what was quoted before them into their sentence. */
const QUOTING =
  /^(?:이?라(?:고|며|는|면서|던|도|기보다)|고(?:는|도)?$|하(?:고|며|는|였|자)|며$|는$|란$|와$|과$|에$|의$|을$|를$|이$|가$|은$|로$|으로$)/u;

const touches = (a: TextWord, b: TextWord | undefined): boolean => b !== undefined && a.end === b.start;

/** Words looked back for the beginning of a quotation. */
const LONGEST_QUOTE = 300;

/** Whether an unclosed quotation mark of the plain kind stands before word `at`. */
const quoteIsOpen = (words: readonly TextWord[], from: number, at: number): boolean => {
  let open = false;
  for (let i = Math.max(from, at - LONGEST_QUOTE); i < at; i++) if (words[i]?.form === '"') open = !open;
  return open;
};

/** The last word of the sentence that the terminal mark at `at` ends: marks that close quotes and brackets go with it. */
const withClosing = (words: readonly TextWord[], from: number, at: number): number => {
  let last = at;
  for (;;) {
    const word = words[last];
    const next = words[last + 1];
    if (!word || !next || !touches(word, next)) return last;
    const closes = CLOSING.test(next.form) && (next.form !== '"' || quoteIsOpen(words, from, last + 1));
    if (!closes && !TERMINAL.test(next.form)) return last;
    last++;
  }
};

/** Footnote numbers in brackets and faces behind the end belong to the sentence before them. */
const withFollowers = (words: readonly TextWord[], last: number): number => {
  let at = last;
  while (FACE.test(words[at + 1]?.form ?? '')) at++;
  while (words[at + 1]?.form === '[' && /^\d+$/.test(words[at + 2]?.form ?? '') && words[at + 3]?.form === ']') at += 3;
  return at;
};

const endsEnglish = (words: readonly TextWord[], at: number, last: number): boolean => {
  const mark = words[at];
  const end = words[last];
  const next = words[last + 1];
  if (!mark || !end || !next) return true;
  const opening = OPENING.test(next.form) && touches(next, words[last + 2]);
  const following = (opening ? words[last + 2] : next) ?? next;
  const low = /^\p{Ll}/u.test(following.form);
  if (touches(end, next))
    return mark.form === '.' && /^\p{Lu}\p{Ll}/u.test(next.form) && /\p{Ll}$/u.test(words[at - 1]?.form ?? '');
  if (/^[,;:)\]]$/u.test(next.form)) return false;
  if (/^(?:\.{2,}|…+)$/u.test(mark.form)) return !low && !/^[\p{P}]$/u.test(following.form);
  if (last > at) return !low;
  return !low || mark.form !== '...';
};

const endsKorean = (words: readonly TextWord[], at: number, last: number): boolean => {
  const mark = words[at];
  const end = words[last];
  const next = words[last + 1];
  if (!mark || !end || !next) return true;
  if (last > at) return !touches(end, next) && !QUOTING.test(next.form);
  if (touches(end, next)) return /^[가-힣]/u.test(next.form) && /[다요까]$/u.test(words[at - 1]?.form ?? '');
  return !/^[,)\]]$/u.test(next.form) && !CLOSING.test(next.form.replace(/["']/gu, ''));
};

/** An abbreviation with its full stop ends a sentence when what follows begins one. */
const abbreviationEnds = (words: readonly TextWord[], at: number): boolean => {
  const word = words[at];
  const next = words[at + 1];
  if (!word || !next || touches(word, next) || !/\p{L}\.$/u.test(word.form)) return false;
  return abbreviationKind(word.form.slice(0, -1), ' ') === 'anywhere' && beginsSentence(next.form);
};

/** Indices of the words at which sentences end, the last word's among them; ascending. Empty without words. */
export const sentenceEnds = (words: readonly TextWord[], language: Language): number[] => {
  const ends: number[] = [];
  const decide = language === 'en' ? endsEnglish : endsKorean;
  let from = 0;
  let depth = 0;
  for (let at = 0; at < words.length; at++) {
    const form = words[at]?.form ?? '';
    if (form === '(' || form === '[') depth = at - from < 1 ? 0 : depth + 1;
    else if (form === ')' || form === ']') depth = Math.max(0, depth - 1);
    const isTerminal =
      TERMINAL.test(form) || (at > from && FACE.test(form) && /^\p{Lu}/u.test(words[at + 1]?.form ?? ''));
    const closed = isTerminal ? withClosing(words, from, at) : at;
    const last = isTerminal ? withFollowers(words, closed) : at;
    const ending = isTerminal ? decide(words, at, last) : language === 'en' && abbreviationEnds(words, at);
    const inside = language === 'ko' && depth > 0 && last === at;
    if ((ending && !inside) || at === words.length - 1) {
      ends.push(last);
      from = last + 1;
      depth = 0;
    }
    at = last;
  }
  return ends;
};
