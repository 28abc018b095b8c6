// Korean words as Kaist's treebank parts them: an eojeol is one word, punctuation marks are words of their own.
import { TAGGED, WHOLE_PIECES } from './wordPatterns';

/** Letters and digits, with what joins them inside: a decimal point, a middle dot, a hyphen, a percent sign. */
const CHARACTER = '[\\p{L}\\p{N}\\p{M}_%‰℃°]';
const EOJEOL = new RegExp(
  `${CHARACTER}(?:${CHARACTER}|(?<=\\p{N})[.,:](?=\\p{N})|(?<=${CHARACTER})[·ㆍ・‧/~∼〜&\\-–](?=[\\p{L}\\p{N}])|(?<=[A-Za-z])['’](?=[A-Za-z])|(?<=\\b[A-Za-z])\\.(?=[A-Za-z]\\b)|(?<=\\b[A-Z]\\.[A-Z])\\.(?![가-힣]?$))*`,
  'uy',
);

/** Length in UTF-16 units of the word at `at`, where no white space is. */
export const koreanWordsAt = (text: string, at: number): number[] => {
  for (const pattern of [...WHOLE_PIECES, TAGGED, EOJEOL]) {
    pattern.lastIndex = at;
    const piece = pattern.exec(text)?.[0];
    if (piece) return [piece.length];
  }
  return [(text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1];
};
