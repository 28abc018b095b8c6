// What a unit's gates add up before their activation, at every step of the window that is looked at.
import { cellTerms } from '../../engine/inspection/cellTerms';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** One forward pass over the window, as long as a picture's: it needs no pause. @throws GatescopeError nothingToInspect */
export function answerCellTerms(
  { model, window }: AnswerContext,
  { unit, place }: QuestionOf<'cellTerms'>,
): Promise<Answers['cellTerms']> {
  const { warmUp, ids } = window();
  return Promise.resolve(cellTerms(model, warmUp, ids, unit, askedPlace(model, place)));
}
