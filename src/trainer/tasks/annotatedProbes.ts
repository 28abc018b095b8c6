// What linear probes read of the parts of speech and the numbers that annotated sentences give: every sentence is read on its own, each
// word judged by the state at its last token; every fifth sentence is held out from the probes.
import { inPieces } from '../../engine/inspection/pieces';
import { readAllStates } from '../../engine/inspection/readStates';
import { answersOf, fitRidgeProbes } from '../../engine/inspection/ridgeProbe';
import type { LanguageModel } from '../../engine/network/languageModel';
import { CarriedStates } from '../../engine/training/carriedStates';
import type { Annotated, AnnotatedProbes, AnnotatedVectors } from '../../protocol/probes';
import type { ConlluSentence, ConlluWord } from '../../text/datasets/conlluWords';
import { tokenize } from '../../text/tokenize';
import type { Vocabulary } from '../../text/vocabulary';
import { wilsonInterval } from './scores';

const HELD_OUT = 5;
const MOST_WORDS = 30_000;
/** Numbers of all vectors that are kept at a time. */
const MOST_VALUES = 32e6;
/** Tokens read at once where states are carried on. */
const CHUNK = 32;

/** How a network reads sentences: as text, or word by word as a tagger does. */
export type SentenceReading = { vocabulary: Vocabulary } & ({ as: 'text' } | { as: 'words'; lowerCase: boolean });

interface ReadSentence {
  ids: Int32Array;
  /** Words with the token at their end. */
  words: { word: ConlluWord; at: number }[];
}

/** Tokens of a sentence, and for each word that ends where a token of its own ends which one that is. */
export function alignSentence({ text, words }: ConlluSentence, reading: SentenceReading): ReadSentence {
  const { vocabulary } = reading;
  if (reading.as === 'words') {
    const ids = words.map(({ form }) => vocabulary.idOf(reading.lowerCase ? form.toLowerCase() : form));
    return { ids: Int32Array.from(ids), words: words.map((word, at) => ({ word, at })) };
  }
  const tokens = tokenize(text, vocabulary.unit);
  const ending = new Map(tokens.map(({ end }, at) => [end, at]));
  return {
    ids: Int32Array.from(tokens, (token) => vocabulary.idOf(token.text)),
    words: words.flatMap((word) => {
      const at = word.place === null ? undefined : ending.get(word.place.end);
      return at === undefined || word.place === null || tokens[at].start < word.place.start ? [] : [{ word, at }];
    }),
  };
}

/** What was found in the sentences that could be read. */
export type ProbedWords = Omit<AnnotatedProbes, 'broken'>;

/**
 * `atStepZero` puts the weights before training into the model; null where they are not kept. `pause` is called between pieces of the
 * work. Null where no words can be told apart.
 */
export async function probeAnnotated(
  model: LanguageModel,
  reading: SentenceReading,
  sentences: readonly ConlluSentence[],
  atStepZero: (() => void) | null,
  pause: () => Promise<void>,
): Promise<ProbedWords | null> {
  const { embeddingSize, hiddenUnits, layers, bidirectional } = model.config;
  const values = embeddingSize + hiddenUnits * layers * (bidirectional ? 2 : 1);
  const total = sentences.reduce((sum, { words }) => sum + words.length, 0);
  const every = Math.max(1, Math.ceil(total / Math.min(MOST_WORDS, MOST_VALUES / values)));
  const kept = sentences.filter((_, k) => k % every === 0);
  const read = kept.map((sentence) => alignSentence(sentence, reading));
  const words = read.flatMap((sentence, k) => sentence.words.map(({ word }) => ({ word, isFitted: isFitted(k) })));
  const properties = [
    labelling('upos', words, ({ upos }) => upos),
    labelling('number', words, ({ number }) => number),
  ].filter(({ classes, fitted, judged }) => classes.length > 1 && fitted.length > 1 && judged.length > 0);
  if (properties.length === 0) return null;
  const scoresOf = async () => {
    const scored: AnnotatedVectors[] = [];
    for (const vectors of await inPieces(vectorsOf(model, read), pause)) {
      const { what, layer, direction, width } = vectors;
      scored.push({ what, layer, direction, width, scores: await inPieces(score(vectors, properties), pause) });
    }
    return scored;
  };
  const now = await scoresOf();
  atStepZero?.();
  const then = atStepZero && (await scoresOf());
  return {
    properties: properties.map(({ name, classes, labels, fitted, judged }) => ({
      ...{ name, fitted: fitted.length, judged: judged.length, classes },
      majority: majorityOf(labels, classes.length, fitted, judged),
    })),
    vectors: now.map((vectors, at) => ({
      ...vectors,
      scores: vectors.scores.map((one, k) => ({ now: one.now, untrained: then?.[at].scores[k].now ?? null })),
    })),
    ...{ sentences: sentences.length, every, words: words.length },
    unaligned: kept.reduce((sum, sentence) => sum + sentence.words.length, 0) - words.length,
  };
}

