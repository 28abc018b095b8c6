// What every token of an example adds to the logit of what is predicted of it, or of what could be.
import { EmbeddedLanes, type LookedAt } from '../../engine/inspection/embeddedLanes';
import { gradientTimesInput, integratedGradients } from '../../engine/inspection/inputAttribution';
import { initialState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError nothingToInspect where there is no example, or no such class. */
export async function answerAttribution(
  { model, vocabulary, reading, window, pause }: AnswerContext,
  { method, target }: QuestionOf<'attribution'>,
): Promise<Answers['attribution']> {
  if (!reading) throw new GatescopeError('nothingToInspect');
  const { ids, focus } = window();
  const isCloze = reading.task === 'cloze';
  const lookedAt = { ids, before: initialState(model), step: focus };
  const wanted =
    target === null ? likeliest(model, lookedAt) : isCloze ? vocabulary.idOf(target) : reading.labels.indexOf(target);
  if (wanted < 0) throw new GatescopeError('nothingToInspect');
  await pause();
  const attribute = method === 'integrated' ? integratedGradients : gradientTimesInput;
  const found = await attribute(model, { ...lookedAt, target: wanted }, pause);
  const name = isCloze ? vocabulary.textOf(wanted) : reading.labels[wanted];
  return { method, target: name, at: reading.task === 'classification' ? null : focus, ...found };
}

function likeliest(model: LanguageModel, lookedAt: Omit<LookedAt, 'target'>): number {
  const mark = model.kernels.mark();
  try {
    const read = new EmbeddedLanes(model, { ...lookedAt, target: 0 }, 1);
    read.read([read.inputs]);
    const logits = read.logits(0);
    return logits.indexOf(Math.max(...logits));
  } finally {
    model.kernels.release(mark);
  }
}
