// A stack of layers, in one direction or both, in Float64Array loops: put together from the oracle's one step, with a handle on
// every state, input and use of a weight for central differences.
import {
  crossEntropy,
  gateBlocks,
  oracleLogits,
  oracleStep,
  zeroState,
  type OracleParameters,
  type OracleShape,
  type OracleState,
  type OracleStep,
} from './float64Network';
import { randomNumbers } from './smallNetworks';

export interface StackShape extends OracleShape {
  layers: number;
  bidirectional: boolean;
  directionsJoined?: 'concatenation' | 'sum';
  connections?: 'none' | 'residual' | 'dense' | 'highway';
}

/** By layer from below, then by direction: forward, reverse. */
export type PerPlace<A> = A[][];

export interface StackPlace {
  layer: number;
  reverse: boolean;
}

/** Adds `delta` to h or c (before h is made of it) of a place after token `step`, to x(step), or to W_h as used at `step`. */
export interface StackPerturbation {
  what: 'h' | 'c' | 'x' | 'W_h';
  place: StackPlace;
  step: number;
  delta: Float64Array;
}

export interface StackTrace {
  /** States and gates after every token, by place and token. */
  steps: PerPlace<OracleStep[]>;
  /** J(t) = −ln p(target t), nats; NaN where the target is negative. */
  losses: Float64Array;
  logits: Float64Array[];
  /** What the top layer gives, by token. */
  outputs: Float64Array[];
  /** Of every place, after the last token that it read. */
  last: PerPlace<OracleState>;
}

export function suffixOf({ layer, reverse }: StackPlace): string {
  if (reverse) return `_l${layer}_reverse`;
  return layer === 0 ? '' : `_l${layer}`;
}

export function placesOf({ layers, bidirectional }: StackShape): StackPlace[] {
  return Array.from({ length: layers }, (_, layer) =>
    [false, true].slice(0, bidirectional ? 2 : 1).map((reverse) => ({ layer, reverse })),
  ).flat();
}

export function stackParameterShapes(shape: StackShape): Record<string, number[]> {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = shape;
  const width = gateBlocks(shape.cell) * H;
  const joined = outputWidthOf(shape);
  const shapes: Record<string, number[]> = { embedding: [V, E] };
  for (const place of placesOf(shape)) {
    const suffix = suffixOf(place);
    shapes[`W_x${suffix}`] = [readWidthOf(shape, place.layer), width];
    shapes[`W_h${suffix}`] = [H, width];
    shapes[`b${suffix}`] = [width];
    if (shape.cell === 'gru' && shape.resetGate === 'after') shapes[`b_hh${suffix}`] = [H];
    if (shape.connections !== 'highway' || place.layer === 0 || place.reverse !== shape.bidirectional) continue;
    shapes[`W_t_l${place.layer}`] = [joined, joined];
    shapes[`b_t_l${place.layer}`] = [joined];
  }
  return { ...shapes, W_o: [joined, V], b_o: [V] };
}

/** Width of what a layer gives. */
function outputWidthOf({ hiddenUnits: H, bidirectional, directionsJoined }: StackShape): number {
  return bidirectional && directionsJoined !== 'sum' ? 2 * H : H;
}

/** Width of what a layer reads. */
function readWidthOf(shape: StackShape, layer: number): number {
  if (layer === 0) return shape.embeddingSize;
  const joined = outputWidthOf(shape);
  return shape.connections === 'dense' ? shape.embeddingSize + layer * joined : joined;
}

/** What a layer gives: the states of its directions joined, and what leads around it. */
function joinedOutput(
  shape: StackShape,
  parameters: OracleParameters,
  layer: number,
  states: Float64Array[],
  read: Float64Array,
): Float64Array {
  const [front, behind] = states;
  const isSum = behind !== undefined && shape.directionsJoined === 'sum';
  const h = isSum ? plus(front, behind) : Float64Array.from(states.flatMap((each) => [...each]));
  if (layer > 0 && shape.connections === 'residual') return plus(h, read);
  if (layer === 0 || shape.connections !== 'highway') return h;
  const [W_t, b_t] = [parameters[`W_t_l${layer}`], parameters[`b_t_l${layer}`]];
  return h.map((value, n) => {
    let z = b_t[n];
    for (let k = 0; k < read.length; k++) z += read[k] * W_t[k * h.length + n];
    const T = 1 / (1 + Math.exp(-z));
    return T * value + (1 - T) * read[n];
  });
}

