// Turns anything thrown into a failure that can cross to the host.
import { GatescopeError } from '../protocol/failures';
import type { Failure } from '../protocol/run';

/** A GatescopeError's own failure; outOfMemory for refused memory; else trainerCrashed with the error's message. */
export function failureOf(error: unknown, memoryMegabytes: number): Failure {
  if (error instanceof GatescopeError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /memory|allocat|arena|address|array (buffer|length)/i.test(message))
    return { code: 'outOfMemory', args: { megabytes: memoryMegabytes } };
  return { code: 'trainerCrashed', args: { reason: message } };
}
