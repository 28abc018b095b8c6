// Questions to the model, answered purely: which page is shown, which column is the focus, what the score is.
import type { TokenInfo } from '../src/protocol/traceFrame';
import { drawnUnit, railWidth, type TokenUnit } from './geometry/timeAxis';
import { defaultLossUnit, type LossUnit } from './lossUnit';
import type { InspectorModel } from './store';

/** waiting: the host has not spoken; empty: nothing trained; preparing: no picture yet, the text is being read; run: the inspector. */
export type Page = 'waiting' | 'empty' | 'preparing' | 'run';

export function pageOf(model: InspectorModel): Page {
  if (model.host === null) return 'waiting';
  const { run } = model.host;
  if (run === null) return 'empty';
  return run.phase === 'preparing' && model.frame === null ? 'preparing' : 'run';
}

/** Column of the last token that ends at or before the cursor; null when the cursor lies outside the window. */
export function columnAtCursor(tokens: readonly TokenInfo[], cursor: number | null): number | null {
  if (cursor === null || tokens.length === 0) return null;
  const last = tokens[tokens.length - 1];
  if (last === undefined || cursor > last.end) return null;
  let column: number | null = null;
  for (let t = 0; t < tokens.length && (tokens[t]?.end ?? Infinity) <= cursor; t++) column = t;
  return column;
}

/** The focus step i: where the cursor is, or where the trainer put it when the cursor is elsewhere. */
export function focusOf(model: InspectorModel): number {
  if (model.frame === null) return 0;
  const { tokens, focus } = model.frame.header;
  const column = columnAtCursor(tokens, model.cursor);
  // A first look shows the place that it was made for until that of the cursor is there.
  if (column !== null && model.frame.rows?.[column] !== false) return column;
  return Math.max(0, Math.min(focus, tokens.length - 1));
}

/** Unit in which losses are told now. */
export function lossUnitOf(model: InspectorModel): LossUnit {
  const config = model.host?.run?.config ?? model.host?.defaults;
  // Of classes and tags there are no bits per character.
  if (config && config.task !== 'language') return config.task === 'cloze' ? 'perplexity' : 'nats';
  return model.lossUnit ?? defaultLossUnit(config?.unit ?? 'characters');
}

/** The newest validation loss (nats per token), or the training loss while nothing was validated yet. */
export function scoreOf(model: InspectorModel): { nats: number; kind: 'validation' | 'training' } | null {
  for (let k = model.metrics.length - 1; k >= 0; k--) {
    const loss = model.metrics[k]?.validationLoss;
    if (loss !== null && loss !== undefined) return { nats: loss, kind: 'validation' };
  }
  const stored = model.host?.run?.lastMetric;
  if (stored && stored.validationLoss !== null) return { nats: stored.validationLoss, kind: 'validation' };
  const training = model.metrics[model.metrics.length - 1]?.trainingLoss ?? stored?.trainingLoss ?? null;
  return training === null ? null : { nats: training, kind: 'training' };
}

/** How often the network is right: on the test part once there are scores, until then on the validation part; null of a language model. */
export function accuracyOf(model: InspectorModel): { share: number; of: 'test' | 'validation' } | null {
  const scores = model.host?.run?.scores;
  if (scores) return { share: scores.accuracy, of: 'test' };
  const measured = model.metrics.findLast(({ validationAccuracy }) => typeof validationAccuracy === 'number');
  const share = measured?.validationAccuracy ?? model.host?.run?.lastMetric?.validationAccuracy;
  return typeof share === 'number' ? { share, of: 'validation' } : null;
}

/** Size S of the design: symbols instead of words, two lines instead of one. */
export function isCompact(model: InspectorModel): boolean {
  return model.panelWidth < 640;
}

/** The run's configuration stands on a line of its own. */
export function hasTwoLineBar(model: InspectorModel): boolean {
  return model.panelWidth < 900;
}

/** How wide the text's columns must be: by the run's tokens, and by whether its text is Korean, Chinese and the like. */
export function drawnUnitOf(model: InspectorModel): TokenUnit {
  const text = model.frame?.header.tokens.map((token) => token.text).join('') ?? model.host?.document?.preview ?? '';
  return drawnUnit(model.host?.run?.config.unit ?? 'characters', text);
}

/** Width for what stands beside the pictures in a wide panel, and below them in others. */
export function besideWidth(model: InspectorModel): number {
  return railWidth(model.panelWidth, drawnUnitOf(model)) || model.width;
}

/** Whether a section beside or below the pictures is unfolded: as was chosen, else where it has a place of its own. */
export function isUnfolded(model: InspectorModel, name: string): boolean {
  const chosen = model.sections[name];
  return typeof chosen === 'boolean' ? chosen : railWidth(model.panelWidth, drawnUnitOf(model)) > 0;
}

/** Whether the picture on screen is still one of other weights than those chosen to look at. */
export function isComputingSnapshot({ frame, snapshot }: InspectorModel): boolean {
  if (frame === null) return false;
  return snapshot === null ? frame.header.snapshot === true : frame.header.step !== snapshot || !frame.header.snapshot;
}
