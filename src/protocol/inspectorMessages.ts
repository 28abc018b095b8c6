// What the extension host and the inspector's webview say to each other. The host's state is the truth and is sent whole;
// the webview owns selection, zoom and layout. At most one frame is in flight: the webview acknowledges, the latest wins.
import * as v from 'valibot';
import type { Continuation, Estimate, Progress } from './trainerMessages';
import type { Failure, Metric, RunRecord, TextSource } from './run';
import { questionSchema, type Answered } from './questions';
import { WANTED_TREES } from './syntax';
import type { RunConfig } from './runConfig';
import type { TraceFrame } from './traceFrame';

export const INSPECTOR_VERSION = 1;

export interface RunSummary {
  id: string;
  /** "LSTM 128 · characters · shakespeare.txt". */
  label: string;
  detail: string;
  phase: RunRecord['phase'];
}

/** Why the run does not fit the text on screen any more. Offsets are UTF-16 in the document. */
export interface Staleness {
  reason: 'edited' | 'deleted' | 'differentText' | 'otherEncoding';
  /** First edited offset and how many UTF-16 units were typed since; null when unknown (edited outside). */
  edit: { start: number; end: number; characters: number } | null;
  /** otherEncoding: the one the editor reads the file in and the one the trainer read. */
  encodings?: { editor: string; trained: string };
}

export interface ComparedRun {
  config: RunConfig;
  /** null while it waits for its turn, and where it could not be trained. */
  record: RunRecord | null;
  metrics: Metric[];
  /** Why it could not be trained. */
  problem: string | null;
  /** Per cent of the text of the run shown that it is trained on, from its beginning; left out for all of it. */
  share?: number;
}

/** Runs compared with the one shown: other cells, and replicates of all of them with other seeds. */
export interface Comparison {
  /** How networks that were trained for it were sized; null where all of them were there before. */
  budget: 'parameters' | 'units' | null;
  /** Those that wait are trained one after the other. */
  active: boolean;
  runs: ComparedRun[];
}

export interface InspectorState {
  version: typeof INSPECTOR_VERSION;
  /** The text beside the inspector; null when none is open. */
  document: { name: string; uri: string; preview: string } | null;
  /** The configuration the one-button start would use. */
  defaults: RunConfig;
  /** Known only after it was measured; the empty state shows it. */
  estimate: Estimate | null;
  run: RunRecord | null;
  /** Of the current run: activity, speed, time left. */
  progress: Pick<Progress, 'activity' | 'fraction' | 'tokensPerSecond' | 'secondsLeft'> | null;
  metrics: Metric[];
  stale: Staleness | null;
  /** `resumable`: the message speaks of Resume and the run has a checkpoint to go on from. */
  failure: { failure: Failure; message: string; resumable: boolean } | null;
  runs: RunSummary[];
  /** What the run is compared with ("Compare Cells"); null for nothing. */
  comparison: Comparison | null;
  continuation: (Continuation & { prefixEnd: string }) | { pending: true; temperature: number } | null;
  /** UTF-16 offset of the cursor in the document; null without one. */
  cursor: number | null;
  /** Training step of the snapshot that the pictures are of; null: the newest weights. */
  snapshot: number | null;
  /** How often trees were imported for the run since it was opened: what is known of the text's syntax is out of date after each time. */
  treesImported: number;
}

export type ToInspector =
  | { kind: 'state'; state: InspectorState }
  /** Only what changes many times a second. */
  | { kind: 'tick'; run: RunRecord; progress: InspectorState['progress']; newMetrics: Metric[]; reset: boolean }
  | { kind: 'cursor'; cursor: number }
  | { kind: 'frame'; sequence: number; frame: TraceFrame }
  /** What was asked with this id; null where a newer question took its place, a sentence where there is no answer. */
  | { kind: 'answer'; id: number; answered: Answered | null; problem: string | null }
  /** The snapshot now looked at: one such answer to every `snapshot` of the inspector. */
  | { kind: 'snapshot'; step: number | null }
  /** The CoNLL-U file that the person chose to probe by; `chosen` differs with every choice. */
  | { kind: 'annotations'; file: TextSource; chosen: number }
  | { kind: 'error'; message: string };

const kind = <K extends string>(name: K) => v.object({ kind: v.literal(name) });

