// What every token of the window adds to the logit of the token that follows the focus step.
import { gradientTimesInput, integratedGradients } from '../../engine/inspection/inputAttribution';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { lookedAtStep } from './lookedAtStep';

/** @throws GatescopeError nothingToInspect */
export async function answerInfluence(
  context: AnswerContext,
  { method, focus }: QuestionOf<'influence'>,
): Promise<Answers['influence']> {
  const lookedAt = lookedAtStep(context, focus);
  await context.pause();
  const attribute = method === 'integrated' ? integratedGradients : gradientTimesInput;
  return { method, focus, ...(await attribute(context.model, lookedAt, context.pause)) };
}
