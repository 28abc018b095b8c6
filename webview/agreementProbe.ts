// The two continuations of a prefix, asked of the run shown and of those it is compared with.
import type { AgreementAnswer } from '../src/protocol/agreement';
import type { QuestionOf } from '../src/protocol/questions';
import { askedModels, type AskedModel, type ShownRuns } from './askedModels';
import type { Known, Questions } from './questions';

/** An answer that refuses nothing. */
export type ScoredPair = Extract<AgreementAnswer, { refused: null }>;

export interface ProbedModel extends AskedModel {
  known: Known<AgreementAnswer>;
}

/** What one model says, with what it was asked. */
export interface ScoredProbe extends Pick<AskedModel, 'name' | 'index' | 'record'> {
  pair: ScoredPair;
  /** The continuations as they were typed. */
  words: readonly [string, string];
  /** Training step of the weights. */
  step: number | null;
}

/** Asks every model. */
export function probeModels(runs: ShownRuns, questions: Questions, asked: QuestionOf<'agreement'>): ProbedModel[] {
  return askedModels(runs).map((model) => ({
    ...model,
    known: questions.about(asked, model.moment, model.place, model.runId),
  }));
}

/** What is shown, without asking anything; models that refuse are left out. */
export function drawnProbes(runs: ShownRuns, questions: Questions): ScoredProbe[] {
  return askedModels(runs).flatMap(({ name, index, record, place }) => {
    const last = questions.last('agreement', place);
    if (last === null || last.value.refused !== null) return [];
    return [{ name, index, record, pair: last.value, words: last.question.continuations, step: last.step }];
  });
}