/** Buttons of the inspector; each runs the command of the same meaning. */
export const INSPECTOR_ACTIONS = [
  'train',
  'trainWithOptions',
  'pause',
  'resume',
  'stop',
  'retrain',
  'compare',
  'compareGoOn',
  'compareStop',
  'compareEnd',
  'openRun',
  'showLog',
  'continueText',
  'restartWithClipping',
  'restartWithLowerRate',
  'inspectRestored',
  'update',
  'openFile',
  'reopenWithEncoding',
  'exportWeights',
  'importWeights',
  'shadeText',
  'importTrees',
  'saveParses',
] as const;
export type InspectorAction = (typeof INSPECTOR_ACTIONS)[number];

/** UTF-16 units of a figure’s file; the table of 1,024 units over 512 steps has about half as many. */
export const MOST_FIGURE_CHARACTERS = 100_000_000;

export const fromInspectorSchema = v.variant('kind', [
  v.object({ kind: v.literal('ready'), version: v.number() }),
  v.object({ kind: v.literal('ack'), sequence: v.number() }),
  /** Columns that fit; a new frame is wanted. */
  v.object({ kind: v.literal('view'), columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)) }),
  /** The pointer is over a token (UTF-16 range) or over none. */
  v.object({ kind: v.literal('hover'), range: v.nullable(v.object({ start: v.number(), end: v.number() })) }),
  /** Put the editor's cursor right after this token. */
  v.object({ kind: v.literal('reveal'), start: v.number(), end: v.number(), focusEditor: v.boolean() }),
  v.object({
    kind: v.literal('action'),
    action: v.picklist(INSPECTOR_ACTIONS),
    /** continueText: temperature; restartWithClipping: threshold; restartWithLowerRate: rate. */
    value: v.optional(v.number()),
    runId: v.optional(v.string()),
    /** saveParses: whose trees are shown. */
    trees: v.optional(v.picklist(WANTED_TREES)),
    /** saveParses: where sentences begin of which the second reading is shown. */
    seconds: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  }),
  /** Of the run shown, or of another one. */
  v.object({
    kind: v.literal('ask'),
    id: v.number(),
    question: questionSchema,
    runId: v.optional(v.string()),
    /** Training step of the snapshot whose weights are meant, null: the newest weights; left out: what is looked at of that run. */
    snapshot: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  }),
  /** Look at the network as it was at this training step, of those kept; null: at the newest weights. */
  v.object({ kind: v.literal('snapshot'), step: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
  /** The unit that the pictures single out, and the suffix of its layer and direction (layerPlace.ts). */
  v.object({
    kind: v.literal('unit'),
    unit: v.pipe(v.number(), v.integer(), v.minValue(0)),
    suffix: v.pipe(v.string(), v.maxLength(20)),
  }),
  /** Write a figure to a place that the person chooses; `name` has no folders and no extension. */
  v.object({
    kind: v.literal('saveFigure'),
    name: v.pipe(v.string(), v.maxLength(200), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}-]*$/u)),
    extension: v.picklist(['svg', 'csv', 'png']),
    /** The file's text; of a PNG its bytes in base64. */
    content: v.pipe(v.string(), v.maxLength(MOST_FIGURE_CHARACTERS)),
  }),
  /** Ask the person for a file of annotated sentences; `annotations` follows where one is chosen. */
  v.object({ kind: v.literal('chooseAnnotations') }),
  v.object({ kind: v.literal('problem'), message: v.string() }),
]);
export type FromInspector = v.InferOutput<typeof fromInspectorSchema>;

const toInspectorShape = v.variant('kind', [
  kind('state'),
  kind('tick'),
  kind('cursor'),
  kind('frame'),
  kind('answer'),
  kind('snapshot'),
  kind('annotations'),
  kind('error'),
]);

/** Parses a message from the host by its kind and version; throws with a sentence for the log. */
export function parseToInspector(message: unknown): ToInspector {
  v.parse(toInspectorShape, message);
  const typed = message as ToInspector;
  if (typed.kind === 'state' && typed.state.version !== INSPECTOR_VERSION)
    throw new Error(`inspector state of version ${String(typed.state.version)}, expected ${INSPECTOR_VERSION}`);
  return typed;
}
