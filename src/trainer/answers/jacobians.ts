// Singular values of ∂h(i)/∂h(j) against the lag, over positions of the window that is looked at.
import { lagCurves, lagPlan } from '../../engine/inspection/jacobianLags';
import { tracedLayer } from '../../engine/inspection/tracedLayer';
import { initialState, readTokens, traceFrom } from '../../engine/inspection/windowForward';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError nothingToInspect */
export async function answerJacobians(
  { model, window, pause }: AnswerContext,
  { count }: QuestionOf<'jacobians'>,
): Promise<Answers['jacobians']> {
  const { warmUp, ids } = window();
  const before = readTokens(model, warmUp, initialState(model));
  await pause();
  const mark = model.kernels.mark();
  try {
    const layer = tracedLayer(model, traceFrom(model, ids, before).layers[0][0]);
    await pause();
    const plan = lagPlan(ids.length);
    return { positions: plan.positions, curves: await lagCurves(model.kernels, layer, plan, count, pause) };
  } finally {
    model.kernels.release(mark);
  }
}
