// What cells are compared by: the gradient of every loss of the window on every state, and the gate that keeps or lets go of the past.
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import { stateGradient } from '../../engine/inspection/stateGradient';
import type { Answers } from '../../protocol/questions';
import { gateInfos } from '../inspectSlice';
import type { AnswerContext } from './answerContext';

/** One inspection, as long as a picture's: it needs no pause. @throws GatescopeError nothingToInspect */
export function answerStateGradient({ model, window }: AnswerContext): Promise<Answers['stateGradient']> {
  const { warmUp, ids, next, tokens } = window();
  const { arrays } = inspectWindow(model, warmUp, ids, next?.id ?? null);
  const gates = gateInfos(model);
  const gate = gates.find(({ key }) => key === 'f' || key === 'u') ?? gates[gates.length - 1];
  return Promise.resolve({
    steps: ids.length,
    start: tokens[0].start,
    norms: stateGradient(arrays),
    gate,
    units: model.config.hiddenUnits,
    gateValues: arrays[`gate.${gate.key}`].values,
  });
}
