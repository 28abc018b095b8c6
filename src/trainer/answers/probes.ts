// What linear probes read from the states of every layer, now and before training: fitted to text that the network was trained on, judged
// by text that neither has seen.
import { readStates } from '../../engine/inspection/readStates';
import { answersOf, fitRidgeProbes } from '../../engine/inspection/ridgeProbe';
import type { LanguageModel } from '../../engine/network/languageModel';
import { CarriedStates } from '../../engine/training/carriedStates';
import type { ProbeAnswer, ProbeScore, ProbedVectors } from '../../protocol/probes';
import type { CorpusInfo } from '../../protocol/run';
import { splitTokens } from '../../text/split';
import { tokenProperties, type TokenProperty } from '../../text/tokenProperties';
import { wilsonInterval } from '../tasks/scores';
import type { AnswerContext } from './answerContext';

const MOST_FITTED = 12_288;
const MOST_JUDGED = 4096;
/** Numbers of all states that are kept at a time. */
const MOST_VALUES = 16e6;
/** Tokens read at once, and before those that count. */
const CHUNK = 32;
const WARM_UP = 64;
const PIECE_MILLISECONDS = 15;

/** The end of the text trained on and the beginning of the text held out, which follow each other. */
export function probedStretch(
  { tokens }: Pick<CorpusInfo, 'tokens'>,
  values: number,
): { start: number; fitted: number; judged: number } {
  const { validation } = splitTokens(tokens);
  const most = Math.floor(MOST_VALUES / values);
  const judged = Math.min(validation.length, MOST_JUDGED, most >> 2);
  const fitted = Math.min(validation.start, MOST_FITTED, most - judged);
  return { start: validation.start - fitted, fitted, judged };
}

type Vectors = Pick<ProbedVectors, 'what' | 'layer' | 'width'> & { rows: Float32Array };

/** @throws GatescopeError runDamaged, snapshotDamaged */
export async function answerProbes(context: AnswerContext): Promise<ProbeAnswer> {
  const { model, corpus, vocabulary, tokens, snapshots, load, step } = context;
  const { hiddenUnits, layers } = model.config;
  const stretch = probedStretch(corpus, hiddenUnits * layers);
  const { start, fitted, judged } = stretch;
  const before = Math.min(start, WARM_UP);
  const read = new Uint16Array(before + fitted + judged);
  tokens().read(start - before, read);
  const ids = Int32Array.from(read);
  const texts = Array.from(ids.subarray(before), (id) => vocabulary.textOf(id));
  const properties = tokenProperties(texts, vocabulary.unit).filter(({ labels }) => isMixed(labels, fitted));
  const scoresNow = await scoresOf(context, await vectorsOf(context, ids, before), properties, fitted);
  let scoresThen: ProbeScore[][] | null = null;
  if (step > 0 && snapshots.steps.includes(0)) {
    load(snapshots.weights(0));
    scoresThen = await scoresOf(context, await vectorsOf(context, ids, before), properties, fitted);
  }
  const widths: Omit<Vectors, 'rows'>[] = [
    { what: 'embedding', layer: 0, width: model.config.embeddingSize },
    ...Array.from({ length: layers }, (_, layer) => ({ what: 'state' as const, layer, width: hiddenUnits })),
  ];
  return {
    properties: properties.map(({ name, labels, classes }) => ({
      ...{ name, majority: majorityOf(labels, classes.length, fitted) },
      classes: classes.map((one, k) => ({ name: one, share: shareOf(labels.subarray(fitted), k) })),
    })),
    vectors: widths.map((vectors, at) => ({
      ...vectors,
      scores: properties.map((_, k) => ({ now: scoresNow[at][k], untrained: scoresThen?.[at][k] ?? null })),
    })),
    ...{ fitted, judged },
  };
}

/** Embeddings of the tokens and the states after them, of those that count. */
async function vectorsOf({ model, pause }: AnswerContext, ids: Int32Array, before: number): Promise<Vectors[]> {
  const { hiddenUnits: H, layers, embeddingSize: E } = model.config;
  const n = ids.length - before;
  const states = Array.from({ length: layers }, () => new Float32Array(n * H));
  const carried = new CarriedStates(model, 1);
  let began = performance.now();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = readStates(model, ids.subarray(from, from + CHUNK), carried);
    chunk.forEach((rows, layer) => {
      const skipped = Math.max(0, before - from) * H;
      if (skipped < rows.length) states[layer].set(rows.subarray(skipped), Math.max(0, from - before) * H);
    });
    if (performance.now() - began < PIECE_MILLISECONDS) continue;
    await pause();
    began = performance.now();
  }
  return [
    { what: 'embedding', layer: 0, width: E, rows: embeddingsOf(model, ids.subarray(before)) },
    ...states.map((rows, layer) => ({ what: 'state' as const, layer, width: H, rows })),
  ];
}

function embeddingsOf({ parameters, config }: LanguageModel, ids: Int32Array): Float32Array {
  const E = config.embeddingSize;
  const table = parameters.all.find(({ name }) => name === 'embedding')?.values ?? new Float32Array();
  const rows = new Float32Array(ids.length * E);
  ids.forEach((id, t) => rows.set(table.subarray(id * E, (id + 1) * E), t * E));
  return rows;
}

/** By vectors, then by property. */
async function scoresOf(
  context: AnswerContext,
  vectors: readonly Vectors[],
  properties: readonly TokenProperty[],
  fitted: number,
): Promise<ProbeScore[][]> {
  const labellings = properties.map(({ labels, classes }) => ({ labels, classes: classes.length }));
  const found: ProbeScore[][] = [];
  for (const { rows, width } of vectors) {
    const probes = await inPieces(context, fitRidgeProbes(rows.subarray(0, fitted * width), width, labellings));
    const answers = await inPieces(context, answersOf(probes, rows.subarray(fitted * width)));
    found.push(
      properties.map(({ labels }, k) => {
        const hits = answers[k].reduce((sum, answer, t) => sum + (answer === labels[fitted + t] ? 1 : 0), 0);
        const [low, high] = wilsonInterval(hits, answers[k].length);
        return { accuracy: hits / answers[k].length, low, high };
      }),
    );
  }
  return found;
}

async function inPieces<T>({ pause }: AnswerContext, work: Generator<void, T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < PIECE_MILLISECONDS) continue;
    await pause();
    began = performance.now();
  }
}

/** Whether there is anything to tell apart where probes are fitted. */
const isMixed = (labels: Uint8Array, fitted: number): boolean =>
  labels.subarray(0, fitted).some((label) => label !== labels[0]);

const shareOf = (labels: Uint8Array, wanted: number): number =>
  labels.reduce((sum, label) => sum + (label === wanted ? 1 : 0), 0) / labels.length;

function majorityOf(labels: Uint8Array, classes: number, fitted: number): number {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels.subarray(0, fitted)) counts[label]++;
  return shareOf(labels.subarray(fitted), counts.indexOf(Math.max(...counts)));
}
