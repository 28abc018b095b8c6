// The sentences of running text with their words and languages, which may change from sentence to sentence.
import type { ParsedLanguage } from '../../protocol/syntax';
import { CODE_SHARE, codeShare } from '../../syntax/words/codeShare';
import { languageOf } from '../../syntax/words/language';
import { sentencesOf } from '../../syntax/words/sentences';

export interface TextSentence {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  /** Null where there is no parser for it. */
  language: ParsedLanguage | null;
  words: { form: string; start: number; end: number }[];
  /** It was longer than the longest that is parsed: the next one goes on with it. */
  isCut: boolean;
}

export interface SentencesOfText {
  /** Of the text as a whole. */
  language: ParsedLanguage | null;
  sentences: TextSentence[];
}

/** A sentence with fewer letters (a name, a number, an emoji) that is not program code is taken to be in the language of what is around it. */
const MANY_LETTERS = 20;

/** `wanted` is the language of all sentences; without it each sentence is looked at. Those without any word are left out. */
export function textSentences(text: string, wanted?: ParsedLanguage): SentencesOfText {
  const language = wanted ?? languageOf(text);
  const sentences = sentencesOf(text, language ?? 'en').flatMap(({ start, end, words, isCut }): TextSentence[] => {
    if (words.length === 0) return [];
    const written = text.slice(start, end);
    const own = wanted ?? languageOf(written) ?? (saysLittle(written) ? language : null);
    if (own === null || own === (language ?? 'en')) return [{ start, end, language: own, words, isCut }];
    return sentencesOf(written, own)
      .filter((each) => each.words.length > 0)
      .map((each) => ({
        ...{ start: start + each.start, end: start + each.end, language: own },
        isCut: isCut || each.isCut,
        words: each.words.map((word) => ({ form: word.form, start: start + word.start, end: start + word.end })),
      }));
  });
  return { language, sentences };
}

const saysLittle = (text: string): boolean =>
  (text.match(/\p{L}/gu)?.length ?? 0) < MANY_LETTERS && codeShare(text) < CODE_SHARE;
