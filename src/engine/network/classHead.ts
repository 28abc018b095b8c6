// The head that reads whole sequences: the top layer's states over time are pooled into one state per lane and direction, from which
// the output layer makes one row of logits per lane.
import { columnsOf, shifted, type Allocator, type StridedMatrix } from '../kernels/matrixKernels';
import type { LaneSequence } from '../kernels/poolingKernels';
import type { ForwardTrace } from './forward';
import type { LaneEnds } from './laneEnds';
import type { LanguageModel } from './languageModel';
import { finalRow, firstOutputRow, type StateRows } from './layerTrace';
import { classHeadOf, partsOf, type LayerPlace, type NetworkConfig, type Pooling } from './networkConfig';
import { part, stepRows, type Lanes } from './stepRows';

/** In the arena. */
export interface ClassHeadTrace {
  pooling: Pooling;
  /** [B] tokens of each lane, those of LaneEnds. */
  lengths: Int32Array;
  /** By part of the top layer's output: pooled states [B,H] and their gradients; empty for `last`, which reads the final states where they are. */
  pooled: Float32Array[];
  dPooled: Float32Array[];
  /** By part, for `max`: the token [B,H] whose state is the largest. */
  places: Int32Array[];
}

/** Null for a network that predicts something of every token; `ends` are those of the pass. */
export function allocateClassHead(
  kernels: Allocator,
  config: NetworkConfig,
  ends: LaneEnds | null,
  B: number,
): ClassHeadTrace | null {
  const head = classHeadOf(config);
  if (!head || !ends) return null;
  const states = head.pooling === 'last' ? 0 : B * config.hiddenUnits;
  const directions = Array.from({ length: partsOf(config) });
  return {
    pooling: head.pooling,
    lengths: ends.lengths,
    pooled: directions.map(() => kernels.allocate(states)),
    dPooled: directions.map(() => kernels.allocate(states)),
    places: directions.map(() => kernels.allocateInts(head.pooling === 'max' ? states : 0)),
  };
}

/** The same memory for fewer lanes. */
export function narrowClassHead(head: ClassHeadTrace, H: number, B: number): ClassHeadTrace {
  const first = <A extends Float32Array | Int32Array>(values: A) => values.subarray(0, B * H) as A;
  return {
    ...{ pooling: head.pooling, lengths: head.lengths.subarray(0, B) },
    pooled: head.pooled.map(first),
    dPooled: head.dPooled.map(first),
    places: head.places.map(first),
  };
}

/** Pools the states of some lanes. */
export function poolStates(model: LanguageModel, trace: ForwardTrace, head: ClassHeadTrace, lanes: Lanes): void {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const lengths = part(head.lengths, lanes, 1);
  const sequence = sequenceOf(trace, H, lanes);
  topOutput(trace).forEach((layer, d) => {
    const states = fromFirstToken(layer.h, layer.place, trace.B, H, lanes);
    const pooled = part(head.pooled[d], lanes, H);
    if (head.pooling === 'mean') kernels.pooling.mean(sequence, states, lengths, pooled);
    if (head.pooling === 'max') kernels.pooling.max(sequence, states, lengths, pooled, part(head.places[d], lanes, H));
  });
}

/** What the output layer reads [B,H], by part. */
export function pooledStates(trace: ForwardTrace, head: ClassHeadTrace, H: number): StridedMatrix[] {
  return topOutput(trace).map((layer, d) => pooledRows(head.pooled[d], layer.h, head, layer, H));
}

/** Where the gradient of that goes; `dStates` are the ∂J/∂y of the top layer by part (OutputGradients.parts). */
export function pooledGradients(
  trace: ForwardTrace,
  head: ClassHeadTrace,
  dStates: Float32Array[],
  H: number,
): StridedMatrix[] {
  return topOutput(trace).map((layer, d) => pooledRows(head.dPooled[d], dStates[d], head, layer, H));
}

/** From the gradient of the pooled states of some lanes to that of the states after every token. */
export function spreadGradients(
  model: LanguageModel,
  trace: ForwardTrace,
  head: ClassHeadTrace,
  dStates: Float32Array[],
  lanes: Lanes,
): void {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const { T, B } = trace;
  const sequence = sequenceOf(trace, H, lanes);
  topOutput(trace).forEach((layer, d) => {
    const into = fromFirstToken(dStates[d], layer.place, B, H, lanes);
    const dPooled = part(head.dPooled[d], lanes, H);
    if (head.pooling === 'mean') kernels.pooling.meanGradient(sequence, dPooled, part(head.lengths, lanes, 1), into);
    else if (head.pooling === 'max')
      kernels.pooling.maxGradient(sequence, dPooled, part(head.places[d], lanes, H), into);
    else {
      const first = firstOutputRow(layer.place);
      for (let row = first; row < first + T; row++)
        if (row !== finalRow(layer)) kernels.zero(stepRows(dStates[d], row, B, H, lanes));
    }
  });
}

function topOutput({ outputs }: ForwardTrace): StateRows[] {
  return outputs[outputs.length - 1].parts;
}

function sequenceOf({ T, B }: ForwardTrace, H: number, { count }: Lanes): LaneSequence {
  return { steps: T, lanes: count, units: H, pitch: B * H };
}

/** h or ∂J/∂h from the state after token 0 of the first of the lanes on. */
function fromFirstToken(values: Float32Array, place: LayerPlace, B: number, H: number, { first }: Lanes): Float32Array {
  return values.subarray((firstOutputRow(place) * B + first) * H);
}

function pooledRows(
  pooled: Float32Array,
  overTime: Float32Array,
  { pooling }: ClassHeadTrace,
  layer: StateRows,
  H: number,
): StridedMatrix {
  return pooling === 'last' ? shifted(columnsOf(overTime, H), finalRow(layer) * layer.B, 0) : columnsOf(pooled, H);
}
