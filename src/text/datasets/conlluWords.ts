// The sentences of a CoNLL-U file as they are written, with the place, the part of speech and the number of every syntactic word.
import { CONLLU_COLUMNS } from './taggedSentences';
import { DatasetError, linesOf, malformed } from './examples';

export interface ConlluWord {
  form: string;
  /** UTF-16 offsets [start, end) in the sentence's text; null where a contraction does not spell its words out, as “du” for “de le”. */
  place: { start: number; end: number } | null;
  /** Null where the file says none. */
  upos: string | null;
  /** Null where the word has none, or another than these two. */
  number: 'Sing' | 'Plur' | null;
}

export interface ConlluSentence {
  text: string;
  words: ConlluWord[];
}

/** A form that is written as one, and the numbers of its words. */
interface Contraction {
  last: number;
  /** What is left of its form for the words to come; null once they differ. */
  rest: string | null;
  end: number;
  /** Those that came. */
  words: ConlluWord[];
}

/**
 * Reads sentences; words are joined as SpaceAfter says, empty nodes are not part of the text. Throws DatasetError `malformed` with the
 * line, `untagged` where no word has a part of speech.
 */
export function readConlluWords(content: string): ConlluSentence[] {
  const sentences: ConlluSentence[] = [];
  let sentence: ConlluSentence = { text: '', words: [] };
  let contraction: Contraction | null = null;
  const finish = () => {
    if (sentence.words.length > 0) sentences.push({ ...sentence, text: sentence.text.trimEnd() });
    sentence = { text: '', words: [] };
    contraction = null;
  };
  linesOf(content).forEach((line, at) => {
    if (line.trim() === '') return finish();
    if (line.startsWith('#')) return;
    const cells = line.split('\t');
    if (cells.length !== CONLLU_COLUMNS.length)
      throw malformed(at + 1, `${cells.length} columns instead of ${CONLLU_COLUMNS.length}, separated by tabs`);
    const [id, written, , upos, , features] = cells;
    const form = written.trim();
    const [, first, sign, last] = /^(\d+)(?:([-.])(\d+))?$/.exec(id) ?? [];
    if (first === undefined) throw malformed(at + 1, `the number of a word is “${id}”`);
    if (sign === '.') return;
    if (form === '') throw malformed(at + 1, 'no token');
    const start = sentence.text.length;
    const gap = /(^|\|)SpaceAfter=No(\||$)/.test(cells[9]) ? '' : ' ';
    if (sign === '-') {
      sentence.text += form + gap;
      contraction = { last: Number(last), rest: form, end: start + form.length, words: [] };
      return;
    }
    const [, number] = /(?:^|\|)Number=(Sing|Plur)(?:\||$)/.exec(features) ?? [];
    const word: ConlluWord = {
      ...{ form, place: { start, end: start + form.length } },
      upos: upos === '_' || upos === '' ? null : upos,
      number: number === 'Sing' || number === 'Plur' ? number : null,
    };
    sentence.words.push(word);
    if (contraction !== null && Number(first) <= contraction.last) placeWithin(contraction, word);
    else sentence.text += form + gap;
  });
  finish();
  if (!sentences.some(({ words }) => words.some(({ upos }) => upos !== null)))
    throw new DatasetError('untagged', { column: 'UPOS' });
  return sentences;
}

/** Places a word of a contraction where it stands in its form; where the forms differ, none of them has a place. */
function placeWithin(contraction: Contraction, word: ConlluWord): void {
  const { rest, end, words } = contraction;
  words.push(word);
  if (rest?.startsWith(word.form)) {
    word.place = { start: end - rest.length, end: end - rest.length + word.form.length };
    contraction.rest = rest.slice(word.form.length);
    return;
  }
  contraction.rest = null;
  for (const each of words) each.place = null;
}
