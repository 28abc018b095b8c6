// Eigenvalues and singular values of one gate's block of a layer's W_h.
import { CELL_DESCRIPTIONS } from '../../engine/cells/cellDescription';
import { largestSlope } from '../../engine/inspection/gradientBound';
import { gateSpectrum } from '../../engine/inspection/recurrentSpectrum';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** One decomposition, which has no parts to pause between. @throws GatescopeError nothingToInspect for a gate without a block. */
export function answerSpectrum(
  { model }: AnswerContext,
  { gate, place }: QuestionOf<'spectrum'>,
): Promise<Answers['spectrum']> {
  const { cell, activation, hiddenUnits } = model.config;
  const described = CELL_DESCRIPTIONS[cell].gates.find(({ key, block }) => key === gate && block !== null);
  if (!described?.activation) return Promise.reject(new GatescopeError('nothingToInspect'));
  const spectrum = gateSpectrum(
    cell,
    hiddenUnits,
    model.parameters.get(`W_h${askedPlace(model, place).suffix}`).values,
    gate,
  );
  return Promise.resolve({
    ...spectrum.eigenvalues,
    singularValues: spectrum.singularValues,
    slope: largestSlope(described.activation === 'chosen' ? activation : described.activation),
  });
}
