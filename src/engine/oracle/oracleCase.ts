// A case of the oracle: a small network and what an independent framework (PyTorch, float64) says about it, checked before
// anything is computed. The files are those that make_cases.py writes; names, gate order and axes are PyTorch's.
import type { Activation, CellKind } from '../cells/cellDescription';
import type { TensorValues } from '../formats/safetensors';
import { torchParameterShapes, torchTag } from '../formats/torchParameters';
import { layerPlaces, type LayerPlace, type NetworkConfig } from '../network/networkConfig';
import { kindOf, type OracleKind } from './oracleKinds';

/** The network of a case, as case.json says it. */
export interface CaseShape {
  cell: CellKind;
  /** Vanilla only. */
  activation: Activation;
  /** GRU only. */
  reset: 'before' | 'after';
  /** Whether the initial states are other than zeros. */
  carried: boolean;
  layers: number;
  bidirectional: boolean;
  hidden: number;
  embedding: number;
  vocabulary: number;
  timesteps: number;
  batch: number;
}

export interface OracleCase {
  name: string;
  shape: CaseShape;
  /** Token ids [T,B], time-major. */
  input: Int32Array;
  target: Int32Array;
  /** Every float64 tensor by its name in the file, row-major: parameters, initial states and results. */
  tensors: Map<string, Float64Array>;
  /** What is to be compared, in the order of the kinds. */
  results: { name: string; shape: number[]; kind: OracleKind }[];
}

/** A case that cannot be used: its files are not what they have to be. `tensor` is null where none is to blame. */
export class OracleInputError extends Error {
  override readonly name = 'OracleInputError';

  constructor(
    message: string,
    readonly tensor: string | null = null,
  ) {
    super(message);
  }
}

function wrong(tensor: string, problem: string): OracleInputError {
  return new OracleInputError(`tensor "${tensor}" ${problem}`, tensor);
}

/** The engine's configuration of a case's network. */
export function networkOf(shape: CaseShape): NetworkConfig {
  return {
    cell: shape.cell,
    activation: shape.activation,
    resetGate: shape.reset,
    hiddenUnits: shape.hidden,
    embeddingSize: shape.embedding,
    vocabulary: shape.vocabulary,
    layers: shape.layers,
    bidirectional: shape.bidirectional,
    // Not looked at: the case brings its parameters along.
    ...{ recurrentInitialisation: 'normal', normalScale: 0, forgetBias: 0, seed: 0 },
  };
}

/** The places of a case's network with their tags. */
export function taggedPlaces(shape: CaseShape): { place: LayerPlace; tag: string }[] {
  return layerPlaces(networkOf(shape)).map((place) => ({ place, tag: torchTag(place) }));
}

export type TorchGate = 'i' | 'f' | 'g' | 'o' | 'r' | 'z' | 'n';

/** Names of the gates in PyTorch's tensors gate_<name>_<tag>, in the order of its weight blocks. */
export const TORCH_GATES: Record<CellKind, TorchGate[]> = {
  vanilla: [],
  lstm: ['i', 'f', 'g', 'o'],
  gru: ['r', 'z', 'n'],
};

/** Names and shapes of all float64 tensors of a case. */
export function caseTensors(shape: CaseShape): Map<string, number[]> {
  const { cell, hidden: H, timesteps: T, batch: B } = shape;
  const parameters = torchParameterShapes(networkOf(shape));
  const tensors = new Map(parameters);
  const isLstm = cell === 'lstm';
  for (const { tag } of taggedPlaces(shape)) {
    tensors.set(`initial_h_${tag}`, [B, H]).set(`hidden_${tag}`, [T, B, H]).set(`flow_${tag}`, [T, T]);
    if (isLstm) tensors.set(`initial_c_${tag}`, [B, H]).set(`cell_${tag}`, [T, B, H]).set(`cellflow_${tag}`, [T, T]);
    for (const gate of TORCH_GATES[cell]) tensors.set(`gate_${gate}_${tag}`, [T, B, H]);
  }
  for (const [name, size] of parameters) tensors.set(`grad.${name}`, size).set(`adam.${name}`, size);
  const width = (shape.bidirectional ? 2 : 1) * H;
  return tensors.set('loss', [1]).set('losses', [T, B]).set('output', [T, B, width]).set('clipped_norm', [1]);
}

