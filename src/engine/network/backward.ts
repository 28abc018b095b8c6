// Backpropagation through time: from the gradient of the top layer's states to the gradient of every parameter.
import { columnsOf, PANEL, transposed } from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';
import { usesTable, type ForwardTrace, type LayersPass } from './forward';
import { holdsEnds, paddedBackward, releaseEnds } from './classHeadPadding';
import { dropBackward } from './dropout';
import { inputBackward, inputWeightGradients } from './layerInputs';
import { allocateOutputGradients, hasOwnOutput, outputBackward, type OutputGradients } from './layerOutputs';
import type { LanguageModel, NetworkPlan } from './languageModel';
import { allocateLayerGradients, initialRow, type LayerGradients } from './layerTrace';
import { directionsOf, inputWidth, isDense, layerSuffix, type ParameterName } from './networkConfig';
import { outputGradient } from './outputLayer';
import { recurrentCell, type RecurrentCell } from './recurrentCell';
import { part, stepRows } from './stepRows';

/** Looks up the array [shape of the parameter] that receives a parameter's gradient. */
export type GradientOf = (name: ParameterName) => Float32Array;

/** Gradients flowing back, in the arena. */
export interface BackwardTrace {
  /** By layer from below, then by direction. */
  layers: LayerGradients[][];
  /** By layer: of what it gives to the one above, or to the head. */
  outputs: OutputGradients[];
  /** By direction of the first layer: ∂J/∂(W_x x + b) summed per token of the vocabulary [V,G·H]; empty where that is larger than T·B. */
  perToken: Float32Array[];
  /** ∂J/∂x [T,B,E]; empty where gradients are summed per token. */
  dx: Float32Array;
}

/** What the layers themselves need of it. */
export type LayersBackward = Omit<BackwardTrace, 'perToken'>;

/** Allocates what `runBackward` needs for T timesteps of B lanes. */
export function allocateBackwardTrace(model: NetworkPlan, T: number, B: number): BackwardTrace {
  const { kernels, config, gateColumns } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const directions = directionsOf(config);
  const table = usesTable(config, T * B);
  const layers = Array.from({ length: config.layers }, () =>
    Array.from({ length: directions }, () => allocateLayerGradients(kernels, config, T, B)),
  );
  return {
    layers,
    outputs: allocateOutputGradients(kernels, config, layers, T, B),
    perToken: Array.from({ length: directions }, () => kernels.allocate(table ? V * gateColumns : 0)),
    dx: kernels.allocate(table ? 0 : T * B * E),
  };
}

/** ∂J/∂y of the top layer, by part: what `runOutput` writes. */
export function topGradients({ outputs }: BackwardTrace): Float32Array[] {
  return outputs[outputs.length - 1].parts;
}

/**
 * This thread's share of overwriting the gradient of every parameter, once `runOutput` has written ∂J/∂y of the top layer. The initial
 * states are constants (truncated BPTT); their gradients are left in the initial rows of dh. Of an echo state network only W_o and b_o
 * have a gradient.
 */
export function runBackward(
  model: LanguageModel,
  trace: ForwardTrace,
  back: BackwardTrace,
  gradient: GradientOf,
  share: Share,
): void {
  if (!model.config.reservoir) {
    layersBackward(model, trace, back, share, (k, cells) => {
      trace.layers[k].forEach((layer, d) => cells[d].recurrentGradient(layer, back.layers[k][d], gradient, share));
      if (k > 0) inputWeightGradients(model, trace, back, k, gradient, share);
    });
    if (back.perToken[0].length > 0) tokenGradients(model, trace, back, gradient, share);
    else positionGradients(model, trace, back, gradient, share);
  }
  outputGradient(model, trace, gradient, share);
  share.sync();
}

