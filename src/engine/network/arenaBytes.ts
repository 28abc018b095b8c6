// How much memory a model that is trained and inspected needs, known before any is taken.
import { inspectionFloats } from '../inspection/inspectionMemory';
import { allocateBackwardTrace } from './backward';
import { countFloats } from './countFloats';
import { allocateTrace } from './forward';
import {
  classHeadOf,
  directionsOf,
  layerPlaces,
  outputWidth,
  parameterShapes,
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
const STEP_CALLS = { tokens: 420, classes: 640 };
/** What a layer and direction does once per pass. */
const LAYER_CALLS = 1 << 11;
/** What a thread does once per pass besides. */
const THREAD_CALLS = 1 << 11;
/** A block of logits and what goes back from it, for each direction. */
const BLOCK_CALLS = 160;
/** A piece of a parameter. */
const PIECE_CALLS = 110;

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
    allocateTrace(plan, timesteps, batch);
    allocateBackwardTrace(plan, timesteps, batch);
  });
  const squares = SQUARES * LINE * pieces(config);
  return training + squares + SMALL_FLOATS + (threads > 1 ? programFloats(config, timesteps, batch, threads) : 0);
}

/** What the recorded programs of all threads take. */
function programFloats(config: NetworkConfig, timesteps: number, batch: number, threads: number): number {
  const places = layerPlaces(config).length;
  const classes = classHeadOf(config) !== null;
  const layers = places * (timesteps * STEP_CALLS[classes ? 'classes' : 'tokens'] + LAYER_CALLS);
  const rows = classes ? batch : timesteps * batch;
  const blocks = Math.ceil(rows / rowsPerBlock(outputWidth(config))) + threads;
  return threads * (layers + THREAD_CALLS) + blocks * directionsOf(config) * BLOCK_CALLS + pieces(config) * PIECE_CALLS;
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
