// Korean particles chosen by the final consonant of the word before them: 은/는, 이/가, 을/를, 과/와, 으로/로, 이라고/라고.

const FIRST = 0xac00;
const LAST = 0xd7a3;
const FINALS = 28;
/** Index of ㄹ among the final consonants. */
const RIEUL = 8;

/** Index of the final consonant of the last syllable, 0 when it has none; throws RangeError for other letters. */
function finalConsonant(word: string): number {
  const code = word.charCodeAt(word.length - 1);
  if (!(code >= FIRST && code <= LAST)) throw new RangeError(`"${word}" does not end in a Korean syllable`);
  return (code - FIRST) % FINALS;
}

const either =
  (closed: string, open: string) =>
  (word: string): string =>
    word + (finalConsonant(word) > 0 ? closed : open);

export const topic = either('은', '는');
export const subject = either('이', '가');
export const object = either('을', '를');
export const and = either('과', '와');

/** 으로 after a final consonant other than ㄹ, else 로. */
export function toward(word: string): string {
  const final = finalConsonant(word);
  return word + (final > 0 && final !== RIEUL ? '으로' : '로');
}