/** This thread's share of all layers from the top to ∂J/∂z of the first; `visit` comes when those of a layer are there. */
export function layersBackward(
  model: LanguageModel,
  trace: LayersPass,
  back: LayersBackward,
  share: Share,
  visit: (k: number, cells: RecurrentCell[]) => void,
): void {
  const { kernels, config } = model;
  const H = config.hiddenUnits;
  const lanes = partOf(share, trace.B);
  if (holdsEnds(trace) && hasOwnOutput(config, config.layers - 1)) {
    releaseEnds(model, trace, back, lanes);
    share.sync();
  }
  for (let k = config.layers - 1; k >= 0; k--) {
    const both = trace.layers[k];
    const cells = both.map(({ place }) => recurrentCell(model, place));
    dropBackward(model, trace, back, k, share);
    outputBackward(model, trace, back, k, share);
    both.forEach((layer, d) => {
      cells[d].packBackward(layer, share);
      const { dh, dc } = back.layers[k][d];
      kernels.zero(stepRows(dh, initialRow(layer), trace.B, H, lanes));
      if (dc) kernels.zero(stepRows(dc, 0, trace.B, H, lanes));
    });
    share.sync();
    both.forEach((layer, d) => {
      const cell = cells[d];
      const gradients = back.layers[k][d];
      if (trace.ends?.padded) paddedBackward({ model, cell, lengths: trace.ends.lengths, lanes }, layer, gradients);
      else cell.backwardPass(layer, gradients, lanes);
    });
    share.sync();
    if (k > 0) inputBackward(model, trace, back, k, share);
    visit(k, cells);
  }
}

/**
 * The first layer where the vocabulary is smaller than the batch: dz is summed per token, which gives the same products at the
 * vocabulary's size: ∂J/∂b = Σ dz, ∂J/∂W_x = xᵀ dz, ∂J/∂embedding = dz W_xᵀ.
 */
function tokenGradients(
  model: LanguageModel,
  trace: ForwardTrace,
  back: BackwardTrace,
  gradient: GradientOf,
  share: Share,
): void {
  const { kernels, config, parameters, gateColumns: N } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const { first, count } = partOf(share, N, PANEL);
  const own = partOf(share, V);
  back.perToken.forEach((perToken) => kernels.zero(part(perToken, own, N)));
  share.sync();
  trace.layers[0].forEach(({ place }, d) => {
    const perToken = back.perToken[d];
    kernels.scatterAddRows(back.layers[0][d].dGates, trace.ids, N, perToken, first, count);
    kernels.sumRows(perToken, N, gradient(`b${layerSuffix(place)}`), first, count);
    const embedding = transposed(columnsOf(parameters.get('embedding').values, E));
    const into = columnsOf(gradient(`W_x${layerSuffix(place)}`), N, first);
    kernels.multiplyStrided(embedding, columnsOf(perToken, N, first), into, E, V, count, false);
  });
  share.sync();
  const dEmbedding = columnsOf(part(gradient('embedding'), own, E), E);
  trace.layers[0].forEach(({ place }, d) => {
    const weights = transposed(columnsOf(parameters.get(`W_x${layerSuffix(place)}`).values, N));
    const dz = columnsOf(part(back.perToken[d], own, N), N);
    kernels.multiplyStrided(dz, weights, dEmbedding, own.count, N, E, d > 0);
  });
}

/** The first layer where the batch is smaller than the vocabulary: ∂J/∂x = dz W_xᵀ, added up per token. */
function positionGradients(
  model: LanguageModel,
  trace: ForwardTrace,
  back: BackwardTrace,
  gradient: GradientOf,
  share: Share,
): void {
  const { kernels, config, parameters, gateColumns: N } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const rows = partOf(share, trace.ids.length);
  const { first, count } = partOf(share, N, PANEL);
  kernels.zero(part(gradient('embedding'), partOf(share, V), E));
  const into = columnsOf(part(back.dx, rows, E), E);
  trace.layers[0].forEach(({ place }, d) => {
    const weights = transposed(columnsOf(parameters.get(`W_x${layerSuffix(place)}`).values, N));
    const { dGates } = back.layers[0][d];
    const isSecond = d > 0 || isDense(config);
    kernels.multiplyStrided(columnsOf(part(dGates, rows, N), N), weights, into, rows.count, N, E, isSecond);
    const inputs = transposed(columnsOf(trace.x, E));
    const dWeights = columnsOf(gradient(`W_x${layerSuffix(place)}`), N, first);
    kernels.multiplyStrided(inputs, columnsOf(dGates, N, first), dWeights, E, trace.ids.length, count, false);
    kernels.sumRows(dGates, N, gradient(`b${layerSuffix(place)}`), first, count);
  });
  share.sync();
  const columns = partOf(share, inputWidth(config, 0));
  kernels.scatterAddRows(back.dx, trace.ids, E, gradient('embedding'), columns.first, columns.count);
}
