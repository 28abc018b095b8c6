// The weights as a file for PyTorch, with what its reader has to know besides: vocabulary, training step, and what the asker adds.
import { encodeTorchWeights, withoutCounterpart } from '../../engine/formats/torchWeights';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

const FAILURES = {
  resetGate: 'torchResetGate',
  activation: 'torchActivation',
  connections: 'torchConnections',
} as const;

/** @throws GatescopeError torchResetGate, torchActivation, torchConnections where PyTorch has no module that computes the same. */
export async function answerTorchWeights(
  { model, step, vocabulary, pause }: Pick<AnswerContext, 'model' | 'step' | 'vocabulary' | 'pause'>,
  { metadata }: QuestionOf<'torchWeights'>,
): Promise<Answers['torchWeights']> {
  await pause();
  const missing = withoutCounterpart(model.config);
  if (missing !== null) throw new GatescopeError(FAILURES[missing]);
  const values = new Map(model.parameters.all.map((parameter) => [parameter.name, parameter.values]));
  const bytes = encodeTorchWeights(model.config, values, {
    ...metadata,
    step: String(step),
    unit: vocabulary.unit,
    // Token ids are places in this list; the first stands for every token that is not in it.
    vocabulary: JSON.stringify(vocabulary.entries.map(({ text }) => text)),
    ...(model.config.cell === 'vanilla' ? { nonlinearity: model.config.activation } : {}),
  });
  return { bytes };
}
