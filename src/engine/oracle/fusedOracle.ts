// The fused engine held to the oracle: the passes, the norm, the optimizer and the inspection that training and the inspector use.
import * as tf from '@tensorflow/tfjs';
import type { MatrixKernels } from '../kernels/matrixKernels';
import { stackedFlows } from '../inspection/stackedFlows';
import { SOLO } from '../kernels/programs';
import { allocateBackwardTrace, runBackward, topGradients } from '../network/backward';
import { allocateTrace, runLayers, setInputs, type ForwardTrace } from '../network/forward';
import { gateOffset } from '../network/gateOffset';
import { gateColumnsOf, LanguageModel } from '../network/languageModel';
import { firstOutputRow, initialRow, type LayerTrace } from '../network/layerTrace';
import { runOutput, setTargets } from '../network/outputLayer';
import { Adam } from '../training/adam';
import { clippingFactor, GlobalNorm } from '../training/globalNorm';
import { batchLoss } from '../training/lossOperation';
import { networkOf, TORCH_GATES, type OracleCase } from './oracleCase';
import {
  GATE_KEYS,
  gradientsToStep,
  initialStateOf,
  ORACLE_STEP,
  type OracleImplementation,
} from './oracleImplementation';
import { fusedArenaBytes } from './oracleMemory';
import { fromTorch, torchTag, toTorch, type OwnParameter } from '../formats/torchParameters';

type Results = Map<string, ArrayLike<number>>;

/** `kernelsOf` makes kernels over an arena of so many bytes; `detail` names them. */
export function createFusedOracle(
  detail: string,
  kernelsOf: (arenaBytes: number) => Promise<MatrixKernels>,
): OracleImplementation {
  return {
    name: 'fused',
    detail,
    async run(oracle) {
      const network = networkOf(oracle.shape);
      const model = new LanguageModel(await kernelsOf(fusedArenaBytes(oracle.shape)), network);
      try {
        const results: Results = new Map();
        writeParameters(model, fromTorch(networkOf(oracle.shape), oracle.tensors, 'sum'));
        const gradients = passResults(model, oracle, results);
        const steepSteps = updateResults(model, oracle, gradients, results);
        return { results, steepSteps };
      } finally {
        model.dispose();
      }
    },
  };
}

function writeParameters({ parameters }: LanguageModel, values: Map<string, OwnParameter>): void {
  for (const parameter of parameters.all) parameter.values.set(valuesOf(values, parameter.name));
}

function valuesOf(parameters: Map<string, OwnParameter>, name: string): Float32Array {
  const parameter = parameters.get(name);
  if (!parameter) throw new Error(`the case has no parameter ${name}`);
  return parameter.values;
}

/** A pass forward and back as training makes it; returns the gradients under PyTorch's names. */
function passResults(model: LanguageModel, oracle: OracleCase, results: Results): Map<string, Float32Array> {
  const { kernels, parameters } = model;
  const { timesteps: T, batch: B, hidden: H } = oracle.shape;
  const trace = allocateTrace(model, T, B);
  const back = allocateBackwardTrace(model, T, B);
  const gradients = new Map(parameters.all.map(({ name, values }) => [name, kernels.allocate(values.length)]));
  const gradient = (name: string) => gradients.get(name) ?? new Float32Array(0);
  const forward = kernels.program((share) => {
    runLayers(model, trace, share);
    runOutput(model, trace, topGradients(back), share);
  });
  const backward = kernels.program((share) => runBackward(model, trace, back, gradient, share));

  setInputs(model, trace, oracle.input);
  setTargets(model, trace, oracle.target);
  for (const layer of trace.layers.flat()) {
    const at = initialRow(layer) * B * H;
    layer.h.set(initialStateOf(oracle, 'h', torchTag(layer.place)), at);
    layer.c?.set(initialStateOf(oracle, 'c', torchTag(layer.place)), at);
  }
  const variables = parameters.all.map(({ variable }) => variable);
  const loss = () => batchLoss({ model, output: trace.output, gradient, forward, backward });
  const { value, grads } = tf.variableGrads(loss, variables);
  results.set('loss', value.dataSync().slice());
  tf.dispose([value, grads]);
  const torch = toTorch(networkOf(oracle.shape), gradients, 'same');
  for (const [name, values] of torch) results.set(`grad.${name}`, values);
  traceResults(oracle, trace, results);
  flowResults(model, oracle, trace, results);
  return torch;
}

