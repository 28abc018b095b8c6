// What speaks for a prediction of an example by the method chosen: norms come with the frame, signed values are asked for when nothing moves.
import * as l10n from '@vscode/l10n';
import type { ExampleAttribution } from '../src/protocol/questions';
import type { TaskPrediction } from '../src/protocol/traceFrame';
import { methodOf, momentOf, type InfluenceMethod } from './influenceMeasures';
import type { Picture } from './picture';
import { quoted } from './shownText';

/** The class, tag or token that arrows with a sign are about, as a choice of sections. */
export const TARGET_CHOICE = 'prediction.target';

export interface PredictionMeasures {
  method: InfluenceMethod;
  /** What is looked at: of norms the loss's, of the others the one chosen, else the likeliest. */
  target: string;
  /** By column; null while it is not known. */
  row: ArrayLike<number> | null;
  answered: ExampleAttribution | null;
  /** Training step of the weights that the row was found with. */
  step: number;
  stale: boolean;
  /** As in Known. */
  everySeconds?: number;
  problem: string | null;
}

export function chosenTarget(sections: Picture['sections'], { likeliest }: TaskPrediction): string {
  const chosen = likeliest.find(({ text }) => text === sections[TARGET_CHOICE]);
  return (chosen ?? likeliest[0]).text;
}

/** The examples that answers are about. */
const answeredFor = new WeakMap<object, string>();

/** Asks for what is missing. */
export function measurePrediction(picture: Picture, prediction: TaskPrediction): PredictionMeasures {
  const { header, frameArrays, questions, sections } = picture;
  const method = methodOf(sections);
  if (method === 'norm') {
    const row = frameArrays['flow.input'].values;
    return {
      ...{ method, row, target: prediction.target },
      answered: null,
      step: header.step,
      stale: false,
      problem: null,
    };
  }
  const target = chosenTarget(sections, prediction);
  const known = questions.about({ about: 'attribution', method, target }, momentOf(picture));
  const example = [header.runId, header.tokens[0].start, header.tokens.map(({ text }) => text).join(' ')].join(' ');
  if (known.value && !known.stale) answeredFor.set(known.value, example);
  const fits =
    known.value !== null &&
    answeredFor.get(known.value) === example &&
    known.value.at === prediction.at &&
    known.value.target === target &&
    known.value.method === method;
  const answered = fits ? known.value : null;
  return {
    ...{ method, target, answered, row: answered?.values ?? null },
    ...{ step: known.step ?? header.step, stale: known.stale, problem: known.problem },
    everySeconds: known.everySeconds,
  };
}

/** What the arrows lead to, in words: a class of the whole, the tag of a token, a hidden token. */
export function targetName({ task, at }: TaskPrediction, target: string, { tokens }: Picture['header']): string {
  if (task === 'classification') return l10n.t('the class {0}', quoted(target));
  if (task === 'cloze') return l10n.t('{0} as the hidden token', quoted(target));
  return l10n.t('the tag {0} of {1}', target, quoted(tokens[at ?? 0]?.text ?? ''));
}
