// Sentences with a tag for every token: CoNLL-U with its ten columns, or `token<TAB>tag` lines with empty lines between sentences.
import { counted } from '../counted';
import { parseConlluId } from './conlluText';
import { DatasetError, linesOf, malformed, type Examples, type TaggedSentence } from './examples';

/** The columns of CoNLL-U (universaldependencies.org/format), in their order. */
export const CONLLU_COLUMNS = [
  'ID',
  'FORM',
  'LEMMA',
  'UPOS',
  'XPOS',
  'FEATS',
  'HEAD',
  'DEPREL',
  'DEPS',
  'MISC',
] as const;

const NO_VALUE = '_';

export interface TaggedText extends Examples<TaggedSentence> {
  /** The column the tags come from: a name of CONLLU_COLUMNS, or a number from 1. */
  column: string;
}

/** Whether the text has the look of CoNLL-U: ten columns, the first a number. */
export function isConllu(beginning: string): boolean {
  const line = linesOf(beginning).find((each) => each.trim() !== '' && !each.startsWith('#'));
  const cells = line?.split('\t') ?? [];
  return cells.length === CONLLU_COLUMNS.length && parseConlluId(cells[0]) !== null;
}

/**
 * Reads tags from the given column (UPOS, and the last of two or more plain columns, where none is given). Throws DatasetError
 * `malformed` with the line, `untagged` where no token has a tag, `unlabelled` where the column is not there.
 */
export function readTagged(text: string, column?: string): TaggedText {
  const conllu = isConllu(text);
  const reading = conllu ? conlluColumn(column ?? 'UPOS') : plainColumn(text, column);
  const examples: TaggedSentence[] = [];
  let current: TaggedSentence = { tokens: [], tags: [] };
  let [emptyLines, tagged] = [0, 0];
  const finish = () => {
    if (current.tokens.length > 0) examples.push(current);
    else emptyLines++;
    current = { tokens: [], tags: [] };
  };
  linesOf(text).forEach((line, at) => {
    if (line.trim() === '') return finish();
    if (conllu && line.startsWith('#')) return;
    const cells = line.split('\t');
    if (cells.length !== reading.width)
      throw malformed(at + 1, `${counted(cells.length, 'column')} instead of ${reading.width}, separated by tabs`);
    const id = conllu ? parseConlluId(cells[0]) : null;
    if (conllu && id === null) throw malformed(at + 1, `the number of a word is “${cells[0]}”`);
    // Multiword tokens and empty nodes repeat or add words.
    if (id !== null && id.kind !== 'word') return;
    const token = cells[reading.token].trim();
    const tag = cells[reading.tag].trim();
    if (token === '') throw malformed(at + 1, 'no token');
    if (tag !== '' && tag !== NO_VALUE) tagged++;
    current.tokens.push(token);
    current.tags.push(tag === '' ? NO_VALUE : tag);
  });
  if (current.tokens.length > 0) finish();
  if (tagged === 0) throw new DatasetError('untagged', { column: reading.name });
  return { examples, emptyLines, column: reading.name };
}

interface ColumnReading {
  width: number;
  token: number;
  tag: number;
  name: string;
}

function conlluColumn(wanted: string): ColumnReading {
  const byName = CONLLU_COLUMNS.indexOf(wanted.toUpperCase() as (typeof CONLLU_COLUMNS)[number]);
  const tag = byName >= 0 ? byName : Number(wanted) - 1;
  const name = CONLLU_COLUMNS[tag] as string | undefined;
  if (name === undefined || tag < 2)
    throw new DatasetError('unlabelled', { column: wanted, found: CONLLU_COLUMNS.slice(2).join(', ') });
  return { width: CONLLU_COLUMNS.length, token: 1, tag, name };
}

function plainColumn(text: string, wanted: string | undefined): ColumnReading {
  const width = linesOf(text.slice(0, 1 << 16))
    .find((line) => line.trim() !== '')
    ?.split('\t').length;
  if (width === undefined || width < 2) throw new DatasetError('unlabelled');
  const tag = wanted === undefined ? width - 1 : Number(wanted) - 1;
  if (!(tag >= 1 && tag < width && Number.isInteger(tag)))
    throw new DatasetError('unlabelled', { column: wanted ?? '', found: `2–${width}` });
  return { width, token: 0, tag, name: String(tag + 1) };
}
