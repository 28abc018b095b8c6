// Sets of agreement items, scored piece by piece by the run shown and those it is compared with: asked again until all of a set is scored.
import type { AgreementSetAnswer } from '../src/protocol/agreement';
import type { QuestionOf } from '../src/protocol/questions';
import { askedModels, type AskedModel, type ShownRuns } from './askedModels';
import type { Known, Questions } from './questions';

/** A set as it was chosen; the question is one object for as long as the set is the same. */
export interface ChosenSet {
  /** Tells it from the sets chosen before. */
  id: number;
  /** null: the product's templates. */
  name: string | null;
  question: QuestionOf<'agreementSet'>;
}

export interface ScoringModel extends AskedModel {
  known: Known<AgreementSetAnswer>;
  /** More of its items are on their way. */
  isGoing: boolean;
}

const placeOf = (set: ChosenSet, { place }: AskedModel): string => `${set.id} ${place}`;

/** While `isStopped` nothing is asked, what was scored stays. */
export function createSetMeasures(): (
  runs: ShownRuns,
  questions: Questions,
  set: ChosenSet,
  isStopped: boolean,
) => ScoringModel[] {
  const scored = new Map<string, { moment: string; items: number }>();
  return (runs, questions, set, isStopped) =>
    askedModels(runs).map((model) => {
      const { moment, runId, isMoving } = model;
      const place = placeOf(set, model);
      if (isStopped) {
        const last = questions.last('agreementSet', place);
        const known = { value: last?.value ?? null, step: last?.step ?? null, stale: false, problem: null };
        return { ...model, known, isGoing: false };
      }
      let at = scored.get(place);
      if (at?.moment !== moment) scored.set(place, (at = { moment, items: 0 }));
      const ask = (items: number): Known<AgreementSetAnswer> =>
        questions.about(set.question, `${moment} ${items}`, place, runId);
      let known = ask(at.items);
      const { value } = known;
      const isPart = value !== null && value.scored < value.total && value.scored > at.items;
      // Weights that change by themselves begin anew with every answer.
      if (isPart && !known.stale && !isMoving) known = ask((at.items = value.scored));
      return { ...model, known, isGoing: known.stale && known.problem === null };
    });
}

/** What is shown, without asking anything. */
export function drawnSets(
  runs: ShownRuns,
  questions: Questions,
  set: ChosenSet,
): (AskedModel & { value: AgreementSetAnswer; step: number | null })[] {
  return askedModels(runs).flatMap((model) => {
    const last = questions.last('agreementSet', placeOf(set, model));
    return last === null ? [] : [{ ...model, value: last.value, step: last.step }];
  });
}

/** The set that is looked at: a file's content is too long to be kept with the choices. */
let chosen: ChosenSet | null = null;
let sets = 0;

export const chosenSet = (): ChosenSet | null => chosen;

/** Of every number of attractors and wording so many items are made. */
const EACH = 50;

export function chooseTemplates(): void {
  choose(null, { about: 'agreementSet', set: { kind: 'templates', seed: 1, each: EACH } });
}

export function chooseFile(name: string, content: string): void {
  choose(name, { about: 'agreementSet', set: { kind: 'file', name, content } });
}

function choose(name: string | null, question: ChosenSet['question']): void {
  chosen = { id: ++sets, name, question };
}
