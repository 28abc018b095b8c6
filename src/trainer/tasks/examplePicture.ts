// Answers "what does the network do on this example": inspects the sentence or line of live text that the cursor is in.
import { inspectExample, type ExampleInspection } from '../../engine/inspection/inspectExample';
import { likeliestTokens } from '../../engine/inspection/nextTokenLoss';
import { GatescopeError } from '../../protocol/failures';
import type { RunConfig } from '../../protocol/runConfig';
import type { DatasetInfo } from '../../protocol/taskRun';
import { encodeFrame, type Prediction, type TaskPrediction, type TraceFrame } from '../../protocol/traceFrame';
import type { TextView } from '../../protocol/trainerMessages';
import { exampleAt, firstExample, type ExampleReading } from '../../text/datasets/exampleAt';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';
import { networkHeader, type InspectionContext } from '../inspectSlice';
import { sliceOf, type InspectedWindow } from '../inspectedWindow';

/** Columns of the largest picture. */
const MOST_COLUMNS = 512;
/** Classes, tags or tokens told of one prediction, and of every other token. */
const MOST_PREDICTIONS = 12;
const MOST_BESIDE = 3;

/** How a run reads examples: its task, and how long they may be. */
export interface TaskReading extends ExampleReading {
  /** Tokens of the longest sequence. */
  longest: number;
}

/** Null for a language model. */
export function readingOf(
  { task, unit, sequenceLength }: RunConfig,
  dataset: DatasetInfo | undefined,
): TaskReading | null {
  if (task === 'language' || !dataset) return null;
  return {
    ...{ task, unit, labels: dataset.labels, columns: dataset.columns ?? [] },
    ...{ lowerCase: readsSmallLetters(task), longest: Math.min(sequenceLength, MOST_COLUMNS) },
  };
}

/** Capital letters tell names from other words, which a tagger needs and a classifier hardly does. */
export function readsSmallLetters(task: RunConfig['task']): boolean {
  return task === 'classification';
}

/** An example as a window that nothing stands before or behind. */
export interface ExampleWindow extends InspectedWindow {
  /** What is right at the focus, or of the whole; null where it is not known. */
  gold: number | null;
  /** Tags that the file says. */
  tags: (string | null)[];
  truncated: boolean;
}

/** The focus is the token that is tagged, or hidden: its id is then that of a hidden one. @throws GatescopeError nothingToInspect */
export function cutExample(
  vocabulary: Vocabulary,
  sample: string,
  view: TextView,
  reading: TaskReading,
): ExampleWindow {
  const slice = sliceOf(sample, view);
  const found = view.slice
    ? exampleAt(slice.text, view.cursor - slice.offset, reading)
    : firstExample(slice.text, reading);
  if (found === null) throw new GatescopeError('nothingToInspect');
  const { longest, task } = reading;
  const whole = found.tokens.length;
  // A classifier reads the beginning, as in training; of the others the part around the cursor is looked at.
  const first = task === 'classification' ? 0 : Math.max(0, Math.min(found.focus - (longest >> 1), whole - longest));
  const tokens = found.tokens.slice(first, first + longest);
  const focus = Math.min(found.focus - first, tokens.length - 1);
  const tags = found.tags.slice(first, first + longest);
  const ids = Int32Array.from(tokens, ({ text }) => vocabulary.idOf(text));
  let gold = labelIndex(reading, task === 'tagging' ? tags[focus] : found.label);
  if (task === 'cloze') {
    gold = ids[focus] === UNKNOWN_ID ? null : ids[focus];
    ids[focus] = vocabulary.size - 1;
  }
  return {
    tokens: tokens.map(({ text, start, end }) => ({ text, start: start + slice.offset, end: end + slice.offset })),
    ...{ warmUp: new Int32Array(0), ids, next: null, focus, startsText: true },
    ...{ gold, tags, truncated: tokens.length < whole },
  };
}

function labelIndex({ labels }: TaskReading, label: string | null): number | null {
  const at = label === null ? -1 : labels.indexOf(label);
  return at < 0 ? null : at;
}

/** @throws GatescopeError nothingToInspect when there is no token around the cursor. */
export function inspectExampleSlice(context: InspectionContext, reading: TaskReading, view: TextView): TraceFrame {
  const began = performance.now();
  const { model, vocabulary, sample } = context;
  const example = cutExample(vocabulary, sample, view, reading);
  const { tokens, ids, focus, gold } = example;
  const isTagging = reading.task === 'tagging';
  const found = inspectExample(model, ids, { step: focus, gold }, isTagging);
  const nameOf = (at: number) => (reading.task === 'cloze' ? vocabulary.textOf(at) : reading.labels[at]);
  const told = (probabilities: Float64Array, count: number): Prediction[] =>
    likeliestTokens(Float32Array.from(probabilities), probabilities.length, count)[0].map(({ id, probability }) => ({
      ...{ text: nameOf(id), probability },
    }));
  const header = {
    ...networkHeader(context),
    tokens: tokens.map(({ text, start, end }, t) => ({
      ...{ text, start, end, known: reading.task === 'cloze' && t === focus ? gold !== null : ids[t] !== UNKNOWN_ID },
    })),
    ...{ focus, next: null, warmUp: 0, startsText: true },
    predictions: tokens.map((_, t) => (isTagging ? told(found.everyToken[t], MOST_BESIDE) : [])),
    prediction: predictionOf(example, found, reading, { nameOf, told }),
    origin: view.slice === null ? ('sample' as const) : ('document' as const),
    documentVersion: sliceOf(sample, view).version,
    milliseconds: performance.now() - began,
  };
  return encodeFrame(header, found.arrays);
}

function predictionOf(
  { gold, tags, focus, truncated }: ExampleWindow,
  { probabilities, target, loss }: ExampleInspection,
  { task }: TaskReading,
  { nameOf, told }: { nameOf(at: number): string; told(probabilities: Float64Array, count: number): Prediction[] },
): TaskPrediction {
  return {
    ...{ task, at: task === 'classification' ? null : focus },
    ...{ likeliest: told(probabilities, MOST_PREDICTIONS), outcomes: probabilities.length },
    gold: gold === null ? null : { text: nameOf(gold), probability: probabilities[gold] },
    ...{ target: nameOf(target), loss, tags: task === 'tagging' ? tags : null, truncated },
  };
}
