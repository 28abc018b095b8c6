// What a configuration means for a given text: batch shape, number of steps, and when to look at the validation text.
import { arenaBytes } from '../engine/network/arenaBytes';
import type { NetworkConfig } from '../engine/network/networkConfig';
import { GatescopeError } from '../protocol/failures';
import type { RunConfig } from '../protocol/runConfig';
import { shapeForText, type BatchShape } from '../text/batches';

/** Validation losses are measured on at most this many tokens. */
export const VALIDATION_TOKENS = 8192;
/** Evaluations per run once the early ones are over. */
const EVALUATIONS = 40;
const SHORTEST_INTERVAL = 20;
/** Share of the trainer's memory that the network's numbers may take. */
const ARENA_SHARE = 0.75;
/** A WebAssembly memory holds no more. */
const LARGEST_ARENA = 4e9;

/** The network of a configuration over a vocabulary of the given size. */
export function networkConfig(config: RunConfig, vocabulary: number): NetworkConfig {
  const { cell, activation, resetGate, hiddenUnits, embeddingSize, recurrentInitialisation } = config;
  const { normalScale, forgetBias, seed } = config;
  const shape = { cell, activation, resetGate, hiddenUnits, embeddingSize, vocabulary };
  return { ...shape, layers: 1, bidirectional: false, recurrentInitialisation, normalScale, forgetBias, seed };
}

/**
 * The batch shape that the text and the memory allow: fewer lanes where one of them is too small.
 * @throws GatescopeError outOfMemory when not even one lane fits.
 */
export function planShape(config: RunConfig, network: NetworkConfig, tokens: number, megabytes: number): BatchShape {
  const wanted = { timesteps: config.sequenceLength, lanes: config.batchSize };
  const shape = shapeForText(wanted, tokens);
  const limit = Math.min(LARGEST_ARENA, megabytes * 1024 * 1024 * ARENA_SHARE);
  while (arenaBytes(network, shape.timesteps, shape.lanes) > limit) {
    if (shape.lanes === 1) throw new GatescopeError('outOfMemory', { megabytes });
    shape.lanes = Math.floor(shape.lanes / 2);
  }
  return shape;
}

/** Steps between evaluations late in the run. */
export function evaluationInterval(plannedSteps: number): number {
  return Math.max(SHORTEST_INTERVAL, Math.floor(plannedSteps / EVALUATIONS));
}

/** Whether the validation loss is measured after `step` steps: at 0, 4, 8, 16 … and then at even distances. */
export function isEvaluated(step: number, plannedSteps: number): boolean {
  const interval = evaluationInterval(plannedSteps);
  const isPowerOfTwo = (step & (step - 1)) === 0;
  return step % interval === 0 || step === plannedSteps || (step >= 4 && step < interval && isPowerOfTwo);
}

/** Steps between recorded points, so that a long run's history stays a few thousand points. */
export function recordInterval(plannedSteps: number): number {
  return Math.max(1, Math.floor(plannedSteps / 4000));
}
