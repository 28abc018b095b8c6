// Running text as sentences of words, with their places in it: what the parser reads.
import { abbreviationKind } from './abbreviations';
import { englishWordsAt } from './englishWords';
import { koreanWordsAt } from './koreanWords';
import type { Language } from './language';
import { blocksOf } from './lineBreaks';
import { sentenceEnds } from './sentenceEnds';
import type { TextWord } from './sentenceEnds';

/** A sentence of a text; offsets in UTF-16 units. Only white space stands between its words. */
export interface TextSentence {
  start: number;
  end: number;
  words: TextWord[];
  /** Whether the sentence was longer than MOST_WORDS and goes on in the next one. */
  isCut: boolean;
}

/** Longer sentences are cut; marks at their ends are not counted. */
export const MOST_WORDS = 400;
/** Words and closing marks of the longest sentence that is not cut. */
export const LONGEST_PART = MOST_WORDS + 20;

const SPACE = /[\s\u200b\ufeff]/u;

const wordsOf = (text: string, start: number, end: number, language: Language): TextWord[] => {
  const words: TextWord[] = [];
  const block = text.slice(0, end);
  const wordsAt = language === 'en' ? englishWordsAt : koreanWordsAt;
  let at = start;
  while (at < end) {
    if (SPACE.test(block[at] ?? '')) at++;
    else
      for (const length of wordsAt(block, at)) {
        words.push({ form: block.slice(at, at + length), start: at, end: at + length });
        at += length;
      }
  }
  return words;
};

/** At a sentence's end the full stop of an initial is the sentence's own: "vitamin C." */
const withOwnStop = (words: TextWord[]): TextWord[] => {
  const last = words.at(-1);
  if (!last || words.length < 3 || !/^\p{L}+\.$|^(?:etc|p\.m|a\.m)\.$/iu.test(last.form)) return words;
  const word = last.form.slice(0, -1);
  if (word.length > 1 && abbreviationKind(word, ' ') === null) return words;
  return [
    ...words.slice(0, -1),
    { form: word, start: last.start, end: last.end - 1 },
    { form: '.', start: last.end - 1, end: last.end },
  ];
};

/** How good a place to cut is behind a word, before the next one. */
const cutQuality = (word: string, next: string): number => {
  if (/^(?:[;:.!?…]+|--?|[—–])$/u.test(word)) return 3;
  if (word === ',') return /^(?:and|but|or|so|because|which|그리고|그러나|하지만)$/iu.test(next) ? 2.5 : 2;
  return /^(?:and|but|or|so|because)$/iu.test(next) || /(?:고|며|서|면|지만|는데)$/u.test(word) ? 1 : 0;
};

/**
 * Parts of at most MOST_WORDS words, the last with up to LONGEST_PART where only marks go beyond; each cut lies at the
 * best place of the second half, the last of equals. No part is marks alone unless there are more of them than fit.
 */
const cut = (words: TextWord[]): TextWord[][] => {
  const parts: TextWord[][] = [];
  const lastWord = words.findLastIndex(({ form }) => /[\p{L}\p{N}]/u.test(form));
  let from = 0;
  while (words.length - from > MOST_WORDS) {
    const before = lastWord - from;
    if (before >= 0 && before < MOST_WORDS && words.length - from <= LONGEST_PART) break;
    const most = before > MOST_WORDS / 2 ? Math.min(MOST_WORDS, before) : MOST_WORDS;
    let best = most;
    let quality = 0;
    for (let size = most; size > MOST_WORDS / 2; size--) {
      const here = cutQuality(words[from + size - 1]?.form ?? '', words[from + size]?.form ?? '');
      if (here > quality) [best, quality] = [size, here];
    }
    parts.push(words.slice(from, from + best));
    from += best;
  }
  return [...parts, words.slice(from)];
};

/**
 * The sentences of a text, in order, each with one word or more. Words never overlap; what lies between them is white
 * space, zero-width spaces and byte order marks. Words are those of Universal Dependencies: English clitics and hyphens stand alone, a Korean eojeol is a word.
 */
export const sentencesOf = (text: string, language: Language): TextSentence[] => {
  const sentences: TextSentence[] = [];
  for (const { start, end } of blocksOf(text)) {
    const words = wordsOf(text, start, end, language);
    let from = 0;
    for (const last of sentenceEnds(words, language)) {
      const whole = words.slice(from, last + 1);
      const parts = cut(language === 'en' ? withOwnStop(whole) : whole);
      parts.forEach((part, index) => {
        const [head, tail] = [part[0], part.at(-1)];
        if (head && tail)
          sentences.push({ start: head.start, end: tail.end, words: part, isCut: index < parts.length - 1 });
      });
      from = last + 1;
    }
  }
  return sentences;
};
