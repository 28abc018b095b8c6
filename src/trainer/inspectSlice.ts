// Answers "what does the network do on this text": cuts the window out of a slice of live text and inspects it.
import { CELL_DESCRIPTIONS, GRU_CANDIDATE_RESET_AFTER, type GateDescription } from '../engine/cells/cellDescription';
import { inspectWindow } from '../engine/inspection/inspectWindow';
import type { LanguageModel } from '../engine/network/languageModel';
import type { NetworkConfig } from '../engine/network/networkConfig';
import { GatescopeError } from '../protocol/failures';
import { encodeFrame, type FrameHeader, type GateInfo, type TraceFrame } from '../protocol/traceFrame';
import type { TextSlice, TrainerRequestOf } from '../protocol/trainerMessages';
import { tokenize, type Token } from '../text/tokenize';
import { UNKNOWN_ID, type Vocabulary } from '../text/vocabulary';

/** Tokens read before the window to warm the state up. */
const WARM_UP = 256;
/** Columns kept free right of the focus when the window has to move. */
const AHEAD = 8;

export interface WindowPlacement {
  /** Indices into the slice's tokens: [first, end). */
  first: number;
  end: number;
  /** Index of the token just left of the cursor. */
  focus: number;
}

/**
 * Places the window of `columns` tokens: it stays at `windowStart` (offset of a token) while the cursor's token is inside;
 * otherwise the focus lands eight columns from the right edge. It never begins before the first token.
 */
export function placeWindow(
  tokens: readonly Token[],
  cursor: number,
  windowStart: number | null,
  columns: number,
): WindowPlacement {
  let focus = 0;
  while (focus + 1 < tokens.length && tokens[focus + 1].start < cursor) focus++;
  const kept = windowStart === null ? -1 : tokens.findIndex(({ start }) => start === windowStart);
  const stays = kept >= 0 && focus >= kept && focus < kept + columns;
  const ahead = Math.min(AHEAD, Math.floor(columns / 4));
  const first = stays ? kept : Math.max(0, focus - (columns - 1 - ahead));
  return { first, end: Math.min(tokens.length, first + columns), focus };
}

/** Tokens of a slice with their offsets in the document, without those that a cut may have halved. */
export function sliceTokens(slice: TextSlice, vocabulary: Vocabulary): Token[] {
  const tokens = tokenize(slice.text, vocabulary.unit).map(({ text, start, end }) => ({
    text,
    start: start + slice.offset,
    end: end + slice.offset,
  }));
  const from = slice.atStart || tokens.length < 3 ? 0 : 1;
  const to = slice.atEnd || tokens.length < 3 ? tokens.length : tokens.length - 1;
  return tokens.slice(from, to);
}

/** What an inspection needs to know besides the request. */
export interface InspectionContext {
  model: LanguageModel;
  vocabulary: Vocabulary;
  runId: string;
  step: number;
  /** Beginning of the training text, used when no slice is given. */
  sample: string;
}

/** @throws GatescopeError nothingToInspect when the slice holds no token. */
export function inspectSlice(context: InspectionContext, request: TrainerRequestOf<'inspect'>): TraceFrame {
  const began = performance.now();
  const { model, vocabulary, sample } = context;
  const slice = request.slice ?? { text: sample, offset: 0, atStart: true, atEnd: false, version: 0 };
  const tokens = sliceTokens(slice, vocabulary);
  if (tokens.length === 0) throw new GatescopeError('nothingToInspect');
  // Before the first character nothing has been read: the first screenful is shown, the focus near its end.
  const isFree = request.cursor === 0;
  const lastShown = Math.min(tokens.length, request.columns) - 1 - Math.min(AHEAD, Math.floor(request.columns / 4));
  const cursor = isFree ? tokens[Math.max(0, lastShown)].end : request.cursor;
  const { first, end, focus } = placeWindow(tokens, cursor, request.windowStart, request.columns);
  const warmStart = Math.max(0, first - WARM_UP);
  const ids = Int32Array.from(tokens.slice(warmStart, end + 1), ({ text }) => vocabulary.idOf(text));
  const window = ids.subarray(first - warmStart, end - warmStart);
  const next = end < tokens.length ? tokens[end] : null;
  const nextId = next === null ? null : ids[end - warmStart];
  const { arrays, predictions } = inspectWindow(model, ids.subarray(0, first - warmStart), window, nextId);
  const header: FrameHeader = {
    version: 1,
    runId: context.runId,
    step: context.step,
    cell: model.config.cell,
    hiddenUnits: model.config.hiddenUnits,
    gates: gateInfos(model),
    tokens: tokens.slice(first, end).map(({ text, start, end: to }, t) => {
      return { text, start, end: to, known: window[t] !== UNKNOWN_ID };
    }),
    focus: focus - first,
    next: next?.text ?? null,
    warmUp: first - warmStart,
    startsText: slice.atStart && warmStart === 0,
    predictions: predictions.map((step) =>
      step.map(({ id, probability }) => ({ text: vocabulary.textOf(id), probability })),
    ),
    origin: request.slice === null ? 'sample' : 'document',
    documentVersion: slice.version,
    milliseconds: performance.now() - began,
  };
  // A frame crosses two processes: what no picture draws stays here.
  const { 'gradient.weightItemised': _undrawn, ...drawn } = arrays;
  return encodeFrame(header, drawn);
}

/** The gates of the model's cell; the range and the equation of a vanilla cell's state depend on its activation. */
export function gateInfos({ config }: Pick<LanguageModel, 'config'>): GateInfo[] {
  const { cell, activation } = config;
  return CELL_DESCRIPTIONS[cell].gates.map((gate) => {
    const { key, symbol, name } = gate;
    const range =
      gate.activation === 'chosen'
        ? ({ tanh: 'signed', sigmoid: 'unit', relu: 'positive' } as const)[activation]
        : gate.range;
    return { key, symbol, name, range, equation: equationOf(gate, config) };
  });
}

/** A gate's equation with the configuration's activation and reset convention in it. */
function equationOf({ key, equation }: GateDescription, { cell, activation, resetGate }: NetworkConfig): string {
  if (cell === 'gru' && key === 'g' && resetGate === 'after') return GRU_CANDIDATE_RESET_AFTER;
  return equation.replace('φ', { tanh: 'tanh', sigmoid: 'σ', relu: 'ReLU' }[activation]);
}
