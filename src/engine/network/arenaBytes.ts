// How much memory a model that is trained and inspected needs, known before any is taken.
import { inspectionFloats } from '../inspection/inspectionMemory';
import { allocateBackwardTrace } from './backward';
import { countFloats } from './countFloats';
import { allocateTrace } from './forward';
import { hasOwnOutput } from './layerOutputs';
import { recordedSteps } from './laneEnds';
import {
  classHeadOf,
  directionsOf,
  isDense,
  layerPlaces,
  outputWidth,
  partsOf,
  parameterShapes,
  readsSequences,
  type NetworkConfig,
} from './networkConfig';
import { rowsPerBlock } from './outputLayer';

/** Columns of the largest window that can be inspected. */
const INSPECTED_COLUMNS = 512;
/** Values, gradients, two moments of the optimizer, and a copy of values and moments to fall back on. */
const COPIES_OF_PARAMETERS = 7;
/** Values of a cache line: what an allocation of one value takes. */
const LINE = 16;
/** Values of a parameter that are clipped, measured and updated at a time, as GlobalNorm and InPlaceOptimizer cut them. */
const PIECE = 1 << 14;
/** Their sums of squares: of the gradient, of the values, of the update. */
const SQUARES = 3;
/** Rates, factors, odds and ends. */
const SMALL_FLOATS = 1 << 10;

// Calls that several threads have recorded, in float32 values: upper bounds by half of what they take at most.
/** A timestep of one layer and direction: forward, backward and in an evaluation; the other also over lanes that end early. */
const STEP_CALLS = { tokens: 420, sequences: 640 };
/** What a layer and direction does once per pass. */
const LAYER_CALLS = 1 << 11;
/** A piece of what a layer and direction reads, besides the first two: its product, and those of its gradients. */
const INPUT_CALLS = 200;
/** What joins directions, leads around a layer or drops values, of each pair of parts. */
const CONNECTION_CALLS = 600;
/** A timestep whose output at a lane's end is held through the padding, of each part. */
const HELD_CALLS = 90;
/** What a thread does once per pass besides. */
const THREAD_CALLS = 1 << 11;
/** A block of logits and what goes back from it, for each direction. */
const BLOCK_CALLS = 160;
/** Where only a part of the positions counts, a block besides: what does not is cleared, the rest weighed. */
const MARKED_BLOCK_CALLS = 40;
/** A piece of a parameter; the norm of its gradient is a part of every pass. */
const PIECE_CALLS = 110;
const PASS_PIECE_CALLS = 30;

/**
 * Arena that a model trained on [timesteps, batch] slices with so many threads needs, with any optimizer, inspection of 512 columns
 * included; in bytes.
 */
export function arenaBytes(config: NetworkConfig, timesteps: number, batch: number, threads = 1): number {
  const temporary = Math.max(inspectionFloats(config, INSPECTED_COLUMNS), foreignGradientFloats(config));
  return 4 * (trainingFloats(config, timesteps, batch, threads) + temporary);
}

/** Float32 values that a model and its training session take for good. */
export function trainingFloats(config: NetworkConfig, timesteps: number, batch: number, threads: number): number {
  const training = countFloats(config, (plan) => {
    for (const { shape } of parameterShapes(config))
      for (let copy = 0; copy < COPIES_OF_PARAMETERS; copy++) plan.kernels.allocate(shape.reduce((a, b) => a * b, 1));
    for (const steps of recordedSteps(config, timesteps)) {
      allocateTrace(plan, steps, batch, true);
      allocateBackwardTrace(plan, steps, batch);
    }
  });
  const squares = SQUARES * LINE * pieces(config);
  return training + squares + SMALL_FLOATS + (threads > 1 ? programFloats(config, timesteps, batch, threads) : 0);
}

/** What the recorded programs of all threads take. */
function programFloats(config: NetworkConfig, timesteps: number, batch: number, threads: number): number {
  const passes = recordedSteps(config, timesteps).map((steps) => passFloats(config, steps, batch, threads));
  return passes.reduce((sum, floats) => sum + floats, pieces(config) * PIECE_CALLS);
}

/** What the passes over so many timesteps take. */
function passFloats(config: NetworkConfig, timesteps: number, batch: number, threads: number): number {
  const places = layerPlaces(config).length;
  const kind = readsSequences(config) ? 'sequences' : 'tokens';
  const layers = places * (timesteps * STEP_CALLS[kind] + LAYER_CALLS) + betweenFloats(config, timesteps);
  const rows = classHeadOf(config) ? batch : timesteps * batch;
  const blocks = Math.ceil(rows / rowsPerBlock(outputWidth(config))) + threads;
  const perBlock = directionsOf(config) * BLOCK_CALLS + (kind === 'sequences' ? MARKED_BLOCK_CALLS : 0);
  return threads * (layers + THREAD_CALLS) + blocks * perBlock + pieces(config) * PASS_PIECE_CALLS;
}

/** What lies between layers takes of a thread. */
function betweenFloats(config: NetworkConfig, timesteps: number): number {
  const parts = partsOf(config);
  const below = isDense(config) ? (config.layers * (config.layers - 1) * parts) / 2 : 0;
  const outputs = (config.dropout ?? 0) > 0 || hasOwnOutput(config, config.layers - 1) ? config.layers : 0;
  const held = classHeadOf(config)?.pooling === 'last' ? timesteps * parts * HELD_CALLS : 0;
  return directionsOf(config) * below * INPUT_CALLS + outputs * parts * parts * CONNECTION_CALLS + held;
}

function pieces(config: NetworkConfig): number {
  return parameterShapes(config).reduce(
    (sum, { shape }) => sum + Math.ceil(shape.reduce((a, b) => a * b, 1) / PIECE),
    0,
  );
}

/** Gradients that come from ordinary tfjs operations are copied into the arena one by one while the optimizer reads them. */
function foreignGradientFloats(config: NetworkConfig): number {
  const largest = Math.max(...parameterShapes(config).map(({ shape }) => shape.reduce((a, b) => a * b, 1)));
  return largest + LINE * (1 + Math.ceil(largest / PIECE));
}
