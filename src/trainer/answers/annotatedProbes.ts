// What linear probes read of parts of speech and numbers, as a CoNLL-U file gives them, from the states of every layer.
import { GatescopeError } from '../../protocol/failures';
import type { AnnotatedProbes } from '../../protocol/probes';
import type { QuestionOf } from '../../protocol/questions';
import { probeAnnotated, type SentenceReading } from '../tasks/annotatedProbes';
import { readAnnotated } from '../tasks/readAnnotated';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError notOfTasks for networks that read no sentences, nothingToProbe, snapshotDamaged, and as readAnnotated */
export async function answerAnnotatedProbes(
  { model, vocabulary, reading, snapshots, load, step, pause }: AnswerContext,
  { file, text }: QuestionOf<'annotatedProbes'>,
): Promise<AnnotatedProbes> {
  if (reading && reading.task !== 'tagging') throw new GatescopeError('notOfTasks');
  const read: SentenceReading = reading
    ? { vocabulary, as: 'words', lowerCase: reading.lowerCase }
    : { vocabulary, as: 'text' };
  const { sentences, broken } = await readAnnotated(file, text ?? null);
  const isKept = step > 0 && snapshots.steps.includes(0);
  const atStepZero = isKept ? () => load(snapshots.weights(0)) : null;
  const found = await probeAnnotated(model, read, sentences, atStepZero, pause);
  if (found === null) throw new GatescopeError('nothingToProbe', { name: file.name });
  return { ...found, broken: broken.length === 0 ? null : { sentences: broken.length, ...broken[0] } };
}
