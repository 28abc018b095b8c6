// How much memory a model that is trained and inspected needs.
import { inspectionFloats } from '../inspection/inspectionMemory';
import { allocateBackwardTrace } from './backward';
import { countFloats } from './countFloats';
import { allocateTrace } from './forward';
import { classHeadOf, layerPlaces, parameterShapes, type NetworkConfig } from './networkConfig';

/** Columns of the largest window that can be inspected. */
const INSPECTED_COLUMNS = 512;
/** Values, gradients, two moments of the optimizer, and a copy of values and moments to fall back on. */
const COPIES_OF_PARAMETERS = 7;
/** Recorded calls of a timestep of one layer and direction, forward, backward and in an evaluation, in float32 values. */
const PROGRAM_FLOATS = 384;
/** The same for what is not done once per timestep. */
const OTHER_PROGRAM_FLOATS = 1 << 15;
/** What the recorded calls of a network that classifies sequences take, in those of one that does not. */
const PADDED_PASSES = 3;
/** Values of a cache line: what an allocation of one value takes. */
const LINE = 16;
/** Partial sums of norms, rates, odds and ends. */
const SMALL_FLOATS = 1 << 13;

/** Arena that a model trained on [timesteps, batch] slices with so many threads needs, inspection of 512 columns included; in bytes. */
export function arenaBytes(config: NetworkConfig, timesteps: number, batch: number, threads = 1): number {
  const places = layerPlaces(config).length;
  const training = countFloats(config, (plan) => {
    for (const { shape } of parameterShapes(config))
      for (let copy = 0; copy < COPIES_OF_PARAMETERS; copy++) plan.kernels.allocate(shape.reduce((a, b) => a * b, 1));
    allocateTrace(plan, timesteps, batch);
    allocateBackwardTrace(plan, timesteps, batch);
    for (let state = 0; state < 2 * places; state++) plan.kernels.allocate(batch * config.hiddenUnits);
  });
  // A network that classifies sequences has a second pass, for lanes of different lengths, with calls for those that ended.
  const passes = classHeadOf(config) ? PADDED_PASSES : 1;
  const programs = threads * passes * (timesteps * places * PROGRAM_FLOATS + places * OTHER_PROGRAM_FLOATS);
  const slots = parameterShapes(config).length * LINE * 2 + SMALL_FLOATS;
  return 4 * (training + programs + slots + inspectionFloats(config, INSPECTED_COLUMNS));
}
