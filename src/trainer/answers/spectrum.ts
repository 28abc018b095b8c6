// Eigenvalues and singular values of one gate's block of a layer's W_h.
import { CELL_DESCRIPTIONS } from '../../engine/cells/cellDescription';
import { largestSlope } from '../../engine/inspection/gradientBound';
import { inPieces } from '../../engine/inspection/pieces';
import { gateSpectrumSteps } from '../../engine/inspection/recurrentSpectrum';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** @throws GatescopeError nothingToInspect for a gate without a block. */
export async function answerSpectrum(
  { model, pause }: AnswerContext,
  { gate, place }: QuestionOf<'spectrum'>,
): Promise<Answers['spectrum']> {
  const { cell, activation, hiddenUnits } = model.config;
  const described = CELL_DESCRIPTIONS[cell].gates.find(({ key, block }) => key === gate && block !== null);
  if (!described?.activation) throw new GatescopeError('nothingToInspect');
  const weights = model.parameters.get(`W_h${askedPlace(model, place).suffix}`).values;
  const spectrum = await inPieces(gateSpectrumSteps(cell, hiddenUnits, weights, gate), pause);
  return {
    ...spectrum.eigenvalues,
    singularValues: spectrum.singularValues,
    slope: largestSlope(described.activation === 'chosen' ? activation : described.activation),
  };
}
