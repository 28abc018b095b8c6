// What the extension host and a trainer process say to each other. One trainer process owns one run.
// Every request is answered by exactly one reply with the same id; events are sent unasked. Both ends parse.
import * as v from 'valibot';
import { runConfigSchema, type RunConfig } from './runConfig';
import {
  failureSchema,
  metricSchema,
  runRecordSchema,
  sourceSchema,
  type Failure,
  type Metric,
  type RunRecord,
} from './run';
import { datasetSourceSchema } from './taskRun';
import { questionSchema, type Answered } from './questions';
import type { TraceFrame } from './traceFrame';

const id = v.number();
const request = <K extends string, T extends v.ObjectEntries>(kind: K, entries: T) =>
  v.object({ kind: v.literal(kind), id, ...entries });

export const MAX_THREADS = 8;
export const DEFAULT_SNAPSHOT_MEGABYTES = 100;
/** Threads that compute; 0: as many as are measured to be fastest; left out: one. The record tells how many it were. */
const threads = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_THREADS)));

/** Megabytes (10⁶ bytes) that a run's snapshots may take; left out: as many as DEFAULT_SNAPSHOT_MEGABYTES. */
const snapshotMegabytes = v.optional(v.pipe(v.number(), v.minValue(0)));

/** Live text around the cursor, cut by the host: at most a few thousand UTF-16 units. */
export const textSliceSchema = v.object({
  text: v.string(),
  /** UTF-16 offset of the slice in its document. */
  offset: v.number(),
  /** Line of the document, from 0, that the slice begins in; left out: its first. */
  line: v.optional(v.number()),
  /** Whether the slice reaches the document's beginning or end. */
  atStart: v.boolean(),
  atEnd: v.boolean(),
  version: v.number(),
});
export type TextSlice = v.InferOutput<typeof textSliceSchema>;

/** Where in the text one looks. */
const textView = {
  /** null: use the beginning of the training text. */
  slice: v.nullable(textSliceSchema),
  /** UTF-16 offset of the cursor in the document. */
  cursor: v.number(),
  /** Offset of the first token now shown, to keep the window where it is while the cursor stays inside; null: free. */
  windowStart: v.nullable(v.number()),
  /** Columns that fit on screen. */
  columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)),
  /** Training step of the snapshot whose weights are meant; null or left out: the newest weights. */
  snapshot: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))),
};
const textViewSchema = v.object(textView);
export type TextView = v.InferOutput<typeof textViewSchema>;

export const trainerRequestSchema = v.variant('kind', [
  /** Reads the text, makes the model and trains. `text` is given where the source has no path the trainer could open. */
  request('train', {
    runFolder: v.string(),
    runId: v.string(),
    createdAt: v.string(),
    config: runConfigSchema,
    source: sourceSchema,
    text: v.nullable(v.string()),
    /** A safetensors file with PyTorch's names: its network is shown on the text instead of one that is trained on it. */
    weights: v.optional(
      v.object({ name: v.string(), bytes: v.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
    ),
    /** Where a task's examples are, when that is not the text of the source alone. */
    dataset: v.optional(datasetSourceSchema),
    threads,
    snapshotMegabytes,
  }),
  /** Loads a stored run; it stays paused (or finished) until `resume`. */
  request('open', { runFolder: v.string(), text: v.nullable(v.string()), threads, snapshotMegabytes }),
  request('pause', {}),
  request('resume', { text: v.nullable(v.string()) }),
  /** Ends training for good, keeping the last weights; the process goes on answering inspections. */
  request('stop', {}),
  /** `rowOnly`: of the gradients of pairs the focus row alone, which takes a fifth of the time; see FrameHeader. */
  request('inspect', {
    ...textView,
    rowOnly: v.optional(v.boolean()),
    /** The picture that a first look will stand beside: FrameHeader.keeps. */
    beside: v.optional(v.number()),
  }),
  /** Answered from a copy of the weights while training goes on; `view` is the text looked at, null where none matters. */
  request('ask', { question: questionSchema, view: v.nullable(textViewSchema) }),
  request('continueText', {
    prefix: v.string(),
    temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(10)),
    tokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)),
    seed: v.number(),
  }),
  /** What a text is probably for, by its name and its beginning. */
  request('guessTask', { name: v.string(), beginning: v.pipe(v.string(), v.maxLength(200_000)) }),
  /** Size, encoding, tokens per second: what training on this text would cost, before it begins. */
  request('estimate', { config: runConfigSchema, source: sourceSchema, text: v.nullable(v.string()), threads }),
]);
export type TrainerRequest = v.InferOutput<typeof trainerRequestSchema>;
export type TrainerRequestKind = TrainerRequest['kind'];
/** A request without its id, which the connection adds. */
export type TrainerRequestOf<K extends TrainerRequestKind> = Omit<Extract<TrainerRequest, { kind: K }>, 'id' | 'kind'>;

export interface Continuation {
  text: string;
  /** Part of `prefix` that was read. */
  readTokens: number;
  temperature: number;
  step: number;
}

export interface Estimate {
  bytes: number;
  /** Exact for small files, from a sample (said by `sampled`) for large ones. */
  characters: number;
  distinct: number;
  sampled: boolean;
  encoding: string;
  steps: number;
  /** Seconds for all epochs, from a short measurement of real steps. */
  seconds: number;
  /** UTF-16 text from the beginning, for the empty state's preview. */
  preview: string;
}

/** What each request is answered with. */
export interface TrainerReplies {
  train: RunRecord;
  open: RunRecord;
  pause: RunRecord;
  resume: RunRecord;
  stop: RunRecord;
  inspect: TraceFrame;
  /** null: a newer question of the same kind came before this one was answered. */
  ask: Answered | null;
  continueText: Continuation;
  guessTask: { task: RunConfig['task'] };
  estimate: Estimate;
}

export const progressSchema = v.object({
  kind: v.literal('progress'),
  record: runRecordSchema,
  /** What is being done before the first step: reading, counting, building; null while training. */
  activity: v.nullable(v.picklist(['reading', 'counting', 'building'])),
  /** 0…1 of that activity, null when unknown. */
  fraction: v.nullable(v.number()),
  tokensPerSecond: v.nullable(v.number()),
  secondsLeft: v.nullable(v.number()),
});
export type Progress = v.InferOutput<typeof progressSchema>;

export const trainerEventSchema = v.variant('kind', [
  progressSchema,
  /** New points of the training chart, in order, each sent once. On `open` the whole history is sent (thinned). */
  v.object({ kind: v.literal('metrics'), reset: v.boolean(), metrics: v.array(metricSchema) }),
  v.object({ kind: v.literal('log'), level: v.picklist(['info', 'warning', 'error']), text: v.string() }),
  v.object({ kind: v.literal('failed'), failure: failureSchema }),
]);
export type TrainerEvent = v.InferOutput<typeof trainerEventSchema>;

/** Replies are parsed by shape here and by kind where they are awaited (frames by decodeFrame). */
export const trainerReplySchema = v.variant('kind', [
  v.object({ kind: v.literal('reply'), id, ok: v.literal(true), value: v.unknown() }),
  v.object({ kind: v.literal('error'), id, failure: failureSchema }),
]);
export type TrainerReply =
  | { kind: 'reply'; id: number; ok: true; value: TrainerReplies[TrainerRequestKind] }
  | { kind: 'error'; id: number; failure: Failure };

export type { Metric };
