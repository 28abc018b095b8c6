// A network's weights as PyTorch names and lays them out, in a safetensors file: embedding, layers of nn.RNN, nn.LSTM or nn.GRU from
// left to right, and a linear layer on the states of the top one. See torchParameters.ts for gates, signs and biases.
import type { CellKind } from '../cells/cellDescription';
import { isDense, skipAround, sumsDirections, type NetworkConfig } from '../network/networkConfig';
import { decodeSafetensors, encodeSafetensors, SafetensorsError, type TensorValues } from './safetensors';
import { fromTorch, torchParameterShapes, toTorch, type OwnParameter, type ValuesByName } from './torchParameters';

/** Why weights cannot be used; the message names the tensor and what is wrong with it. */
export class TorchWeightsError extends Error {
  override readonly name = 'TorchWeightsError';

  constructor(
    message: string,
    /** It reads both ways, which no language model does. */
    readonly readsBothWays = false,
  ) {
    super(message);
  }
}

/** What a file says about its network; everything else that configures it is not in its weights. */
export interface TorchNetwork {
  cell: CellKind;
  hiddenUnits: number;
  embeddingSize: number;
  vocabulary: number;
  layers: number;
}

export interface TorchWeights {
  network: TorchNetwork;
  /** Under our names, in our layout. */
  parameters: Map<string, OwnParameter>;
  metadata: Record<string, string>;
}

/** What PyTorch computes otherwise, and therefore has no place for in its modules; null where it computes the same. */
export function withoutCounterpart(network: NetworkConfig): 'resetGate' | 'activation' | 'connections' | null {
  const { cell, resetGate, activation, layers } = network;
  if (isDense(network) || sumsDirections(network) || skipAround(network, layers - 1) !== null) return 'connections';
  if (cell === 'gru' && resetGate === 'before') return 'resetGate';
  return cell === 'vanilla' && activation === 'sigmoid' ? 'activation' : null;
}

/** Bytes of the file: what `b` holds is in bias_ih, bias_hh is zero but for a GRU's candidate. */
export function encodeTorchWeights(
  network: NetworkConfig,
  parameters: ValuesByName,
  metadata: Record<string, string>,
): Uint8Array<ArrayBuffer> {
  const shapes = torchParameterShapes(network);
  const tensors = [...toTorch(network, parameters, 'zero')].map(([name, values]) => {
    const shape = shapes.get(name) ?? [values.length];
    return { name, shape, values };
  });
  return encodeSafetensors(tensors, { format: 'pt', ...metadata });
}

const CELLS: Partial<Record<number, CellKind>> = { 1: 'vanilla', 3: 'gru', 4: 'lstm' };

/** Reads a file of F32 or F64 tensors. @throws TorchWeightsError naming what is missing, unexpected or of another shape. */
export function decodeTorchWeights(bytes: Uint8Array): TorchWeights {
  const { tensors, metadata } = decoded(bytes);
  const named = canonical(tensors);
  const reverse = [...named.keys()].find((name) => /^rnn\.\w+_l\d+_reverse$/.test(name));
  if (reverse) throw new TorchWeightsError(`there is ${reverse}`, true);
  const layers = layersOf(named);
  refuseOtherNames(named, layers);
  const shapeOf = (name: string) => named.get(name)?.shape ?? [];
  const [rows, hiddenUnits] = shapeOf('rnn.weight_hh_l0');
  const [vocabulary, embeddingSize] = shapeOf('embedding.weight');
  const cell = CELLS[rows / hiddenUnits];
  if (!cell)
    throw new TorchWeightsError(
      `rnn.weight_hh_l0 has shape ${shapeText(shapeOf('rnn.weight_hh_l0'))}, not [H, H], [3 H, H] or [4 H, H]`,
    );
  const network = { cell, hiddenUnits, embeddingSize, vocabulary, layers };
  const whole: NetworkConfig = {
    ...network,
    ...{ activation: 'tanh', resetGate: 'after', bidirectional: false },
    // Not looked at: the file brings its values along.
    ...{ recurrentInitialisation: 'normal', normalScale: 0, forgetBias: 0, seed: 0 },
  };
  for (const [name, shape] of torchParameterShapes(whole))
    if (shapeText(shapeOf(name)) !== shapeText(shape))
      throw new TorchWeightsError(`${name} has shape ${shapeText(shapeOf(name))} instead of ${shapeText(shape)}`);
  const values = new Map([...named].map(([name, tensor]) => [name, finite(name, tensor.values)]));
  return { network, parameters: fromTorch(whole, values, 'sum'), metadata };
}

type Tensors = ReadonlyMap<string, { shape: number[]; values: TensorValues }>;

function decoded(bytes: Uint8Array) {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new TorchWeightsError(error.message);
    throw error;
  }
}

/**
 * The tensors under the names of our export, whatever their modules are called: the recurrent layer's names are PyTorch's own, the
 * output is the linear layer with a bias, the embedding the matrix without one. Where that is not clear, names stay.
 */
function canonical(tensors: Tensors): Tensors {
  const recurrent = /^(?:.*\.)?((?:weight|bias)_(?:ih|hh)_l\d+(?:_reverse)?)$/;
  const others = [...tensors.keys()].filter((name) => !recurrent.test(name));
  const modules = others.filter((name) => name.endsWith('.weight')).map((name) => name.slice(0, -'.weight'.length));
  const [outputs, embeddings] = [true, false].map((biased) =>
    modules.filter((module) => tensors.has(`${module}.bias`) === biased),
  );
  const isClear = outputs.length === 1 && embeddings.length === 1 && others.length === 3;
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const own = recurrent.exec(name)?.[1];
      if (own !== undefined) return [`rnn.${own}`, tensor];
      if (!isClear) return [name, tensor];
      if (name === `${embeddings[0]}.weight`) return ['embedding.weight', tensor];
      return [name.endsWith('.bias') ? 'out.bias' : 'out.weight', tensor];
    }),
  );
}

/** As many as there are numbers behind the names of recurrent weights without a gap; at least one. */
function layersOf(tensors: Tensors): number {
  let layers = 1;
  while (tensors.has(`rnn.weight_hh_l${layers}`)) layers++;
  return layers;
}

function refuseOtherNames(tensors: Tensors, layers: number): void {
  const recurrent = Array.from({ length: layers }, (_, layer) =>
    ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((name) => `rnn.${name}_l${layer}`),
  );
  const names = ['embedding.weight', ...recurrent.flat(), 'out.weight', 'out.bias'];
  const missing = names.filter((name) => !tensors.has(name));
  const unexpected = [...tensors.keys()].filter((name) => !names.includes(name));
  const said = [missing.length > 0 && `missing: ${missing.join(', ')}`];
  said.push(unexpected.length > 0 && `unexpected: ${unexpected.slice(0, 8).join(', ')}`);
  if (said.some(Boolean)) throw new TorchWeightsError(said.filter(Boolean).join('; '));
}

function finite(name: string, values: TensorValues): Float32Array | Float64Array {
  if (!(values instanceof Float32Array || values instanceof Float64Array))
    throw new TorchWeightsError(`${name} holds integers; F32 or F64 is needed`);
  if (!values.every(Number.isFinite)) throw new TorchWeightsError(`${name} holds NaN or infinity`);
  return values;
}

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
