// The influence on the prediction at the focus by the method chosen, and the causal check beside it: from the frame, or from answers that
// are asked for when nothing moves.
import * as l10n from '@vscode/l10n';
import type { InputInfluence, TokenAblation } from '../src/protocol/questions';
import { reachableRow } from './geometry/gradientScale';
import { rankCorrelation } from './geometry/rankCorrelation';
import type { Picture } from './picture';
import type { Known } from './questions';
import type { SavedChoices } from './savedChoices';

export const METHOD_CHOICE = 'influence.method';
export const METHODS = ['norm', 'gradientInput', 'integrated'] as const;
export type InfluenceMethod = (typeof METHODS)[number];

/** Tokens that are taken away, one at a time. */
const NEAREST = 40;
/** While training goes on, answers are renewed when the steps have grown by so much. */
const GROWTH = 1.1;

export interface InfluenceCheck {
  ablation: TokenAblation;
  /** Spearman's ρ between the method shown and what taking the tokens away does, over ablation.columns. */
  rho: number;
  /** Training step of the weights that the tokens were taken away from. */
  step: number;
}

export interface InfluenceMeasures {
  method: InfluenceMethod;
  /** By column up to the focus, of a network that reads both ways to the end: signed, or norms; null while nothing is known of this focus. */
  row: ArrayLike<number> | null;
  /** What there is besides the values of a signed method. */
  answered: InputInfluence | null;
  /** Training step of the weights that the row was found with. */
  step: number;
  /** A newer row is on its way. */
  stale: boolean;
  /** As in Known. */
  everySeconds?: number;
  problem: string | null;
  check: InfluenceCheck | null;
}

export function methodOf(sections: SavedChoices['sections']): InfluenceMethod {
  return METHODS.find((method) => method === sections[METHOD_CHOICE]) ?? 'norm';
}

export function methodName(method: InfluenceMethod): string {
  if (method === 'gradientInput') return l10n.t('gradient × input');
  return method === 'integrated' ? l10n.t('integrated gradients') : l10n.t('gradient norm');
}

/** The token after the focus; null where it is not known. */
export function targetText({ header, focus }: Pick<Picture, 'header' | 'focus'>): string | null {
  return header.tokens[focus + 1]?.text ?? header.next;
}

/** Asks for what is missing. */
export function measureInfluence(picture: Picture): InfluenceMeasures {
  const { header, arrays, focus, questions, sections } = picture;
  const method = methodOf(sections);
  const measures = { method, step: header.step, problem: null, check: null, answered: null, stale: false, row: null };
  if (targetText(picture) === null) return measures;
  const [moment, window] = [momentOf(picture), windowOf(picture)];
  const asked = questions.about({ about: 'ablation', focus, nearest: NEAREST }, moment);
  const ablation = ofThisPlace(asked, window, focus);
  if (method === 'norm') {
    const input = arrays['gradient.input'];
    const row = input ? reachableRow(header, input.values, focus) : null;
    return { ...measures, row, check: checkOf(row, ablation, ({ loss }) => loss.map(Math.abs)) };
  }
  const known = questions.about({ about: 'influence', method, focus }, moment);
  const found = ofThisPlace(known, window, focus);
  const answered = found?.value.method === method ? found.value : null;
  const row = (header.bidirectional ? answered?.values : answered?.values.subarray(0, focus + 1)) ?? null;
  return {
    ...{ method, answered, row, stale: known.stale, everySeconds: known.everySeconds, problem: known.problem },
    step: known.step ?? header.step,
    check: checkOf(row, ablation, ({ logit }) => logit),
  };
}

function checkOf(
  row: ArrayLike<number> | null,
  found: { value: TokenAblation; step: number } | null,
  effect: (ablation: TokenAblation) => ArrayLike<number>,
): InfluenceCheck | null {
  if (row === null || found === null) return null;
  const { value: ablation, step } = found;
  const rho = rankCorrelation(
    ablation.columns.map((column) => row[column]),
    effect(ablation),
  );
  return { ablation, rho, step };
}

/** The windows that answers are about: columns of one window mean nothing in another. */
const windows = new WeakMap<object, string>();

function ofThisPlace<Value extends { focus: number }>(
  { value, step, stale }: Known<Value>,
  window: string,
  focus: number,
): { value: Value; step: number } | null {
  if (value === null || step === null) return null;
  if (!stale) windows.set(value, window);
  return value.focus === focus && windows.get(value) === window ? { value, step } : null;
}

/** Made once per frame: pictures are drawn anew for every move of the pointer. */
const windowNames = new WeakMap<object, string>();

function windowOf({ header }: Picture): string {
  const { runId, tokens, next } = header;
  const name =
    windowNames.get(header) ?? JSON.stringify([runId, tokens[0].start, tokens.map(({ text }) => text).join(''), next]);
  windowNames.set(header, name);
  return name;
}

/** What an answer about the window holds for; renewed now and then while training goes on. */
export function momentOf(picture: Picture): string {
  const { header, run } = picture;
  const growing = run?.phase === 'training' && !header.snapshot;
  const step = growing ? `^${Math.floor(Math.log(header.step + 1) / Math.log(GROWTH))}` : header.step;
  return `${step} ${header.documentVersion} ${windowOf(picture)}`;
}
