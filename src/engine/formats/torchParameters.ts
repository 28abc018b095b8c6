// PyTorch's parameters and ours. PyTorch stores weights [G·H,inputs] with gate blocks lstm i,f,g,o and gru r,z,n; ours are
// [inputs,G·H] with the blocks of CELL_DESCRIPTIONS. Its GRU mixes the other way round, u = 1 − z, and 1 − σ(a) = σ(−a): weights
// and biases of that gate change their sign. Its two biases b_ih and b_hh are added wherever they stand side by side; only in
// a GRU with the reset gate after the product does the candidate keep b_hh for itself: r ∘ (W_h h + b_hh).
import { CELL_DESCRIPTIONS, type CellKind, type GateKey } from '../cells/cellDescription';
import {
  hasRecurrentBias,
  inputWidth,
  layerPlaces,
  layerSuffix,
  layerWidth,
  outputWidth,
  type LayerPlace,
  type NetworkConfig,
} from '../network/networkConfig';

/** Our gate in each of PyTorch's blocks, and the sign of its pre-activation. */
const BLOCKS: Record<CellKind, { key: GateKey; sign: 1 | -1 }[]> = {
  vanilla: [{ key: 'h', sign: 1 }],
  lstm: [
    { key: 'i', sign: 1 },
    { key: 'f', sign: 1 },
    { key: 'g', sign: 1 },
    { key: 'o', sign: 1 },
  ],
  gru: [
    { key: 'r', sign: 1 },
    { key: 'u', sign: -1 },
    { key: 'g', sign: 1 },
  ],
};

/** The candidate's block in PyTorch's GRU. */
const CANDIDATE = 2;

/** Values by name, row-major. */
export type ValuesByName = ReadonlyMap<string, ArrayLike<number>>;

/** One of our parameters: a vector or a matrix. */
export interface OwnParameter {
  shape: number[];
  values: Float32Array;
}

/** What PyTorch puts behind the names of a layer's direction: l0, l0_reverse, l1 … */
export function torchTag({ layer, reverse }: LayerPlace): string {
  return `l${layer}${reverse ? '_reverse' : ''}`;
}

/** Names and shapes of PyTorch's parameters. */
export function torchParameterShapes(network: NetworkConfig): Map<string, number[]> {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V, cell } = network;
  const outputs = outputWidth(network);
  const rows = BLOCKS[cell].length * H;
  return new Map([
    ['embedding.weight', [V, E]],
    ...layerPlaces(network).flatMap((place): [string, number[]][] => [
      [`rnn.weight_ih_${torchTag(place)}`, [rows, inputWidth(network, place.layer)]],
      [`rnn.weight_hh_${torchTag(place)}`, [rows, H]],
      [`rnn.bias_ih_${torchTag(place)}`, [rows]],
      [`rnn.bias_hh_${torchTag(place)}`, [rows]],
    ]),
    ['out.weight', [outputs, layerWidth(network)]],
    ['out.bias', [outputs]],
  ]);
}

/** Which of PyTorch's two biases b becomes: their sum where the network is to compute, one of them where it is to be stepped. */
export type BiasChoice = 'sum' | 'input' | 'state';

/** Ours from PyTorch's, parameters or gradients by them, rounded to float32 once. */
export function fromTorch(network: NetworkConfig, torch: ValuesByName, bias: BiasChoice): Map<string, OwnParameter> {
  const { hiddenUnits: H } = network;
  const outputs = outputWidth(network);
  const columns = CELL_DESCRIPTIONS[network.cell].blocks * H;
  const ours = new Map<string, OwnParameter>();
  const take = (name: string) => valuesOf(torch, name);
  const vector = (name: string, values: Float32Array) => ours.set(name, { shape: [values.length], values });
  const matrix = (name: string, width: number, values: Float32Array) =>
    ours.set(name, { shape: [values.length / width, width], values });
  matrix('embedding', network.embeddingSize, Float32Array.from(take('embedding.weight')));
  for (const { weightIn, weightState, biasIn, biasState, suffix } of namesByPlace(network)) {
    matrix(`W_x${suffix}`, columns, blocksFromTorch(network, take(weightIn)));
    matrix(`W_h${suffix}`, columns, blocksFromTorch(network, take(weightState)));
    const candidate = hasRecurrentBias(network) ? CANDIDATE * H : Infinity;
    const [input, state] = [take(biasIn), take(biasState)];
    const sum = Float64Array.from(input, (value, at) =>
      at >= candidate || state[at] === 0 ? value : value + state[at],
    );
    vector(`b${suffix}`, blocksFromTorch(network, { sum, input, state }[bias]));
    if (hasRecurrentBias(network))
      vector(
        `b_hh${suffix}`,
        Float32Array.from({ length: H }, (_, k) => state[candidate + k]),
      );
  }
  matrix('W_o', outputs, Float32Array.from(transpose(take('out.weight'), outputs)));
  return vector('b_o', Float32Array.from(take('out.bias')));
}

