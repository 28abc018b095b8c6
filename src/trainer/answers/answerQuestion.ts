// Hands a question to whoever can answer it.
import type { Answers, Question, QuestionAbout } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { answerWeights } from './weights';

/** @throws GatescopeError where the text or the run does not allow an answer. */
export function answerQuestion(context: AnswerContext, question: Question): Promise<Answers[QuestionAbout]> {
  switch (question.about) {
    case 'weights':
      return answerWeights(context, question);
  }
}
