// Questions the inspector asks about a run when a picture needs them: what takes longer than a frame, or is looked at rarely.
// The trainer answers from a copy of the weights, so that training may go on; of one kind the latest question holds.
import * as v from 'valibot';
import { agreementQuestion, agreementSetQuestion, type AgreementAnswer, type AgreementSetAnswer } from './agreement';
import type { JoinedAnswer } from './joined';
import type { LagRows } from './lagStatistics';
import { layerPlaceSchema } from './layerPlace';
import type { ParameterSpread } from './parameterSpread';
import type { AnnotatedProbes, ProbeAnswer } from './probes';
import { sourceSchema } from './run';
import { runConfigSchema } from './runConfig';
import { WANTED_TREES, type ImportedTrees, type SyntaxAnswer } from './syntax';
import type { GateInfo, Prediction } from './traceFrame';
import type {
  BlockSpectrum,
  FadingMemory,
  ItemisedWeightGradient,
  JacobianLags,
  MemoryCapacities,
  TrainingExponents,
} from './spectra';
import type { TokenStates } from './tokenStates';
import type { UnitDrivers } from './unitDrivers';

const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const column = count(0, 65_535);
const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Of which layer and direction; the first layer's forward one where it is left out. */
const place = v.optional(layerPlaceSchema);

/** What an editor's text may be shaded by. */
export const SHADINGS = ['surprisal', 'influence'] as const;
export type ShadedBy = (typeof SHADINGS)[number];
/** Tokens that are shaded at once: the first so many of the stretch asked about. */
export const MOST_SHADED_TOKENS = 8192;