/**
 * The other way round. PyTorch's b_hh takes over what b holds too ('same': the gradient by a sum is the gradient by either of what
 * is added) or nothing ('zero': weights, of which b_ih then holds the sum), but for the candidate's b_hh of its own.
 */
export function toTorch(
  network: NetworkConfig,
  ours: ValuesByName,
  secondBias: 'same' | 'zero',
): Map<string, Float32Array> {
  const torch = new Map<string, Float32Array>();
  const take = (name: string) => valuesOf(ours, name);
  torch.set('embedding.weight', Float32Array.from(take('embedding')));
  for (const { weightIn, weightState, biasIn, biasState, suffix } of namesByPlace(network)) {
    torch.set(weightIn, blocksToTorch(network, take(`W_x${suffix}`)));
    torch.set(weightState, blocksToTorch(network, take(`W_h${suffix}`)));
    const input = blocksToTorch(network, take(`b${suffix}`));
    const state = secondBias === 'same' ? input.slice() : new Float32Array(input.length);
    if (hasRecurrentBias(network)) state.set(Float32Array.from(take(`b_hh${suffix}`)), CANDIDATE * network.hiddenUnits);
    torch.set(biasIn, input).set(biasState, state);
  }
  const output = take('W_o');
  torch.set('out.weight', Float32Array.from(transpose(output, output.length / outputWidth(network))));
  return torch.set('out.bias', Float32Array.from(take('b_o')));
}

/** PyTorch's names of a direction's parameters and the suffix of ours. */
function namesByPlace(network: NetworkConfig) {
  return layerPlaces(network).map((place) => ({
    weightIn: `rnn.weight_ih_${torchTag(place)}`,
    weightState: `rnn.weight_hh_${torchTag(place)}`,
    biasIn: `rnn.bias_ih_${torchTag(place)}`,
    biasState: `rnn.bias_hh_${torchTag(place)}`,
    suffix: layerSuffix(place),
  }));
}

function valuesOf(values: ValuesByName, name: string): ArrayLike<number> {
  const found = values.get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Element by element: PyTorch's [G·H,inputs] beside our [inputs,G·H]; a bias is one input. */
function eachWeight(
  network: NetworkConfig,
  length: number,
  visit: (torch: number, ours: number, sign: 1 | -1) => void,
): void {
  const { cell, hiddenUnits: H } = network;
  const columns = CELL_DESCRIPTIONS[cell].blocks * H;
  const inputs = length / columns;
  BLOCKS[cell].forEach(({ key, sign }, torchBlock) => {
    const block = CELL_DESCRIPTIONS[cell].gates.find((gate) => gate.key === key)?.block ?? 0;
    for (let k = 0; k < H; k++)
      for (let input = 0; input < inputs; input++)
        visit((torchBlock * H + k) * inputs + input, input * columns + block * H + k, sign);
  });
}

function blocksFromTorch(network: NetworkConfig, torch: ArrayLike<number>): Float32Array {
  const ours = new Float32Array(torch.length);
  eachWeight(network, torch.length, (from, to, sign) => (ours[to] = sign * torch[from]));
  return ours;
}

function blocksToTorch(network: NetworkConfig, ours: ArrayLike<number>): Float32Array {
  const torch = new Float32Array(ours.length);
  eachWeight(network, ours.length, (to, from, sign) => (torch[to] = sign * ours[from]));
  return torch;
}

/** [columns,rows] of a row-major [rows,columns]. */
function transpose(values: ArrayLike<number>, rows: number): Float64Array {
  const columns = values.length / rows;
  return Float64Array.from({ length: values.length }, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]);
}
