// What a run on labelled, tagged or hidden tokens is made of and how well it does, as run.json keeps it.
import * as v from 'valibot';

/** Where the examples come from. */
export const datasetSourceSchema = v.object({
  /** Several files may have a class each: `label`; null where the file says the labels itself. */
  files: v.array(v.object({ path: v.string(), label: v.nullable(v.string()) })),
  /** Columns of a table by name or number from 1, and of tags; found out where they are left out. */
  labelColumn: v.optional(v.string()),
  textColumn: v.optional(v.string()),
  tagColumn: v.optional(v.string()),
});
export type DatasetSource = v.InferOutput<typeof datasetSourceSchema>;

/** What was made of them; counts of examples but where something else is said. */
export const datasetInfoSchema = v.object({
  task: v.picklist(['classification', 'tagging', 'cloze']),
  source: datasetSourceSchema,
  /** Classes or tags, most frequent first; none for cloze. */
  labels: v.array(v.string()),
  training: v.number(),
  validation: v.number(),
  test: v.number(),
  /** Lines that were skipped because nothing, or no label or text, is in them. */
  emptyLines: v.number(),
  incomplete: v.number(),
  /** Examples cut at the longest sequence. */
  truncated: v.number(),
  /** Classes (tags) with a single example (token). */
  singletons: v.number(),
  /** Share of the held-out tokens that the vocabulary does not know. */
  unknownShare: v.number(),
  /** Where labels and texts, or tags, were found: names or numbers of columns. */
  columns: v.optional(v.array(v.string())),
});
export type DatasetInfo = v.InferOutput<typeof datasetInfoSchema>;

/** How well a network does on examples that it was not trained on. */
export const scoresSchema = v.object({
  /** The part held out for scores alone, or another file. */
  part: v.picklist(['test', 'file']),
  /** The weights' training step. */
  step: v.number(),
  examples: v.number(),
  /** Predictions: of examples, tags or hidden tokens. */
  n: v.number(),
  accuracy: v.number(),
  /** 95 % by Wilson, as if predictions were independent of each other. */
  interval: v.tuple([v.number(), v.number()]),
  /** Mean of the F1 of every class that occurs or is predicted; null for cloze. */
  macroF1: v.nullable(v.number()),
  /** Nats per prediction. */
  loss: v.number(),
  /** exp(loss), of hidden tokens; null elsewhere. */
  perplexity: v.nullable(v.number()),
  /** Always saying what was most frequent in training, and how often that is right here. */
  majority: v.object({ label: v.string(), accuracy: v.number() }),
  labels: v.array(v.string()),
  /** Rows: what is right; columns: what was predicted. null for cloze. */
  confusion: v.nullable(v.array(v.array(v.number()))),
});
export type Scores = v.InferOutput<typeof scoresSchema>;
