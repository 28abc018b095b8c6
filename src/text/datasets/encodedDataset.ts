// A dataset as a network reads it: examples one behind the other as token ids, with what belongs to each.
import { TokenCounter, UNKNOWN_ID, type Vocabulary } from '../vocabulary';
import { tokenize, type Token, type TokenUnit } from '../tokenize';
import { DatasetError, type DatasetTask, type LabelledText, type TaggedSentence } from './examples';
import { MINIMUM_EXAMPLES, splitInOrder, splitStratified, TRAINING } from './splitExamples';

/** Tokens in a vocabulary of words that need not be predicted. */
const VOCABULARY_OF_INPUTS = 30_000;

export interface EncodedDataset {
  task: DatasetTask;
  vocabulary: Vocabulary;
  /** Words are read in small letters. */
  lowerCase: boolean;
  /** Classes or tags, most frequent first; none for cloze. */
  labels: string[];
  /** Tokens of each example, cut at the longest sequence. */
  lengths: Int32Array;
  /** TRAINING, VALIDATION or TEST. */
  parts: Uint8Array;
  /** Class of each example; null where tokens have tags, or none. */
  classes: Int32Array | null;
  /** Ids of all examples one behind the other, and their tags. */
  ids: Uint16Array;
  tags: Uint16Array | null;
  truncated: number;
  singletons: number;
  unknownShare: number;
}

export interface EncodingOptions {
  unit: TokenUnit;
  lowerCase: boolean;
  /** Tokens of the longest sequence. */
  longest: number;
  seed: number;
}

/** A text's tokens as a network of this kind reads them. */
export function readAsTokens(text: string, unit: TokenUnit, lowerCase: boolean): Token[] {
  return tokenize(lowerCase ? text.toLowerCase() : text, unit);
}

/** Throws DatasetError `tooFew`, `oneClass`. */
export function encodeLabelled(examples: readonly LabelledText[], options: EncodingOptions): EncodedDataset {
  const labels = mostFrequentFirst(examples.map(({ label }) => label));
  const classes = Int32Array.from(examples, ({ label }) => labels.indexOf(label));
  requireExamples(examples.length, labels);
  const sequences = examples.map(({ text }) => readAsTokens(text, options.unit, options.lowerCase));
  const parts = splitStratified(classes, options.seed);
  return encode('classification', sequences, null, { labels, classes, parts }, options);
}

/** Throws DatasetError `tooFew`, `oneClass`. */
export function encodeTagged(examples: readonly TaggedSentence[], options: EncodingOptions): EncodedDataset {
  const labels = mostFrequentFirst(examples.flatMap(({ tags }) => tags));
  requireExamples(examples.length, labels);
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const tags = examples.map((example) => example.tags.map((tag) => numbers.get(tag) ?? 0));
  const lower = (token: string) => (options.lowerCase ? token.toLowerCase() : token);
  // Whether a space stood between two tokens is not said; mostly one did.
  const spaced = (token: string, at: number): Token => ({ text: lower(token), start: 2 * at + 1, end: 2 * at + 2 });
  const sequences = examples.map(({ tokens }) => tokens.map(spaced));
  const parts = splitInOrder(examples.length);
  return encode('tagging', sequences, tags, { labels, classes: null, parts }, options);
}

function requireExamples(examples: number, labels: string[]): void {
  if (examples < MINIMUM_EXAMPLES) throw new DatasetError('tooFew', { examples, needed: MINIMUM_EXAMPLES });
  if (labels.length < 2) throw new DatasetError('oneClass', { label: labels[0] });
}

function encode(
  task: DatasetTask,
  whole: Token[][],
  tagsOf: number[][] | null,
  known: Pick<EncodedDataset, 'labels' | 'classes' | 'parts'>,
  { unit, lowerCase, longest }: EncodingOptions,
): EncodedDataset {
  const sequences = whole.map((tokens) => tokens.slice(0, longest));
  const counter = new TokenCounter();
  sequences.forEach((tokens, at) => {
    if (known.parts[at] === TRAINING) for (const { text, start, end } of tokens) counter.add(text, start, end);
  });
  const vocabulary = counter.vocabulary(unit, VOCABULARY_OF_INPUTS);
  const lengths = Int32Array.from(sequences, ({ length }) => length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const ids = new Uint16Array(total);
  const tags = tagsOf && new Uint16Array(total);
  let [at, heldOut, unknown] = [0, 0, 0];
  sequences.forEach((tokens, example) => {
    tags?.set(tagsOf?.[example].slice(0, longest) ?? [], at);
    for (const token of tokens) {
      const id = vocabulary.idOf(token.text);
      if (known.parts[example] !== TRAINING) {
        heldOut++;
        if (id === UNKNOWN_ID) unknown++;
      }
      ids[at++] = id;
    }
  });
  const truncated = whole.filter(({ length }) => length > longest).length;
  const singletons = countSingletons(known.classes ?? tags ?? [], known.labels.length);
  const unknownShare = heldOut > 0 ? unknown / heldOut : 0;
  return { task, vocabulary, lowerCase, ...known, lengths, ids, tags, truncated, singletons, unknownShare };
}

function mostFrequentFirst(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([label]) => label);
}

function countSingletons(labels: ArrayLike<number>, count: number): number {
  const counts = new Int32Array(count);
  for (let at = 0; at < labels.length; at++) counts[labels[at]]++;
  return counts.filter((each) => each === 1).length;
}
