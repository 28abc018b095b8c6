// How many hidden units other configurations need on this run's text to have as many parameters as this run.
import { unitsForParameters } from '../../engine/network/unitsForParameters';
import { parameterCount } from '../../engine/network/networkConfig';
import type { Answers, QuestionOf } from '../../protocol/questions';
import { LIMITS } from '../../protocol/runConfig';
import { networkConfig } from '../trainingPlan';
import type { AnswerContext } from './answerContext';

export function answerMatchingUnits(
  { model, vocabulary }: AnswerContext,
  { configs }: QuestionOf<'matchingUnits'>,
): Promise<Answers['matchingUnits']> {
  const wanted = parameterCount(model.config);
  const matches = configs.map((config) => {
    const network = networkConfig(config, vocabulary.size);
    return {
      equalUnits: { hiddenUnits: config.hiddenUnits, parameters: parameterCount(network) },
      equalParameters: unitsForParameters(network, wanted, LIMITS.hiddenUnits),
    };
  });
  return Promise.resolve({ wanted, matches });
}
