// Answers "what does the network do on this text": inspects the window of a slice of live text.
import { CELL_DESCRIPTIONS, GRU_CANDIDATE_RESET_AFTER, type GateDescription } from '../engine/cells/cellDescription';
import { gradientBound } from '../engine/inspection/gradientBound';
import { inspectWindow } from '../engine/inspection/inspectWindow';
import type { LanguageModel } from '../engine/network/languageModel';
import type { NetworkConfig } from '../engine/network/networkConfig';
import { encodeFrame, type FrameHeader, type GateInfo, type TraceFrame } from '../protocol/traceFrame';
import type { TextView } from '../protocol/trainerMessages';
import { UNKNOWN_ID, type Vocabulary } from '../text/vocabulary';
import { cutWindow, sliceOf, type InspectedWindow } from './inspectedWindow';

/** What an inspection needs to know besides the request. */
export interface InspectionContext {
  model: LanguageModel;
  vocabulary: Vocabulary;
  runId: string;
  step: number;
  /** The model has the weights of a snapshot, not the newest ones. */
  snapshot?: boolean;
  /** Beginning of the training text, used when no slice is given. */
  sample: string;
}

export interface SliceOptions {
  /** The window of the request, where it is cut out already. */
  window?: InspectedWindow;
  /** Of the gradients of pairs the focus row alone. */
  rowOnly?: boolean;
  /** Counts pictures. */
  picture?: number;
  keeps?: FrameHeader['keeps'];
}

/** @throws GatescopeError nothingToInspect when the slice holds no token. */
export function inspectSlice(context: InspectionContext, request: TextView, options: SliceOptions = {}): TraceFrame {
  const began = performance.now();
  const { model, vocabulary, sample } = context;
  const { window = cutWindow(vocabulary, sample, request), rowOnly = false, picture, keeps } = options;
  const { tokens, warmUp, ids, next, focus, startsText } = window;
  const { arrays, predictions } = inspectWindow(model, warmUp, ids, next?.id ?? null, rowOnly ? focus : undefined);
  const header: FrameHeader = {
    ...networkHeader(context),
    tokens: tokens.map(({ text, start, end }, t) => ({ text, start, end, known: ids[t] !== UNKNOWN_ID })),
    ...{ ...(rowOnly ? { rowOnly } : {}), ...(picture ? { picture } : {}), ...(keeps ? { keeps } : {}) },
    focus,
    next: next?.text ?? null,
    warmUp: warmUp.length,
    startsText,
    predictions: predictions.map((step) =>
      step.map(({ id, probability }) => ({ text: vocabulary.textOf(id), probability })),
    ),
    origin: request.slice === null ? 'sample' : 'document',
    documentVersion: sliceOf(sample, request).version,
    milliseconds: performance.now() - began,
  };
  // A frame crosses two processes: what no picture draws stays here.
  const drawn = Object.entries(arrays).filter(([name]) => !name.startsWith('gradient.weightItemised'));
  if (keeps) for (const [name, array] of drawn) if (name.startsWith('gate.')) leaveOut(array, keeps.columns);
  return encodeFrame(header, Object.fromEntries(drawn));
}

/** Takes the first rows away. */
function leaveOut(array: { shape: number[]; values: Float32Array }, rows: number): void {
  const [steps, units] = array.shape;
  array.values = array.values.subarray(rows * units);
  array.shape = [steps - rows, units];
}

type OfNetwork =
  'version' | 'runId' | 'step' | 'snapshot' | 'cell' | 'hiddenUnits' | 'layers' | 'bidirectional' | 'connections';

/** What a picture says of the network, whatever text it is of. */
export function networkHeader({
  model,
  runId,
  step,
  snapshot,
}: InspectionContext): Pick<FrameHeader, OfNetwork | 'gates' | 'bound' | 'reverseBound'> {
  return {
    version: 1,
    runId,
    step,
    ...(snapshot ? { snapshot: true } : {}),
    cell: model.config.cell,
    hiddenUnits: model.config.hiddenUnits,
    layers: model.config.layers,
    bidirectional: model.config.bidirectional,
    connections: model.config.connections ?? 'none',
    gates: gateInfos(model),
    bound: gradientBound(model),
    reverseBound: gradientBound(model, true),
  };
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