const isFitted = (sentence: number): boolean => sentence % HELD_OUT !== HELD_OUT - 1;

interface Labelling {
  name: Annotated;
  classes: string[];
  /** By word; -1 where it has none. */
  labels: number[];
  /** Words that have one. */
  fitted: number[];
  judged: number[];
}

function labelling(
  name: Labelling['name'],
  words: readonly { word: ConlluWord; isFitted: boolean }[],
  of: (word: ConlluWord) => string | null,
): Labelling {
  const told = words.map(({ word }) => of(word));
  const classes = [...new Set(told.filter((one) => one !== null))].sort();
  const labels = told.map((one) => (one === null ? -1 : classes.indexOf(one)));
  const having = (fitted: boolean) => [...words.keys()].filter((k) => labels[k] >= 0 && words[k].isFitted === fitted);
  return { name, classes, labels, fitted: having(true), judged: having(false) };
}

type Vectors = Omit<AnnotatedVectors, 'scores'> & { rows: Float32Array };

/** One vector a word, in the order of the words. */
function* vectorsOf(model: LanguageModel, read: readonly ReadSentence[]): Generator<void, Vectors[]> {
  const { config, parameters } = model;
  const { embeddingSize: E, hiddenUnits: H, layers, bidirectional } = config;
  const n = read.reduce((sum, { words }) => sum + words.length, 0);
  const table = parameters.all.find(({ name }) => name === 'embedding')?.values ?? new Float32Array();
  const directions = bidirectional ? (['forward', 'reverse'] as const) : (['forward'] as const);
  const embedding: Vectors = {
    ...{ what: 'embedding', layer: 0, direction: 'forward', width: E },
    rows: new Float32Array(n * E),
  };
  const states = Array.from({ length: layers }, (_, layer) =>
    directions.map((direction): Vectors => ({
      what: 'state',
      layer,
      direction,
      width: H,
      rows: new Float32Array(n * H),
    })),
  );
  const carried = new CarriedStates(model, 1);
  let row = 0;
  for (const { ids, words } of read) {
    carried.reset();
    const step = bidirectional ? ids.length : CHUNK;
    for (let from = 0; from < ids.length; from += step) {
      const chunk = readAllStates(model, ids.subarray(from, from + step), carried);
      for (const [k, { at }] of words.entries()) {
        if (at < from || at >= from + step) continue;
        embedding.rows.set(table.subarray(ids[at] * E, (ids[at] + 1) * E), (row + k) * E);
        states.forEach((each, layer) =>
          each.forEach(({ rows }, d) =>
            rows.set(chunk[layer][d].subarray((at - from) * H, (at - from + 1) * H), (row + k) * H),
          ),
        );
      }
    }
    row += words.length;
    yield;
  }
  return [embedding, ...states.flat()];
}

function* score(
  { rows, width }: Vectors,
  properties: readonly Labelling[],
): Generator<void, AnnotatedVectors['scores']> {
  const scores: AnnotatedVectors['scores'] = [];
  for (const { labels, classes, fitted, judged } of properties) {
    const labelsFitted = fitted.map((word) => labels[word]);
    const labelling = [{ labels: labelsFitted, classes: classes.length }];
    const probes = yield* fitRidgeProbes(rowsOf(rows, width, fitted), width, labelling);
    const [answers] = yield* answersOf(probes, rowsOf(rows, width, judged));
    const hits = judged.filter((word, k) => answers[k] === labels[word]).length;
    const [low, high] = wilsonInterval(hits, judged.length);
    scores.push({ now: { accuracy: hits / judged.length, low, high }, untrained: null });
  }
  return scores;
}

function rowsOf(rows: Float32Array, width: number, words: readonly number[]): Float32Array {
  const chosen = new Float32Array(words.length * width);
  words.forEach((word, k) => chosen.set(rows.subarray(word * width, (word + 1) * width), k * width));
  return chosen;
}

function majorityOf(labels: number[], classes: number, fitted: number[], judged: number[]): number {
  const counts = new Array<number>(classes).fill(0);
  for (const word of fitted) counts[labels[word]]++;
  const most = counts.indexOf(Math.max(...counts));
  return judged.filter((word) => labels[word] === most).length / judged.length;
}
