// The prediction after one step of the window that is looked at: what is read for it, and which token should come.
import type { LookedAt } from '../../engine/inspection/embeddedLanes';
import { initialState, readTokens } from '../../engine/inspection/windowForward';
import { readsSequences } from '../../engine/network/networkConfig';
import { GatescopeError } from '../../protocol/failures';
import type { AnswerContext } from './answerContext';

/** @throws GatescopeError nothingToInspect where the next token is not known, or is not what the network predicts. */
export function lookedAtStep({ model, window }: Pick<AnswerContext, 'model' | 'window'>, focus: number): LookedAt {
  const { warmUp, ids, next } = window();
  const target = focus + 1 < ids.length ? ids[focus + 1] : focus + 1 === ids.length ? next?.id : undefined;
  if (target === undefined || readsSequences(model.config)) throw new GatescopeError('nothingToInspect');
  // Where nothing reads backward, what comes after the step changes nothing.
  const read = model.config.bidirectional ? ids : ids.subarray(0, focus + 1);
  return { ids: read, before: readTokens(model, warmUp, initialState(model)), step: focus, target };
}
