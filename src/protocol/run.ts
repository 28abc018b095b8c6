// A run as it is stored on disk (run.json) and shown: what was trained, on which text, how far it came.
import * as v from 'valibot';
import { runConfigSchema } from './runConfig';
import { datasetInfoSchema, scoresSchema } from './taskRun';

/** The text a run is trained on. `path` only for file: URIs, which the trainer opens and streams itself. */
export const sourceSchema = v.object({
  /** URI as a string, or '' for a text that has none. */
  uri: v.string(),
  /** What a person reads: the file's name, with "(selection)" or "(first 10 MB)" told apart by `part`. */
  name: v.string(),
  path: v.nullable(v.string()),
  part: v.variant('kind', [
    v.object({ kind: v.literal('whole') }),
    v.object({ kind: v.literal('head'), bytes: v.number() }),
    /** UTF-16 offsets in the document at the time of training. */
    v.object({ kind: v.literal('selection'), start: v.number(), end: v.number() }),
  ]),
});
export type TextSource = v.InferOutput<typeof sourceSchema>;

/** Filled in by the trainer once the text was read. */
export const corpusSchema = v.object({
  encoding: v.string(),
  bytes: v.number(),
  tokens: v.number(),
  /** Grapheme clusters; equals `tokens` in a character model. */
  characters: v.number(),
  vocabulary: v.number(),
  /** Tokens of the training and of the validation part. */
  trainingTokens: v.number(),
  validationTokens: v.number(),
  /** Entropy of the token frequencies, nats per token: what a model that knows only the counts reaches. */
  unigramEntropy: v.number(),
  /** Hex SHA-256 of the decoded text that was trained on; a difference marks the run stale. */
  hash: v.string(),
});
export type CorpusInfo = v.InferOutput<typeof corpusSchema>;

export const RUN_PHASES = ['preparing', 'training', 'paused', 'finished', 'stopped', 'diverged', 'failed'] as const;

export const divergenceSchema = v.object({
  step: v.number(),
  restoredStep: v.number(),
  what: v.picklist(['loss', 'gradient', 'weights']),
  /** Parameter whose gradient or weight was not finite first, e.g. "W_h"; null when only the loss was. */
  parameter: v.nullable(v.string()),
  batchText: v.string(),
  /** The last gradient norms before the end, oldest first; null stands for not finite. */
  norms: v.array(v.nullable(v.number())),
  /** Clipping threshold proposed for a restart and the running median it comes from. */
  proposedClip: v.number(),
  medianNorm: v.number(),
});
export type Divergence = v.InferOutput<typeof divergenceSchema>;

/** One measured point of a run; losses in nats per token. */
export const metricSchema = v.object({
  step: v.number(),
  trainingLoss: v.nullable(v.number()),
  validationLoss: v.nullable(v.number()),
  /** Global gradient norm before clipping. */
  gradientNorm: v.nullable(v.number()),
  /** Norm applied after clipping. */
  clippedNorm: v.nullable(v.number()),
  /** ‖Δθ‖ / ‖θ‖. */
  updateRatio: v.nullable(v.number()),
  /** Steps clipped since the start. */
  clippedSteps: v.number(),
  /** Share of the validation part's classes, tags or hidden tokens that are predicted rightly; not of a language model. */
  validationAccuracy: v.optional(v.nullable(v.number())),
  /** What all steps so far took, without evaluations and pauses; absent where a part of the run was trained before it was measured. */
  seconds: v.optional(v.number()),
});
export type Metric = v.InferOutput<typeof metricSchema>;

export const failureSchema = v.object({
  code: v.string(),
  args: v.record(v.string(), v.union([v.string(), v.number()])),
});
/** A failure a person can act on: `code` names the l10n message, `args` fill it. See failures.ts. */
export type Failure = v.InferOutput<typeof failureSchema>;

export const RUN_FORMAT = 1;
export const runRecordSchema = v.object({
  format: v.literal(RUN_FORMAT),
  id: v.string(),
  createdAt: v.string(),
  config: runConfigSchema,
  source: sourceSchema,
  corpus: v.nullable(corpusSchema),
  phase: v.picklist(RUN_PHASES),
  step: v.number(),
  plannedSteps: v.number(),
  parameters: v.number(),
  lastMetric: v.nullable(metricSchema),
  bestValidationLoss: v.nullable(v.number()),
  /** Shape of a batch: shorter or smaller than asked for where the text or the memory is small. */
  batch: v.optional(v.object({ timesteps: v.number(), lanes: v.number() })),
  /** Which implementation computed it, on what and on how many threads; resuming on other kernels may differ in the last bits. */
  engine: v.object({
    kernels: v.string(),
    reason: v.string(),
    threads: v.number(),
    /** "Node.js 24.21.0". */
    runtime: v.optional(v.string()),
    /** Kernels of other bits that the run was trained with before it was resumed here. */
    kernelsBefore: v.optional(v.string()),
  }),
  /** Weights of a network trained elsewhere: their file, and whether it told how the network was trained. */
  imported: v.optional(v.object({ name: v.string(), configured: v.boolean() })),
  /** Training steps whose weights are kept, in order; runs from before there were snapshots have none. */
  snapshots: v.optional(v.array(v.number())),
  /** The examples of a task, and how well the network does on those held out; runs of a language model have neither. */
  dataset: v.optional(datasetInfoSchema),
  scores: v.optional(scoresSchema),
  divergence: v.nullable(divergenceSchema),
  failure: v.nullable(failureSchema),
});
export type RunRecord = v.InferOutput<typeof runRecordSchema>;
export type RunPhase = RunRecord['phase'];