export const questionSchema = v.variant('about', [
  /** How the values of every parameter are spread. */
  v.object({ about: v.literal('weights'), bins: count(2, 200) }),
  /** Eigenvalues and singular values of a gate's block of W_h. */
  v.object({ about: v.literal('spectrum'), gate: v.picklist(['f', 'i', 'o', 'g', 'u', 'r', 'h']), place }),
  /** The so many largest singular values of ∂h(i)/∂h(j) against the lag. */
  v.object({ about: v.literal('jacobians'), count: count(1, 8), place }),
  /** What every loss alone adds to the gradient of W_h at every step of the window. */
  v.object({ about: v.literal('weightItemised'), place }),
  /** The so many largest Lyapunov exponents at every snapshot. */
  v.object({ about: v.literal('lyapunov'), count: count(1, 8), place }),
  /** How fast states that began apart come together on the same text: as the weights are, and with W_h scaled to spectral radii. */
  v.object({
    about: v.literal('fading'),
    radii: v.pipe(v.array(v.pipe(v.number(), v.minValue(0.01), v.maxValue(10))), v.maxLength(6)),
  }),
  /** How much of a random input can be found in the states, by lag: as the weights are, and with W_h scaled to spectral radii. */
  v.object({
    about: v.literal('memoryCapacity'),
    radii: v.pipe(v.array(v.pipe(v.number(), v.minValue(0.01), v.maxValue(10))), v.maxLength(6)),
  }),
  /** Which properties of the text can be read from every layer's states by linear probes. */
  v.object({ about: v.literal('probes') }),
  /**
   * The same of parts of speech and numbers, as the sentences of a CoNLL-U file have them. The host adds its `text` where no process can
   * read it from a disk; `chosen` tells choosing it again from asking again.
   */
  v.object({
    about: v.literal('annotatedProbes'),
    file: sourceSchema,
    text: v.optional(v.nullable(v.string())),
    chosen: v.number(),
  }),
  /** What reaches a unit's gates at every step of the window, term by term. */
  v.object({ about: v.literal('cellTerms'), unit: count(0, 65_535), place }),
  /** Which tokens drive a unit, from at most so many tokens of the text trained on. */
  v.object({ about: v.literal('drivers'), unit: count(0, 65_535), tokens: count(1, 1_000_000), place }),
  /** What every token adds to the logit of the token after `focus`, a column of the window. */
  v.object({ about: v.literal('influence'), method: v.picklist(['gradientInput', 'integrated']), focus: column }),
  /** What every token of an example adds to the logit of a class, tag or hidden token; of the likeliest one where none is named. */
  v.object({
    about: v.literal('attribution'),
    method: v.picklist(['gradientInput', 'integrated']),
    target: v.nullable(v.string()),
  }),
  /** What the states at the focus of an example are near to, and how they differ from those at the cursor of another text. */
  v.object({
    about: v.literal('tokenStates'),
    pinned: v.nullable(v.object({ text: v.pipe(v.string(), v.maxLength(4000)), cursor: offset })),
  }),
  /** What becomes of the prediction after `focus` without each of so many tokens before it. */
  v.object({ about: v.literal('ablation'), focus: column, nearest: count(1, 40) }),
  /** Of every token that the UTF-16 stretch from start to end of the text touches, what it is shaded by. */
  v.object({ about: v.literal('shading'), by: v.picklist(SHADINGS), start: offset, end: offset }),
  /** The gradient of every loss of the window on every whole state, and the gate that keeps the past. */
  v.object({ about: v.literal('stateGradient') }),
  /** What becomes of predictions without the token so many steps back, by lag. */
  v.object({ about: v.literal('ablationByLag') }),
  /** How large networks of other configurations would be on this run's text. */
  v.object({ about: v.literal('matchingUnits'), configs: v.pipe(v.array(runConfigSchema), v.maxLength(8)) }),
  /** How much of the gradient reaches the other end of dependency arcs, over so many sentences; asked for more, it goes on from there. */
  v.object({ about: v.literal('joined'), sentences: count(1, 1_000_000) }),
  /** The sentences of the window as dependency trees. */
  v.object({ about: v.literal('syntax'), trees: v.picklist(WANTED_TREES) }),
  /** The same sentences as a CoNLL-U file: of those that begin at `seconds` (UTF-16 offsets in the document) the second reading. */
  v.object({ about: v.literal('parses'), trees: v.picklist(WANTED_TREES), seconds: v.array(count(0, 1_000_000_000)) }),
  /** Keeps the trees of a CoNLL-U file with the run, in place of those that it had. */
  v.object({ about: v.literal('importTrees'), name: v.string(), content: v.string() }),
  agreementQuestion,
  agreementSetQuestion,
  /** The weights as a safetensors file for PyTorch; `metadata` goes into it as it is. */
  v.object({ about: v.literal('torchWeights'), metadata: v.record(v.string(), v.string()) }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
export type QuestionAbout = Question['about'];
export type QuestionOf<A extends QuestionAbout> = Extract<Question, { about: A }>;

/** Pre-activations z of one unit over the window [T], gates [G] in the order of their blocks: LSTM f i o c̃, GRU u r h̃, vanilla h. */
export interface UnitTerms {
  /** W h(t−1) [T,G]; of a GRU's candidate W_h (r∘h(t−1)) with the reset gate before the product, W_h h(t−1) with it after. */
  recurrent: Float32Array;
  /** U x(t) [T,G]. */
  input: Float32Array;
  /** b [G]. */
  bias: Float32Array;
  /** b_hh: with the reset gate after the product the candidate's z is r (W_h h(t−1) + b_hh) + U x + b. */
  recurrentBias: number;
  /** The unit's h, and an LSTM's c (else 0), before the window's first token. */
  initialHidden: number;
  initialCell: number;
}

/** What the tokens of the window add to F, the logit of the token after the focus. */
export interface InputInfluence {
  method: 'gradientInput' | 'integrated';
  focus: number;
  /** By column, up to the focus at least; positive raises F. */
  values: Float64Array;
  /** F, and F with all embeddings of the window zero; the state before the window stays. */
  logit: number;
  baseline: number;
  /** Completeness: |Σ values − (F − F₀)| / |F − F₀|. */
  delta: number;
  /** Of the integral, doubled from 16 to at most 1,024 while delta is over 5 %; 0 for gradient × input, which has none. */
  steps: number;
}

/** The same of an example of a task: F is the logit of `target`, by column of the whole example. */
export interface ExampleAttribution extends Omit<InputInfluence, 'focus'> {
  target: string;
  /** Column whose tag or hidden token it is of; null where the whole has a class. */
  at: number | null;
  /** Classes, tags or tokens, best first. */
  likeliest: Prediction[];
}

export interface TokenAblation {
  focus: number;
  /** Columns of the tokens that were replaced by the unknown token, one at a time, nearest first. */
  columns: number[];
  /** F − F without the token, by column as above; positive: the token raises F. */
  logit: Float64Array;
  /** J without the token − J, nats; positive: the token helps the prediction. */
  loss: Float64Array;
}

/** Tokens in their order, with the UTF-16 offsets of each in the document. */
export interface TextShading {
  starts: number[];
  ends: number[];
  /** Bits of surprisal, NaN for the text's first token; or ‖∂J/∂x‖, J the loss of the token `target`. */
  values: Float32Array;
  /** Influence: the token after the cursor's, or the last one where nothing follows; null for surprisal and where there is no such token. */
  target: { text: string; start: number; end: number } | null;
}

/** What cells are compared by, of a window of `steps` tokens. */
export interface StateGradient {
  steps: number;
  /** UTF-16 offset of the window's first token. */
  start: number;
  /** [T,T], row i column j: √(Σ ‖∂J(i)/∂h(j)‖² + ‖∂J(i)/∂c(j)‖²) over layers; 0 for j > i, NaN in rows of unknown losses. */
  norms: Float32Array;
  /** An LSTM's forget gate, a GRU's update gate, a vanilla cell's state; of the first layer. */
  gate: GateInfo;
  units: number;
  /** [T,H]. */
  gateValues: Float32Array;
}

export interface NetworkSize {
  hiddenUnits: number;
  parameters: number;
}

/** What each question is answered with; structured-cloneable, typed arrays with buffers of their own. */
export interface Answers {
  weights: { parameters: ParameterSpread[] };
  spectrum: BlockSpectrum;
  jacobians: JacobianLags;
  weightItemised: ItemisedWeightGradient;
  lyapunov: TrainingExponents;
  fading: FadingMemory;
  memoryCapacity: MemoryCapacities;
  probes: ProbeAnswer;
  annotatedProbes: AnnotatedProbes;
  cellTerms: UnitTerms;
  drivers: UnitDrivers;
  torchWeights: { bytes: Uint8Array };
  influence: InputInfluence;
  attribution: ExampleAttribution;
  joined: JoinedAnswer;
  tokenStates: TokenStates;
  ablation: TokenAblation;
  stateGradient: StateGradient;
  /** |J without the token − J| by lag, NaN where the token is unknown anyway. */
  ablationByLag: LagRows;
  /** Parameters of this run; for every configuration its size as it is, and with the units that bring it nearest to this run's. */
  matchingUnits: { wanted: number; matches: { equalUnits: NetworkSize; equalParameters: NetworkSize }[] };
  shading: TextShading;
  agreement: AgreementAnswer;
  agreementSet: AgreementSetAnswer;
  syntax: SyntaxAnswer;
  /** `sentences`: how many have a tree. */
  parses: { content: string; sentences: number };
  importTrees: ImportedTrees;
}
export type AnswerTo<Q extends Question> = Answers[Q['about']];

/** An answer and the training step of the weights it was found with. */
export interface Answered<A extends QuestionAbout = QuestionAbout> {
  about: A;
  step: number;
  value: Answers[A];
  /** What finding it took of the trainer's time, without the turns that others had in between. */
  milliseconds: number;
}
