// Which loss asks which step of the window to change W_h, and by how much: what the frame leaves out because few look at it.
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** One inspection, as long as a picture's: it needs no pause. @throws GatescopeError nothingToInspect */
export function answerWeightItemised(
  { model, window }: AnswerContext,
  { place }: QuestionOf<'weightItemised'>,
): Promise<Answers['weightItemised']> {
  const { warmUp, ids, next } = window();
  const { suffix } = askedPlace(model, place);
  const { arrays } = inspectWindow(model, warmUp, ids, next?.id ?? null);
  return Promise.resolve({
    steps: ids.length,
    norms: arrays[`gradient.weightItemised${suffix}`].values,
    together: arrays[`gradient.weight${suffix}`].values,
  });
}
