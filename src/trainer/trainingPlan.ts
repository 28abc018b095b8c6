// What a configuration means for a given text: batch shape, number of steps, and when to look at the validation text.
import { MOST_THREADS } from '../engine/kernels/kernelMemory';
import { arenaBytes } from '../engine/network/arenaBytes';
import type { NetworkConfig } from '../engine/network/networkConfig';
import { GatescopeError } from '../protocol/failures';
import type { RunConfig } from '../protocol/runConfig';
import { shapeForText, type BatchShape } from '../text/batches';

/** Validation losses are measured on at most this many tokens. */
export const VALIDATION_TOKENS = 8192;
/** Evaluations per run once the early ones are over, at most. */
const EVALUATIONS = 40;
const SHORTEST_INTERVAL = 20;
/** Evaluations in between take at most this share of the time that steps take. */
const EVALUATION_SHARE = 1 / 40;
/** Whoever only reads forward reads so many times as many tokens as a training step in the same time. */
const FORWARD_SPEED = 3;
/** Share of the trainer's memory that the network's numbers may take. */
const ARENA_SHARE = 0.75;
const MEGABYTE = 1024 * 1024;
/** With more the network's share would be more than a WebAssembly memory holds. */
const MOST_MEGABYTES = Math.floor(4e9 / MEGABYTE / ARENA_SHARE);

/** Deviation of a task's embeddings before training. From 1 on a rare word's noise outweighs what is learnt of it for epochs. */
const TASK_EMBEDDING_DEVIATION = 0.1;

/** The network of a configuration over a vocabulary of the given size and, for a task with labels, so many of them. */
export function networkConfig(config: RunConfig, vocabulary: number, labels = 0): NetworkConfig {
  const { cell, activation, resetGate, hiddenUnits, embeddingSize, recurrentInitialisation } = config;
  const { layers, bidirectional, directionsJoined, connections, highwayBias, dropout } = config;
  const { normalScale, forgetBias, spectralRadius, reservoir, seed } = config;
  return {
    ...{ cell, activation, resetGate, hiddenUnits, embeddingSize, vocabulary },
    ...{ layers, bidirectional, directionsJoined, connections, highwayBias, dropout },
    ...{ recurrentInitialisation, normalScale, forgetBias, spectralRadius, reservoir, seed },
    ...(config.task === 'language' ? {} : { embeddingDeviation: TASK_EMBEDDING_DEVIATION }),
    ...headOf(config, vocabulary, labels),
    ...(config.forgetGate === 'chrono' ? { chronoSteps: config.sequenceLength } : {}),
  };
}

function headOf({ task, pooling }: RunConfig, vocabulary: number, labels: number): Pick<NetworkConfig, 'head'> {
  switch (task) {
    case 'language':
      return {};
    case 'classification':
      return { head: { kind: 'classes', classes: labels, pooling } };
    case 'tagging':
      return { head: { kind: 'tags', tags: labels } };
    case 'cloze':
      return { head: { kind: 'tags', tags: vocabulary } };
  }
}

/**
 * The batch shape that the text and the memory allow: fewer lanes where one of them is too small.
 * @throws GatescopeError networkTooLarge when not even one lane fits.
 */
export function planShape(config: RunConfig, network: NetworkConfig, tokens: number, megabytes: number): BatchShape {
  const wanted = { timesteps: config.sequenceLength, lanes: config.batchSize };
  return shapeForMemory(shapeForText(wanted, tokens), network, megabytes);
}

/** The same number of timesteps, and as many of the lanes as the memory allows. @throws GatescopeError networkTooLarge */
export function shapeForMemory(wanted: BatchShape, network: NetworkConfig, megabytes: number): BatchShape {
  const shape = { ...wanted };
  while (shape.lanes > 1 && !fits(network, shape, megabytes)) shape.lanes = Math.floor(shape.lanes / 2);
  requireRoom(network, shape, megabytes);
  return shape;
}

/**
 * Refuses a network whose numbers do not fit, before any memory is taken, by how much they need on whatever number of threads.
 * @throws GatescopeError networkTooLarge.
 */
export function requireRoom(network: NetworkConfig, shape: BatchShape, megabytes: number): void {
  if (fits(network, shape, megabytes)) return;
  const needed = Math.ceil(largestArena(network, shape) / ARENA_SHARE / MEGABYTE);
  throw new GatescopeError('networkTooLarge', { needed, megabytes: Math.min(megabytes, MOST_MEGABYTES) });
}

function fits(network: NetworkConfig, shape: BatchShape, megabytes: number): boolean {
  return largestArena(network, shape) <= Math.min(megabytes, MOST_MEGABYTES) * MEGABYTE * ARENA_SHARE;
}

function largestArena(network: NetworkConfig, { timesteps, lanes }: BatchShape): number {
  return arenaBytes(network, timesteps, lanes, MOST_THREADS);
}

/** Steps between evaluations late in the run: of so many tokens each, `evaluated` tokens an evaluation. */
export function evaluationInterval(plannedSteps: number, stepTokens: number, evaluated = VALIDATION_TOKENS): number {
  const affordable = Math.ceil(evaluated / (FORWARD_SPEED * stepTokens * EVALUATION_SHARE));
  return Math.max(SHORTEST_INTERVAL, Math.floor(plannedSteps / EVALUATIONS), affordable);
}

/** Whether the validation loss is measured after `step` steps of `interval` between two: at 0, 4, 8, 16 … and then at even distances. */
export function isEvaluated(step: number, plannedSteps: number, interval: number): boolean {
  const isPowerOfTwo = (step & (step - 1)) === 0;
  return step % interval === 0 || step === plannedSteps || (step >= 4 && step < interval && isPowerOfTwo);
}

/** Steps between recorded points, so that a long run's history stays a few thousand points. */
export function recordInterval(plannedSteps: number): number {
  return Math.max(1, Math.floor(plannedSteps / 4000));
}
