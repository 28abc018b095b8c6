// A word's features: for each slot a row in that slot's table of embeddings.
import type { FeatureTables } from './featureVocabulary';
import { wordKey } from './featureVocabulary';
import { hashedRow } from './hashing';
import { jamoOf, withoutParticle } from './koreanParts';
import type { Language } from './language';
import { normalForm } from './normalForm';
import { WORD_SHAPES, wordShape } from './wordShape';

/** One feature of every word. */
export interface FeatureSlot {
  readonly name: string;
  /** Numbers in an embedding of this slot. */
  readonly width: number;
}

interface Slot extends FeatureSlot {
  /** Rows of its table; 'words' for one more than there are words. Hashed tables have a power of two. */
  readonly rows: number | 'words';
  readonly part: (word: Spelling) => string;
}

/** The spellings of a word that parts are taken from. */
interface Spelling {
  /** Normal form, case kept. */
  cased: string;
  /** Normal form in lower case, and its code points between marks of the word's beginning and end. */
  lower: string;
  marked: readonly string[];
  /** Conjoining jamo between the same marks; empty in English. */
  jamo: string;
}

const BEGINNING = '\u0002';
const END = '\u0003';

/** The first n characters; a word that is no longer shows its end, so that whole words and beginnings differ. */
const prefix =
  (n: number): Slot['part'] =>
  (word) =>
    word.marked.slice(0, n + 1).join('');
const suffix =
  (n: number): Slot['part'] =>
  (word) =>
    word.marked.slice(-n - 1).join('');
const lastJamo =
  (n: number): Slot['part'] =>
  (word) =>
    word.jamo.slice(-n);
const nothing = (): string => '';

const WORD: Slot = { name: 'word', width: 96, rows: 'words', part: nothing };
const SHAPE: Slot = { name: 'shape', width: 8, rows: WORD_SHAPES, part: nothing };

const SLOTS: Record<Language, readonly Slot[]> = {
  en: [
    WORD,
    SHAPE,
    { name: 'whole', width: 24, rows: 2 ** 13, part: (word) => word.lower },
    { name: 'cased', width: 16, rows: 2 ** 12, part: (word) => word.cased },
    { name: 'prefix1', width: 8, rows: 2 ** 8, part: prefix(1) },
    { name: 'prefix2', width: 16, rows: 2 ** 11, part: prefix(2) },
    { name: 'prefix3', width: 16, rows: 2 ** 13, part: prefix(3) },
    { name: 'suffix1', width: 8, rows: 2 ** 8, part: suffix(1) },
    { name: 'suffix2', width: 16, rows: 2 ** 11, part: suffix(2) },
    { name: 'suffix3', width: 24, rows: 2 ** 13, part: suffix(3) },
    { name: 'suffix4', width: 24, rows: 2 ** 13, part: suffix(4) },
    { name: 'suffix5', width: 16, rows: 2 ** 13, part: suffix(5) },
  ],
  ko: [
    WORD,
    SHAPE,
    { name: 'stem', width: 40, rows: 2 ** 14, part: (word) => withoutParticle(word.lower) },
    { name: 'prefix1', width: 16, rows: 2 ** 11, part: prefix(1) },
    { name: 'prefix2', width: 24, rows: 2 ** 13, part: prefix(2) },
    { name: 'prefix3', width: 16, rows: 2 ** 13, part: prefix(3) },
    { name: 'suffix1', width: 24, rows: 2 ** 11, part: suffix(1) },
    { name: 'suffix2', width: 24, rows: 2 ** 13, part: suffix(2) },
    { name: 'suffix3', width: 24, rows: 2 ** 13, part: suffix(3) },
    { name: 'suffix4', width: 16, rows: 2 ** 13, part: suffix(4) },
    { name: 'jamo2', width: 8, rows: 2 ** 10, part: lastJamo(2) },
    { name: 'jamo3', width: 16, rows: 2 ** 11, part: lastJamo(3) },
    { name: 'jamo5', width: 24, rows: 2 ** 13, part: lastJamo(5) },
  ],
};

/** The slots of each language, in the order of the ids of featureIds. The first is the word itself. */
export const FEATURE_SLOTS: Readonly<Record<Language, readonly FeatureSlot[]>> = SLOTS;

/** Rows of each slot's table, in the order of the slots. */
export const featureRows = (tables: FeatureTables): number[] =>
  SLOTS[tables.language].map(({ rows }) => (rows === 'words' ? tables.words.length + 1 : rows));

const idOf = (slot: Slot, word: Spelling, tables: FeatureTables): number => {
  if (slot.rows === 'words') return tables.rows.get(word.lower) ?? 0;
  if (slot === SHAPE) return wordShape(word.cased);
  return hashedRow(slot.name, slot.part(word), slot.rows);
};

const compute = (form: string, tables: FeatureTables): Int32Array => {
  const cased = normalForm(form);
  const lower = wordKey(cased);
  const jamo = tables.language === 'ko' ? BEGINNING + jamoOf(lower) : '';
  const word: Spelling = { cased, lower, marked: [BEGINNING, ...lower, END], jamo };
  return Int32Array.from(SLOTS[tables.language], (slot) => idOf(slot, word, tables));
};

/** Forms kept per set of tables; when that many are kept, all are forgotten. */
const MOST_KEPT = 100_000;
const kept = new WeakMap<FeatureTables, Map<string, Int32Array>>();

/**
 * A word's row in the table of each slot, in the order of FEATURE_SLOTS; 0 in the first slot is a word not known.
 * Kept per form: do not write into the array.
 */
export const featureIds = (form: string, tables: FeatureTables): Int32Array => {
  let forms = kept.get(tables);
  if (!forms) kept.set(tables, (forms = new Map()));
  let ids = forms.get(form);
  if (!ids) {
    if (forms.size >= MOST_KEPT) forms.clear();
    forms.set(form, (ids = compute(form, tables)));
  }
  return ids;
};
