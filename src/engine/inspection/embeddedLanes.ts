// The network read from embeddings that are given rather than looked up, many versions of one window side by side: logits of one step, or
// of the classes of the whole, and the gradient of one of them with respect to every input and state.
import { columnsOf, shifted } from '../kernels/matrixKernels';
import { SOLO } from '../kernels/programs';
import { layersBackward } from '../network/backward';
import { countFloats } from '../network/countFloats';
import { runLayers } from '../network/forward';
import type { LanguageModel, NetworkPlan } from '../network/languageModel';
import type { LayerGradients, LayerTrace, StateRows } from '../network/layerTrace';
import { classHeadOf, outputWidth, partsOf, type NetworkConfig } from '../network/networkConfig';
import { inspectionFloats } from './inspectionMemory';
import { allocateLanePass, enterState, inputGradients, type LanePass } from './lanePass';
import { readingCost } from './readLanes';
import { readOutOf, type ReadOut } from './readOut';
import type { LaneState } from './windowForward';

/**
 * What is looked at: the logit of `target` after token `step` of `ids` [T], read from the state `before`; of a network that classifies
 * sequences the logit of a class, at no step.
 */
export interface LookedAt {
  ids: Int32Array;
  before: LaneState;
  step: number;
  target: number;
}

const MOST_LANES = 16;
/** Columns that an inspection has room for. */
const INSPECTED_COLUMNS = 512;
/** Multiplications that a piece of work should take: about 20 ms. */
const PIECE = 1e8;
/** A pass back takes about twice as long as one forward. */
const FORWARD_AND_BACK = 3;

/** Versions of a window of T tokens to read at a time: no more memory than an inspection, about 20 ms. */
export function lanesAtATime(model: LanguageModel, T: number): number {
  const room = inspectionFloats(model.config, INSPECTED_COLUMNS);
  const affordable = Math.floor(PIECE / (FORWARD_AND_BACK * T * readingCost(model)));
  let lanes = Math.max(1, Math.min(MOST_LANES, affordable));
  while (lanes > 1 && embeddedFloats(model.config, T, lanes) > room) lanes--;
  return lanes;
}

/** Float32 values that `EmbeddedLanes` allocates. */
export function embeddedFloats(config: NetworkConfig, T: number, lanes: number): number {
  return countFloats(config, (plan) => void allocate(plan, T, lanes));
}

interface Memory extends LanePass {
  /** [B,V], V the width of the output layer. */
  logits: Float32Array;
  /** By part of the top layer's output, where sequences are classified: their pooled states [B,H]. */
  pooled: Float32Array[];
}

function allocate(model: NetworkPlan, T: number, B: number): Memory {
  const { kernels, config } = model;
  const pooledFloats = classHeadOf(config) ? B * config.hiddenUnits : 0;
  return {
    ...allocateLanePass(model, T, B, true),
    logits: kernels.allocate(B * outputWidth(config)),
    pooled: Array.from({ length: partsOf(config) }, () => kernels.allocate(pooledFloats)),
  };
}

export class EmbeddedLanes {
  /** The window's own embeddings [T,E]. */
  readonly inputs: Float32Array;
  private readonly memory: Memory;
  private readonly readOut: ReadOut;

  /** Allocates in the arena: mark and release around it. */
  constructor(
    private readonly model: LanguageModel,
    private readonly lookedAt: LookedAt,
    readonly lanes: number,
  ) {
    const { embeddingSize: E } = model.config;
    const { ids, before } = lookedAt;
    const embedding = model.parameters.get('embedding').values;
    this.inputs = new Float32Array(ids.length * E);
    ids.forEach((id, t) => this.inputs.set(embedding.subarray(id * E, (id + 1) * E), t * E));
    this.memory = allocate(model, ids.length, lanes);
    this.readOut = readOutOf(model.config, lookedAt.step);
    enterState(model, this.memory.trace, before);
  }

  /** Reads up to `lanes` versions of the inputs, each [T,E], every one from the same state before them. */
  read(versions: readonly Float32Array[]): void {
    const { model, lanes } = this;
    const { trace, logits, pooled } = this.memory;
    const { embeddingSize: E, hiddenUnits: H } = model.config;
    const V = outputWidth(model.config);
    if (versions.length > lanes) throw new RangeError(`${versions.length} versions in ${lanes} lanes`);
    for (let t = 0; t < trace.T; t++)
      for (let lane = 0; lane < lanes; lane++) {
        const version = versions[Math.min(lane, versions.length - 1)];
        trace.x.set(version.subarray(t * E, (t + 1) * E), (t * lanes + lane) * E);
      }
    runLayers(model, trace, SOLO);
    model.kernels.fillRows(model.parameters.get('b_o').values, logits);
    this.top().forEach((top, d) => {
      const states = this.readOut.states(top, pooled[d]);
      const weights = shifted(columnsOf(model.parameters.get('W_o').values, V), d * H, 0);
      model.kernels.multiplyStrided(states, weights, columnsOf(logits, V), lanes, H, V, true);
    });
  }

  /** Logits [V] of a lane at what is looked at: a view, overwritten by the next read. */
  logits(lane: number): Float32Array {
    const V = outputWidth(this.model.config);
    return this.memory.logits.subarray(lane * V, (lane + 1) * V);
  }

  /** The target's logit F of a lane. */
  logit(lane: number): number {
    return this.logits(lane)[this.lookedAt.target];
  }

  /**
   * ∂F/∂x of every lane that was read: reads [T,B,E], lane after lane at every step; a view, overwritten by the next call. F is the
   * target's logit, or what has the given `slopes` [V] with respect to the logits of the step.
   */
  gradients(slopes: ArrayLike<number> | null = null): Float32Array {
    const { model, lookedAt } = this;
    const { trace, back, pooled } = this.memory;
    const { kernels, config, parameters } = model;
    const { hiddenUnits: H } = config;
    const V = outputWidth(config);
    const weights = parameters.get('W_o').values;
    const gradients = back.outputs[back.outputs.length - 1].parts;
    this.top().forEach((top, d) => {
      kernels.zero(gradients[d]);
      const slope = Float32Array.from({ length: H }, (_, k) => {
        const row = (d * H + k) * V;
        let weight = slopes ? 0 : weights[row + lookedAt.target];
        if (slopes) for (let v = 0; v < V; v++) weight += slopes[v] * weights[row + v];
        return weight;
      });
      this.readOut.spread(top, slope, pooled[d], gradients[d]);
    });
    layersBackward(model, trace, back, SOLO, () => undefined);
    return inputGradients(model, this.memory);
  }

  /** What the recurrent layers computed of the versions last read. */
  get layers(): LayerTrace[][] {
    return this.memory.trace.layers;
  }

  /** ∂F/∂h, F as in the last `gradients`, in LayerGradients.dh of every layer and direction. */
  get layerGradients(): LayerGradients[][] {
    return this.memory.back.layers;
  }

  /** What the top layer gives to the output layer, by part. */
  top(): StateRows[] {
    const { outputs } = this.memory.trace;
    return outputs[outputs.length - 1].parts;
  }
}
