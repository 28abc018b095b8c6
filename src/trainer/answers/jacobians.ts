// Singular values of one layer's ∂h(i)/∂h(j) against the lag, over positions of the window that is looked at.
import { lagCurves, lagPlan } from '../../engine/inspection/jacobianLags';
import { tracedLayer } from '../../engine/inspection/tracedLayer';
import { initialState, readTokens, traceFrom } from '../../engine/inspection/windowForward';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** @throws GatescopeError nothingToInspect */
export async function answerJacobians(
  { model, window, pause }: AnswerContext,
  { count, place }: QuestionOf<'jacobians'>,
): Promise<Answers['jacobians']> {
  const { warmUp, ids } = window();
  const { layer: k, direction, reverse } = askedPlace(model, place);
  const before = readTokens(model, warmUp, initialState(model));
  await pause();
  const mark = model.kernels.mark();
  try {
    const layer = tracedLayer(model, traceFrom(model, ids, before).layers[k][direction]);
    await pause();
    const plan = lagPlan(ids.length, reverse);
    return { positions: plan.positions, curves: await lagCurves(model.kernels, layer, plan, count, pause) };
  } finally {
    model.kernels.release(mark);
  }
}
