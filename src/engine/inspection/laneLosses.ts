// Losses at steps of their own in every lane, and how they depend on each token read: ‖∂J/∂x(t)‖, J the sum of the lane's losses. Lanes that
// look at other losses of one sentence read it side by side; where hidden tokens are restored each lane hides others.
import { columnsOf } from '../kernels/matrixKernels';
import { SOLO } from '../kernels/programs';
import { layersBackward } from '../network/backward';
import { countFloats } from '../network/countFloats';
import { runLayers } from '../network/forward';
import type { LanguageModel, NetworkPlan } from '../network/languageModel';
import { stateRows } from '../network/layerTrace';
import { layerWidth, type NetworkConfig } from '../network/networkConfig';
import { requireTokens } from '../network/stepRows';
import { inspectionFloats } from './inspectionMemory';
import { allocateLanePass, enterState, inputGradients, type LanePass } from './lanePass';
import { outputGradients, takeLosses } from './nextTokenLoss';
import { readingCost } from './readLanes';
import type { LaneState } from './windowForward';

/** −ln p(target) after token `step`. */
export interface StepLoss {
  step: number;
  target: number;
}

export interface LossLane {
  /** Tokens read [T], as many in every lane. */
  ids: Int32Array;
  losses: readonly StepLoss[];
}

export interface LaneLoss {
  /** J, nats. */
  loss: number;
  /** ‖∂J/∂x(t)‖ [T], x the embedding. */
  norms: Float64Array;
}

const MOST_LANES = 32;
/** Columns that an inspection has room for. */
const INSPECTED_COLUMNS = 512;
/** Multiplications that a piece of work should take: about 15 ms. */
const PIECE = 8e7;
/** A pass back takes about twice as long as one forward. */
const FORWARD_AND_BACK = 3;

/** Lanes of T tokens, with so many losses each, to read at a time: no more memory than an inspection, about 15 ms; 0 where not even one fits. */
export function lossLanesAtATime(model: LanguageModel, T: number, losses: number): number {
  const { config } = model;
  const room = inspectionFloats(config, INSPECTED_COLUMNS);
  const perLane = FORWARD_AND_BACK * T * readingCost(model) + 2 * losses * layerWidth(config) * config.vocabulary;
  let lanes = Math.max(1, Math.min(MOST_LANES, Math.floor(PIECE / perLane)));
  while (lanes > 0 && laneLossFloats(config, T, lanes, lanes * losses) > room) lanes--;
  return lanes;
}

/** Float32 values that `laneLosses` allocates for lanes with `losses` losses in all. */
export function laneLossFloats(config: NetworkConfig, T: number, lanes: number, losses: number): number {
  return countFloats(config, (plan) => {
    allocate(plan, T, lanes, losses);
    // What `takeLosses` and `outputGradients` take.
    for (const length of [losses, losses, losses * layerWidth(config)]) plan.kernels.allocate(length);
  });
}

interface Memory extends LanePass {
  /** [R, width of the top layer], R all lanes' losses: what the output layer reads. */
  states: Float32Array;
  /** [R,V] */
  logits: Float32Array;
}

function allocate(model: NetworkPlan, T: number, B: number, R: number): Memory {
  const { kernels, config } = model;
  return {
    ...allocateLanePass(model, T, B, false),
    states: kernels.allocate(R * layerWidth(config)),
    logits: kernels.allocate(R * config.vocabulary),
  };
}

/** Reads the lanes from the state `before`. The arena is left as it was. Throws RangeError for lanes of different lengths. */
export function laneLosses(model: LanguageModel, before: LaneState, lanes: readonly LossLane[]): LaneLoss[] {
  const { kernels, config } = model;
  const T = lanes[0].ids.length;
  const rows = lanes.flatMap(({ losses }, lane) => losses.map((loss) => ({ ...loss, lane })));
  const mark = kernels.mark();
  try {
    const memory = allocate(model, T, lanes.length, rows.length);
    readLanes(model, memory, before, lanes);
    const losses = lossesBackward(model, memory, rows);
    const dx = inputGradients(model, memory);
    const found = lanes.map((_, lane) => ({ loss: 0, norms: laneNorms(dx, config.embeddingSize, lanes.length, lane) }));
    rows.forEach(({ lane }, r) => (found[lane].loss += losses[r]));
    return found;
  } finally {
    kernels.release(mark);
  }
}

function readLanes(model: LanguageModel, memory: Memory, before: LaneState, lanes: readonly LossLane[]): void {
  const { trace } = memory;
  requireTokens(lanes[0].ids, model.config.vocabulary);
  lanes.forEach(({ ids }, lane) => {
    if (ids.length !== trace.T) throw new RangeError(`lanes of ${trace.T} and ${ids.length} tokens`);
    ids.forEach((id, t) => (trace.ids[t * trace.B + lane] = id));
  });
  enterState(model, trace, before);
  runLayers(model, trace, SOLO);
}

/** The losses of all rows; leaves the gradients of their lanes' sums in the layers. */
function lossesBackward(
  model: LanguageModel,
  { trace, back, states, logits }: Memory,
  rows: readonly (StepLoss & { lane: number })[],
): Float64Array {
  const { kernels, config, parameters } = model;
  const { hiddenUnits: H, vocabulary: V } = config;
  const width = layerWidth(config);
  const { parts } = trace.outputs[trace.outputs.length - 1];
  const gradients = back.outputs[back.outputs.length - 1].parts;
  /** Calls `move` with where the values of each row stand, in `states` and in a part. */
  const forEachPart = (move: (part: number, inStates: number, inPart: number) => void) =>
    rows.forEach(({ step, lane }, r) =>
      parts.forEach(({ place }, d) => move(d, r * width + d * H, (stateRows(place, step).after * trace.B + lane) * H)),
    );
  forEachPart((d, at, from) => states.set(parts[d].h.subarray(from, from + H), at));
  kernels.fillRows(parameters.get('b_o').values, logits);
  const weights = columnsOf(parameters.get('W_o').values, V);
  kernels.multiplyStrided(columnsOf(states, width), weights, columnsOf(logits, V), rows.length, width, V, true);
  const targets = rows.map(({ target }) => target);
  const { losses, others } = takeLosses(model, logits, targets);
  const slopes = outputGradients(model, logits, Int32Array.from(targets), others);
  forEachPart((d, from, at) => gradients[d].set(slopes.subarray(from, from + H), at));
  layersBackward(model, trace, back, SOLO, () => undefined);
  return losses;
}

/** Norms of the rows [E] of one lane of [T,B,E], in float64. */
function laneNorms(values: Float32Array, E: number, B: number, lane: number): Float64Array {
  return Float64Array.from({ length: values.length / (B * E) }, (_, t) => {
    const from = (t * B + lane) * E;
    let squares = 0;
    for (let k = from; k < from + E; k++) squares += values[k] * values[k];
    return Math.sqrt(squares);
  });
}