/** Number of values of a tensor. */
export const elements = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** "[3, 0, 7]": where the element `at` of a row-major tensor lies. */
export function placeOf(at: number, shape: number[]): string {
  const indices: number[] = [];
  for (const size of [...shape].reverse()) {
    indices.unshift(at % size);
    at = Math.floor(at / size);
  }
  return `[${indices.join(', ')}]`;
}

type Decoded = ReadonlyMap<string, { shape: number[]; values: TensorValues }>;

/**
 * Checks a file's tensors against the network: no name missing, none unexpected, every dtype and shape as it has to be, all
 * numbers finite, all ids in the vocabulary.
 * @throws OracleInputError naming the tensor and the place.
 */
export function checkedCase(name: string, shape: CaseShape, decoded: Decoded): OracleCase {
  const wanted = caseTensors(shape);
  const batch = [shape.timesteps, shape.batch];
  for (const tensor of decoded.keys())
    if (!wanted.has(tensor) && tensor !== 'input' && tensor !== 'target')
      throw wrong(tensor, 'is unexpected: a network of this shape has none');
  const given = new Set([...torchParameterShapes(networkOf(shape)).keys()]);
  const tensors = new Map<string, Float64Array>();
  const results: OracleCase['results'] = [];
  for (const [tensor, size] of wanted) {
    const values = tensorOf(decoded, tensor, size);
    if (!(values instanceof Float64Array)) throw wrong(tensor, `must hold F64, not ${dtypeOf(values)}`);
    const isResult = !given.has(tensor) && !tensor.startsWith('initial_');
    refuseUnusable(tensor, values, size, !isResult);
    tensors.set(tensor, values);
    if (isResult) results.push({ name: tensor, shape: size, kind: kindOf(tensor) });
  }
  const idsOf = (tensor: string) => tokenIds(tensor, tensorOf(decoded, tensor, batch), batch, shape.vocabulary);
  return { name, shape, input: idsOf('input'), target: idsOf('target'), tensors, results };
}

function tensorOf(decoded: Decoded, tensor: string, shape: number[]): TensorValues {
  const found = decoded.get(tensor);
  if (!found) throw wrong(tensor, 'is missing');
  if (found.shape.length !== shape.length || found.shape.some((size, axis) => size !== shape[axis]))
    throw wrong(tensor, `has shape [${found.shape.join(', ')}], the network asks for [${shape.join(', ')}]`);
  return found.values;
}

/** `forEngine`: the value goes into float32 arithmetic and has to fit there. */
function refuseUnusable(tensor: string, values: Float64Array, shape: number[], forEngine: boolean): void {
  const at = values.findIndex((value) => !Number.isFinite(forEngine ? Math.fround(value) : value));
  if (at < 0) return;
  const why = Number.isFinite(values[at]) ? ', more than float32 can hold' : '';
  throw wrong(tensor, `is ${values[at]} at ${placeOf(at, shape)}${why}`);
}

function tokenIds(tensor: string, values: TensorValues, shape: number[], vocabulary: number): Int32Array {
  if (!(values instanceof BigInt64Array)) throw wrong(tensor, `must hold I64, not ${dtypeOf(values)}`);
  const outside = values.findIndex((id) => id < 0n || id >= BigInt(vocabulary));
  if (outside >= 0)
    throw wrong(tensor, `is ${values[outside]} at ${placeOf(outside, shape)}, outside the vocabulary of ${vocabulary}`);
  return Int32Array.from(values, Number);
}

function dtypeOf(values: TensorValues): string {
  if (values instanceof Float32Array) return 'F32';
  if (values instanceof Int32Array) return 'I32';
  if (values instanceof Int8Array) return 'I8';
  return values instanceof Float64Array ? 'F64' : 'I64';
}
