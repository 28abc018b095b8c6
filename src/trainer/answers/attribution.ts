// What every token of an example adds to the logit of what is predicted of it, or of what could be.
import { gradientTimesInput, integratedGradients } from '../../engine/inspection/inputAttribution';
import { inspectExample } from '../../engine/inspection/inspectExample';
import { likeliestTokens } from '../../engine/inspection/nextTokenLoss';
import { initialState } from '../../engine/inspection/windowForward';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

/** Classes, tags or tokens told. */
const MOST_TOLD = 5;

/** @throws GatescopeError nothingToInspect where there is no example, or no such class. */
export async function answerAttribution(
  { model, vocabulary, reading, window, pause }: AnswerContext,
  { method, target }: QuestionOf<'attribution'>,
): Promise<Answers['attribution']> {
  if (!reading) throw new GatescopeError('nothingToInspect');
  const { ids, focus } = window();
  const isCloze = reading.task === 'cloze';
  const nameOf = (at: number): string => (isCloze ? vocabulary.textOf(at) : reading.labels[at]);
  const { probabilities } = inspectExample(model, ids, { step: focus, gold: null });
  const likeliest = likeliestTokens(Float32Array.from(probabilities), probabilities.length, MOST_TOLD)[0];
  const wanted = target === null ? likeliest[0].id : isCloze ? vocabulary.idOf(target) : reading.labels.indexOf(target);
  if (wanted < 0) throw new GatescopeError('nothingToInspect');
  await pause();
  const attribute = method === 'integrated' ? integratedGradients : gradientTimesInput;
  const lookedAt = { ids, before: initialState(model), step: focus, target: wanted };
  const found = await attribute(model, lookedAt, pause);
  return {
    ...{ method, target: nameOf(wanted), at: reading.task === 'classification' ? null : focus },
    likeliest: likeliest.map(({ id, probability }) => ({ text: nameOf(id), probability })),
    ...found,
  };
}