/** Parameters uniform in ±scale·√3/√fan-in (biases ±scale/2), rounded to float32 so that both precisions hold the same numbers. */
export function randomStackParameters(shape: StackShape, seed: number, scale = 1.5): OracleParameters {
  const random = randomNumbers(seed);
  return Object.fromEntries(
    Object.entries(stackParameterShapes(shape)).map(([name, size]) => {
      const matrix = (scale * Math.sqrt(3)) / Math.sqrt(size[0]);
      const reach = name === 'embedding' ? scale : size.length === 1 ? scale / 2 : matrix;
      const length = size.reduce((a, b) => a * b, 1);
      return [name, Float64Array.from({ length }, () => Math.fround((2 * random() - 1) * reach))];
    }),
  );
}

export function zeroStates(shape: StackShape): PerPlace<OracleState> {
  return everyPlace(shape, () => zeroState(shape));
}

/** Float32 numbers between −½ and ½. */
export function randomStates(shape: StackShape, seed: number): PerPlace<OracleState> {
  const random = randomNumbers(seed);
  const values = () => Float64Array.from({ length: shape.hiddenUnits }, () => Math.fround(random() - 0.5));
  return everyPlace(shape, () => ({ h: values(), c: shape.cell === 'lstm' ? values() : zeroState(shape).c }));
}

function everyPlace<A>(shape: StackShape, make: () => A): PerPlace<A> {
  return Array.from({ length: shape.layers }, () => Array.from({ length: shape.bidirectional ? 2 : 1 }, make));
}

const plus = (values: Float64Array, delta: Float64Array) => values.map((value, k) => value + delta[k]);

/** The weights of one place under the names of a network of one layer. */
export function weightsOf(parameters: OracleParameters, place: StackPlace): OracleParameters {
  const suffix = suffixOf(place);
  return Object.fromEntries(['W_x', 'W_h', 'b', 'b_hh'].map((name) => [name, parameters[name + suffix]]));
}

/** Reads ids [T] from `initial` (zeros); targets [T], negative where not known. */
export function stackForward(
  shape: StackShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  initial: PerPlace<OracleState> = zeroStates(shape),
  nudge?: StackPerturbation,
): StackTrace {
  const E = shape.embeddingSize;
  const T = ids.length;
  let inputs: Float64Array[] = Array.from(ids, (id, t) => {
    const x = parameters.embedding.slice(id * E, (id + 1) * E);
    return nudge?.what === 'x' && nudge.step === t ? plus(x, nudge.delta) : x;
  });
  let outputs: Float64Array[] = inputs;
  const steps: PerPlace<OracleStep[]> = everyPlace(shape, () => []);
  const last = initial.map((both) => [...both]);
  for (const place of placesOf(shape)) {
    const { layer, reverse } = place;
    const weights = weightsOf(parameters, place);
    const direction = reverse ? 1 : 0;
    let state = initial[layer][direction];
    for (let read = 0; read < T; read++) {
      const t = reverse ? T - 1 - read : read;
      const isHere = nudge?.step === t && nudge.place.layer === layer && nudge.place.reverse === reverse;
      const here = isHere && nudge.what !== 'x' ? nudge : null;
      const used = here?.what === 'W_h' ? { ...weights, W_h: plus(weights.W_h, here.delta) } : weights;
      const step = oracleStep(shape, used, inputs[t], state, here?.what === 'c' ? here.delta : undefined);
      state = here?.what === 'h' ? { h: plus(step.h, here.delta), c: step.c } : step;
      steps[layer][direction][t] = { ...step, ...state };
    }
    last[layer][direction] = state;
    if (direction < steps[layer].length - 1) continue;
    const states = (t: number) => steps[layer].map((both) => both[t].h);
    outputs = inputs.map((read, t) => joinedOutput(shape, parameters, layer, states(t), read));
    const isDense = shape.connections === 'dense';
    inputs = isDense ? inputs.map((read, t) => Float64Array.of(...read, ...outputs[t])) : outputs;
  }
  const logits = outputs.map((h) => oracleLogits(shape, parameters, h));
  return { steps, last, logits, outputs, losses: Float64Array.from(logits, (row, t) => crossEntropy(row, targets[t])) };
}

const EPSILON = 1e-5;

/** ∂J(i)/∂(what is nudged) for every i, by central differences of whole passes: [i][value]. */
export function stackGradients(
  shape: StackShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  nudged: Omit<StackPerturbation, 'delta'>,
  size: number,
  initial?: PerPlace<OracleState>,
): Float64Array[] {
  const rows = Array.from({ length: ids.length }, () => new Float64Array(size));
  for (let n = 0; n < size; n++) {
    const losses = [EPSILON, -EPSILON].map((epsilon) => {
      const delta = new Float64Array(size);
      delta[n] = epsilon;
      return stackForward(shape, parameters, ids, targets, initial, { ...nudged, delta }).losses;
    });
    rows.forEach((row, i) => (row[n] = (losses[0][i] - losses[1][i]) / (2 * EPSILON)));
  }
  return rows;
}
