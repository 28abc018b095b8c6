// The tables a parser looks words up in: the words it knows, built from training sentences, kept with the weights.
import type { Language } from './language';
import { normalForm } from './normalForm';

/** The words a parser knows. Row 0 of the word table is every other word; words[i] has row i + 1. */
export interface FeatureTables {
  readonly language: Language;
  readonly words: readonly string[];
  /** How often words[i] stands in the training sentences; empty in tables read from a file. */
  readonly counts: readonly number[];
  /** Row of each word in the word table, ≥ 1. */
  readonly rows: ReadonlyMap<string, number>;
}

/** Tables as they are kept: plain JSON. `version` changes whenever a word would get other features. */
export interface FeatureTablesRecord {
  version: number;
  language: Language;
  words: string[];
}

/** Number of the features' definition: hashes, slots, normal form and shapes. */
export const FEATURES_VERSION = 1;

/** A word that stands once is not kept: the parser has to learn what to do with words it does not know. */
const LEAST_COUNT = 2;
const MOST_WORDS = 15_000;

/** The key of a word in the word table: its normal form in lower case. */
export const wordKey = (normal: string): string => normal.toLowerCase();

const tablesOf = (language: Language, words: readonly string[], counts: readonly number[]): FeatureTables => ({
  language,
  words,
  counts,
  rows: new Map(words.map((word, index) => [word, index + 1])),
});

/**
 * Builds the tables from training sentences: the words seen twice or more, the most frequent 15 000 of them, frequent
 * ones first, equally frequent ones in the order of their UTF-16 units.
 */
export const buildFeatureTables = (sentences: Iterable<readonly string[]>, language: Language): FeatureTables => {
  const counts = new Map<string, number>();
  for (const forms of sentences)
    for (const form of forms) {
      const key = wordKey(normalForm(form));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const kept = [...counts]
    .filter(([, count]) => count >= LEAST_COUNT)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS);
  return tablesOf(
    language,
    kept.map(([word]) => word),
    kept.map(([, count]) => count),
  );
};

/** What of the tables is kept in a file. */
export const recordOfTables = (tables: FeatureTables): FeatureTablesRecord => ({
  version: FEATURES_VERSION,
  language: tables.language,
  words: [...tables.words],
});

/**
 * The tables of a record.
 * @throws RangeError when it was written for other features than these.
 */
export const tablesOfRecord = (record: FeatureTablesRecord): FeatureTables => {
  if (record.version !== FEATURES_VERSION)
    throw new RangeError(`features of version ${record.version}, not ${FEATURES_VERSION}`);
  return tablesOf(record.language, record.words, []);
};
