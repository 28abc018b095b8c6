// The causal check of the influence: tokens before the prediction are replaced by the unknown token, one at a time.
import { ablate } from '../../engine/inspection/ablation';
import type { Answers, QuestionOf } from '../../protocol/questions';
import { UNKNOWN_ID } from '../../text/vocabulary';
import type { AnswerContext } from './answerContext';
import { lookedAtStep } from './lookedAtStep';

/** The nearest tokens up to the focus that are not unknown anyway. @throws GatescopeError nothingToInspect */
export async function answerAblation(
  context: AnswerContext,
  { focus, nearest }: QuestionOf<'ablation'>,
): Promise<Answers['ablation']> {
  const lookedAt = lookedAtStep(context, focus);
  const columns: number[] = [];
  for (let j = focus; j >= 0 && columns.length < nearest; j--) if (lookedAt.ids[j] !== UNKNOWN_ID) columns.push(j);
  await context.pause();
  return { focus, columns, ...(await ablate(context.model, lookedAt, columns, UNKNOWN_ID, context.pause)) };
}
