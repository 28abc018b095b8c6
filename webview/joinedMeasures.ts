// The joined measure of the run shown and of those it is compared with: asked for more and more sentences, so that a first result comes soon.
import type { JoinedAnswer } from '../src/protocol/joined';
import { askedModels, type AskedModel, type ShownRuns } from './askedModels';
import type { Known, Questions } from './questions';

/** Sentences of the first answer; every further one is of twice as many. */
const FIRST = 20;
/** Of weights that change: once a while, so many. */
const WHILE_TRAINING = 40;
/** Sentences that are measured unasked. */
export const UNASKED = 320;
/** How many times as many are measured when more are wanted. */
export const MORE = 4;

export interface JoinedModel extends AskedModel {
  known: Known<JoinedAnswer>;
  /** Sentences that it is measured over in the end, as far as is known. */
  goal: number;
  /** More of them are on their way. */
  isGoing: boolean;
}

/** Asks every model for the next sentences, up to `most` of them. */
export function createJoinedMeasures(): (runs: ShownRuns, questions: Questions, most: number) => JoinedModel[] {
  const sizes = new Map<string, { moment: string; sentences: number }>();
  return (runs, questions, most) =>
    askedModels(runs).map((model) => {
      const { moment, place, runId, isMoving } = model;
      const first = Math.min(most, isMoving ? WHILE_TRAINING : FIRST);
      let size = sizes.get(place);
      if (size?.moment !== moment) sizes.set(place, (size = { moment, sentences: first }));
      const ask = (sentences: number): Known<JoinedAnswer> =>
        questions.about({ about: 'joined', sentences }, moment, place, runId);
      let known = ask(size.sentences);
      const next =
        isMoving || known.stale || known.problem !== null ? null : nextSize(known.value, size.sentences, most);
      if (next !== null) known = ask((size.sentences = next));
      const goal = Math.min(isMoving ? size.sentences : most, known.value?.sentencesInAll ?? Infinity);
      return { ...model, known, goal, isGoing: known.stale && known.problem === null };
    });
}

/** Sentences to ask for after an answer to a question about `asked`; null where there are no more, or none are wanted. */
export function nextSize(value: JoinedAnswer | null, asked: number, most: number): number | null {
  if (value === null || value.problem !== null || asked >= most) return null;
  if (value.sentences < asked || value.sentences >= value.sentencesInAll) return null;
  return Math.min(most, 2 * asked);
}

/** What is shown, without asking anything. */
export function drawnJoined(
  runs: ShownRuns,
  questions: Questions,
): (AskedModel & { value: JoinedAnswer; step: number | null })[] {
  return askedModels(runs).flatMap((model) => {
    const last = questions.last('joined', model.place);
    return last === null || last.value.problem !== null ? [] : [{ ...model, value: last.value, step: last.step }];
  });
}
