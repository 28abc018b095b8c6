// The sentences of a CoNLL-U file as they are written, with the place, the part of speech and the number of every syntactic word.
import { counted } from '../counted';
import { ConlluText, parseConlluId, type WordPlace } from './conlluText';
import { CONLLU_COLUMNS } from './taggedSentences';
import { DatasetError, linesOf, malformed } from './examples';

export interface ConlluWord {
  form: string;
  /** UTF-16 offsets [start, end) in the sentence's text; null where a contraction does not spell its words out, as “du” for “de le”. */
  place: WordPlace | null;
  /** Null where the file says none. */
  upos: string | null;
  /** Null where the word has none, or another than these two. */
  number: 'Sing' | 'Plur' | null;
}

export interface ConlluSentence {
  text: string;
  words: ConlluWord[];
}

export interface ConlluSentences {
  sentences: ConlluSentence[];
  /** Sentences that are left out, each with the first line (from 1) that breaks the format. */
  broken: { line: number; reason: string }[];
}

/**
 * Reads sentences; words are joined as SpaceAfter says, empty nodes are not part of the text. Throws DatasetError `malformed` with the
 * first line where every sentence is broken, `untagged` where no word has a part of speech.
 */
export function readConlluWords(content: string): ConlluSentences {
  const sentences: ConlluSentence[] = [];
  const broken: ConlluSentences['broken'] = [];
  let isBroken = false;
  let words: Omit<ConlluWord, 'place'>[] = [];
  let text = new ConlluText();
  const finish = () => {
    if (words.length > 0 && !isBroken)
      sentences.push({ text: text.text, words: words.map((word, k) => ({ ...word, place: text.places[k] })) });
    words = [];
    text = new ConlluText();
    isBroken = false;
  };
  const leaveOut = (line: number, reason: string) => {
    broken.push({ line, reason });
    isBroken = true;
  };
  linesOf(content).forEach((line, at) => {
    if (line.trim() === '') return finish();
    if (line.startsWith('#') || isBroken) return;
    const cells = line.split('\t');
    if (cells.length !== CONLLU_COLUMNS.length)
      return leaveOut(
        at + 1,
        `${counted(cells.length, 'column')} instead of ${CONLLU_COLUMNS.length}, separated by tabs`,
      );
    const [number, written, , upos, , features, , , , misc] = cells;
    const form = written.trim();
    const id = parseConlluId(number);
    if (id === null) return leaveOut(at + 1, `the number of a word is “${number}”`);
    if (id.kind === 'emptyNode') return;
    if (form === '') return leaveOut(at + 1, 'no token');
    if (id.kind === 'contraction') return text.addContraction(form, id.last, misc);
    text.addWord(form, misc);
    const [, grammatical] = /(?:^|\|)Number=(Sing|Plur)(?:\||$)/.exec(features) ?? [];
    words.push({
      ...{ form, upos: upos === '_' || upos === '' ? null : upos },
      number: grammatical === 'Sing' || grammatical === 'Plur' ? grammatical : null,
    });
  });
  finish();
  if (sentences.length === 0 && broken.length > 0) throw malformed(broken[0].line, broken[0].reason);
  if (!sentences.some(({ words }) => words.some(({ upos }) => upos !== null)))
    throw new DatasetError('untagged', { column: 'UPOS' });
  return { sentences, broken };
}
