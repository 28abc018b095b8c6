// Further examples for a network that has learnt: encoded with the vocabulary and the labels it knows.
import { MemoryTokenSource, type TokenSource } from '../tokenSource';
import type { Vocabulary } from '../vocabulary';
import { readAsTokens } from './encodedDataset';
import type { DatasetTask, LabelledText, TaggedSentence } from './examples';
import { TEST } from './splitExamples';

/** What such a network knows. */
export interface KnownDataset {
  task: DatasetTask;
  vocabulary: Vocabulary;
  lowerCase: boolean;
  labels: readonly string[];
  longest: number;
}

export interface FurtherExamples {
  lengths: Int32Array;
  starts: Float64Array;
  parts: Uint8Array;
  classes: Int32Array | null;
  tokens: TokenSource;
  tags: TokenSource | null;
  truncated: number;
  /** Examples left out because (one of) their labels is not known. */
  unknownLabels: number;
}

export function encodeKnownTexts(known: KnownDataset, examples: readonly LabelledText[]): FurtherExamples {
  const kept = examples.filter(({ label }) => known.labels.includes(label));
  const { vocabulary, lowerCase, labels } = known;
  const ids = kept.map(({ text }) =>
    readAsTokens(text, vocabulary.unit, lowerCase).map((token) => vocabulary.idOf(token.text)),
  );
  const classes = Int32Array.from(kept, ({ label }) => labels.indexOf(label));
  return { ...joined(ids, null, known.longest), classes, unknownLabels: examples.length - kept.length };
}

export function encodeKnownSentences(known: KnownDataset, examples: readonly TaggedSentence[]): FurtherExamples {
  const kept = examples.filter(({ tags }) => tags.every((tag) => known.labels.includes(tag)));
  const { vocabulary, lowerCase, labels } = known;
  const ids = kept.map(({ tokens }) => tokens.map((token) => vocabulary.idOf(lowerCase ? token.toLowerCase() : token)));
  const tags = kept.map((sentence) => sentence.tags.map((tag) => labels.indexOf(tag)));
  return { ...joined(ids, tags, known.longest), classes: null, unknownLabels: examples.length - kept.length };
}

/** A plain text cut into sequences of the given lengths. */
export function encodeKnownSequences(
  known: KnownDataset,
  ids: readonly number[],
  lengths: readonly number[],
): FurtherExamples {
  let at = 0;
  const sequences = lengths.map((length) => ids.slice(at, (at += length)));
  return { ...joined(sequences, null, known.longest), classes: null, unknownLabels: 0 };
}

function joined(ids: readonly number[][], tags: readonly number[][] | null, longest: number) {
  const lengths = Int32Array.from(ids, ({ length }) => Math.min(length, longest));
  const starts = new Float64Array(lengths.length);
  lengths.forEach((length, at) => {
    if (at + 1 < starts.length) starts[at + 1] = starts[at] + length;
  });
  const flat = (rows: readonly number[][]): TokenSource =>
    new MemoryTokenSource(Uint16Array.from(rows.flatMap((row) => row.slice(0, longest))));
  return {
    ...{ lengths, starts, tokens: flat(ids), tags: tags && flat(tags) },
    parts: new Uint8Array(lengths.length).fill(TEST),
    truncated: ids.filter(({ length }) => length > longest).length,
  };
}
