// How much a prediction changes without the token so many steps back, at loss steps spread over the window's second half.
import { ablate } from '../../engine/inspection/ablation';
import type { Answers } from '../../protocol/questions';
import { UNKNOWN_ID } from '../../text/vocabulary';
import type { AnswerContext } from './answerContext';
import { lookedAtStep } from './lookedAtStep';

/** Loss steps and lags, at most: each pair is a reading of the window. */
const LOSS_STEPS = 16;
const LAGS = 20;

/** 0, 1, 2 … and then ever farther apart, up to `longest`. */
export function ablatedLags(longest: number): number[] {
  const lags = new Set([0]);
  for (let k = 0; k < LAGS - 1; k++) lags.add(Math.round(longest ** (k / Math.max(1, LAGS - 2))));
  return [...lags].filter((lag) => lag <= longest);
}

/** @throws GatescopeError nothingToInspect */
export async function answerAblationByLag(context: AnswerContext): Promise<Answers['ablationByLag']> {
  const { ids, next } = context.window();
  const last = next === null ? ids.length - 2 : ids.length - 1;
  const first = ids.length >> 1;
  const count = Math.max(0, Math.min(LOSS_STEPS, last - first + 1));
  const lags = ablatedLags(first);
  const rows: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const focus = first + Math.round((k * (last - first)) / Math.max(1, count - 1));
    const lookedAt = lookedAtStep(context, focus);
    const known = lags.filter((lag) => ids[focus - lag] !== UNKNOWN_ID);
    const columns = known.map((lag) => focus - lag);
    const { loss } = await ablate(context.model, lookedAt, columns, UNKNOWN_ID, context.pause);
    rows.push(Float64Array.from(lags, (lag) => Math.abs(loss[known.indexOf(lag)] ?? NaN)));
  }
  return { lags, rows };
}
