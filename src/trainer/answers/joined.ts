// How much of the gradient of a word's loss reaches the other end of its arc, over the sentences of the run's text.
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError notOfTasks for a network that neither foretells nor restores words. */
export function answerJoined(
  { vocabulary, reading }: AnswerContext,
  _question: QuestionOf<'joined'>,
): Answers['joined'] {
  return {
    problem: 'noTrees',
    ...{ reads: reading ? 'cloze' : 'forward', unit: vocabulary.unit, curves: [], relations: [], nullByLag: [] },
    ...{ sentences: 0, sentencesInAll: 0, words: 0, arcs: 0, seconds: 0 },
    leftOut: { unaligned: 0, unknown: 0, long: 0, unmatched: 0 },
    trees: { source: 'parser', language: null, file: null },
  };
}