function traceResults(oracle: OracleCase, { layers, output }: ForwardTrace, results: Results): void {
  const { cell, timesteps: T, batch: B, hidden: H } = oracle.shape;
  const { shift, total, picked } = output;
  results.set(
    'losses',
    Float64Array.from(shift, (largest, row) => largest - picked[row] + Math.log(total[row])),
  );
  const columns = gateColumnsOf(networkOf(oracle.shape));
  for (const layer of layers.flat()) {
    const tag = torchTag(layer.place);
    results.set(`hidden_${tag}`, afterTokens(layer, layer.h, B * H));
    if (layer.c) results.set(`cell_${tag}`, afterTokens(layer, layer.c, B * H));
    for (const gate of TORCH_GATES[cell]) {
      const { key, complement } = GATE_KEYS[gate];
      const first = gateOffset(cell, key, H);
      const value = (at: number) => layer.gates[Math.floor(at / H) * columns + first + (at % H)];
      const values = Float64Array.from({ length: T * B * H }, (_, at) => (complement ? 1 - value(at) : value(at)));
      results.set(`gate_${gate}_${tag}`, values);
    }
  }
  const top = layers[layers.length - 1].map((layer) => afterTokens(layer, layer.h, B * H));
  const joined = new Float32Array(T * B * H * top.length);
  top.forEach((states, d) => {
    for (let row = 0; row < T * B; row++)
      joined.set(states.subarray(row * H, (row + 1) * H), (row * top.length + d) * H);
  });
  results.set('output', joined);
}

/** Of the first sequence: how every loss depends on every state. */
function flowResults(model: LanguageModel, oracle: OracleCase, trace: ForwardTrace, results: Results): void {
  const { hidden, cell } = stackedFlows(model, trace, oracle.target, 0);
  trace.layers.flat().forEach(({ place }, at) => {
    const tag = torchTag(place);
    results.set(`flow_${tag}`, hidden.flat()[at]);
    if (cell) results.set(`cellflow_${tag}`, cell.flat()[at]);
  });
}

/** States [T,B,H] after every token, from rows [T+1,B,H]. */
function afterTokens({ place, T }: LayerTrace, states: Float32Array, width: number): Float32Array {
  const first = firstOutputRow(place);
  return states.slice(first * width, (first + T) * width);
}

/**
 * The norm over PyTorch's parameters and a step of the engine's Adam. Ours have one bias where PyTorch has two that are clipped and
 * stepped each for itself, so Adam steps our parameters twice, with one and with the other in its place.
 */
function updateResults(
  model: LanguageModel,
  oracle: OracleCase,
  own: Map<string, Float32Array>,
  results: Results,
): number {
  const { kernels, parameters } = model;
  const inArena = (values: Float32Array) => {
    const array = kernels.allocate(values.length);
    array.set(values);
    return array;
  };
  const norm = new GlobalNorm(kernels, [...own.values()].map(inArena));
  norm.measure(SOLO);
  results.set('clipped_norm', [norm.value]);
  const clipping = clippingFactor(norm.value, ORACLE_STEP.clipNorm);
  const { gradients, steepSteps } = gradientsToStep(oracle, own, clipping);
  for (const bias of ['input', 'state'] as const) {
    writeParameters(model, fromTorch(networkOf(oracle.shape), oracle.tensors, bias));
    const stepped = fromTorch(networkOf(oracle.shape), gradients, bias);
    const clipped = new Map(parameters.all.map(({ name }) => [name, inArena(valuesOf(stepped, name))]));
    new GlobalNorm(kernels, [...clipped.values()]).scale(inArena(Float32Array.of(clipping)), SOLO);
    const adam = new Adam(model, ORACLE_STEP);
    adam.prepare(clipped);
    const tensors = parameters.all.map(({ name, shape, variable }) => ({
      name: variable.name,
      tensor: tf.tensor(clipped.get(name) ?? [], shape, 'float32'),
    }));
    adam.applyGradients(tensors);
    tf.dispose(tensors.map(({ tensor }) => tensor));
    const after = toTorch(
      networkOf(oracle.shape),
      new Map(parameters.all.map(({ name, values }) => [name, values])),
      'same',
    );
    for (const [name, values] of after)
      if (name.startsWith('rnn.bias_hh') === (bias === 'state')) results.set(`adam.${name}`, values);
  }
  return steepSteps;
}
