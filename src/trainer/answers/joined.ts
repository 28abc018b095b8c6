// How much of the gradient of a word's loss reaches the other end of its arc, over the sentences of the run's text.
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import { nothingMeasured } from '../joined/joinedMeasures';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError notOfTasks for a network that neither foretells nor restores words; treesDamaged, parserUnusable, runDamaged */
export async function answerJoined(
  context: AnswerContext,
  { sentences }: Pick<QuestionOf<'joined'>, 'sentences'>,
): Promise<Answers['joined']> {
  const { model, step, vocabulary, reading, joined, pause } = context;
  if (reading && reading.task !== 'cloze') throw new GatescopeError('notOfTasks');
  // What is hidden is the vocabulary's last token.
  const measured = { model, step, unit: vocabulary.unit, hidden: reading ? vocabulary.size - 1 : null };
  if (!reading && model.config.bidirectional) return nothingMeasured('readsBothWays', measured);
  const found = await joined.measures(context);
  return typeof found === 'string' ? nothingMeasured(found, measured) : found.measure(measured, sentences, pause);
}
