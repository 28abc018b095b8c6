// What a layer above the first reads, piece by piece, with the rows of W_x that belong to each: the outputs of the layer below, or, where
// connections are dense, the embedding and the outputs of all layers below.
import { columnsOf, shifted, transposed, PANEL, type StridedMatrix } from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';
import type { BackwardTrace, GradientOf } from './backward';
import type { LayersPass } from './forward';
import type { LanguageModel } from './languageModel';
import type { LayerTrace, StateRows } from './layerTrace';
import { isDense, layerSuffix, layerWidth, skipAround, type NetworkConfig } from './networkConfig';
import { part, statesAfterTokens } from './stepRows';

export interface InputPiece {
  /** [T·B, width] values, or their gradients. */
  rows: StridedMatrix;
  width: number;
  /** First row of W_x. */
  at: number;
}

/** What layer k, above the first, reads. */
export function inputPieces(config: NetworkConfig, trace: LayersPass, k: number): InputPiece[] {
  return piecesOf(config, trace, k, trace.x, ({ read }) => read.map(({ h }) => h), trace.outputs);
}

/** Pieces of the embedding's rows `x` and of arrays laid out as the outputs below are. */
function piecesOf<O>(
  config: NetworkConfig,
  trace: LayersPass,
  k: number,
  x: Float32Array,
  arraysOf: (output: O) => Float32Array[],
  outputs: O[],
): InputPiece[] {
  const { hiddenUnits: H, embeddingSize: E } = config;
  const dense = isDense(config);
  const pieces: InputPiece[] = dense ? [{ rows: columnsOf(x, E), width: E, at: 0 }] : [];
  for (let j = dense ? 0 : k - 1; j < k; j++) {
    const first = dense ? E + j * layerWidth(config) : 0;
    arraysOf(outputs[j]).forEach((h, p) => {
      const states: Pick<StateRows, 'h' | 'place'> = { h, place: trace.outputs[j].parts[p].place };
      pieces.push({ rows: statesAfterTokens(states, H, trace.B), width: H, at: first + p * H });
    });
  }
  return pieces;
}

/** This thread's rows of gates = what the layer reads · W_x + b. */
export function projectInputs(model: LanguageModel, trace: LayersPass, layer: LayerTrace, share: Share): void {
  const { kernels, parameters, config, gateColumns: N } = model;
  const suffix = layerSuffix(layer.place);
  const own = partOf(share, trace.T * trace.B);
  const into = part(layer.gates, own, N);
  kernels.fillRows(parameters.get(`b${suffix}`).values, into);
  const weights = columnsOf(parameters.get(`W_x${suffix}`).values, N);
  for (const { rows, width, at } of inputPieces(config, trace, layer.place.layer)) {
    const from = shifted(rows, own.first, 0);
    kernels.multiplyStrided(from, shifted(weights, at, 0), columnsOf(into, N), own.count, width, N, true);
  }
}

/**
 * This thread's rows of ∂J/∂ what layer k reads: Σ over its directions of dz W_xᵀ, added to what has come to the same place before: from
 * layers further up where connections are dense, or around the layer.
 */
export function inputBackward(
  model: LanguageModel,
  trace: LayersPass,
  back: Pick<BackwardTrace, 'layers' | 'outputs' | 'dx'>,
  k: number,
  share: Share,
): void {
  const { kernels, parameters, config, gateColumns: N } = model;
  const own = partOf(share, trace.T * trace.B);
  const isSecond = isDense(config) ? k < config.layers - 1 : skipAround(config, k) !== null && !trace.dropout;
  for (const { rows, width, at } of piecesOf(config, trace, k, back.dx, ({ read }) => read, readGradients(trace, back)))
    trace.layers[k].forEach((layer, d) => {
      const weights = shifted(columnsOf(parameters.get(`W_x${layerSuffix(layer.place)}`).values, N), at, 0);
      const dz = columnsOf(part(back.layers[k][d].dGates, own, N), N);
      const into = shifted(rows, own.first, 0);
      kernels.multiplyStrided(dz, transposed(weights), into, own.count, N, width, isSecond || d > 0);
    });
}

/** Without dropout the gradient of what is read is that of the output, in its memory. */
function readGradients(trace: LayersPass, { outputs }: Pick<BackwardTrace, 'outputs'>): { read: Float32Array[] }[] {
  return trace.dropout ? outputs : outputs.map(({ parts }) => ({ read: parts }));
}

/** This thread's columns of ∂J/∂W_x, ∂J/∂b, and of ∂J/∂W_t and ∂J/∂b_t where layer k has a transform gate. */
export function inputWeightGradients(
  model: LanguageModel,
  trace: LayersPass,
  back: BackwardTrace,
  k: number,
  gradient: GradientOf,
  share: Share,
): void {
  const { kernels, config, gateColumns: N } = model;
  const steps = trace.T * trace.B;
  const { first, count } = partOf(share, N, PANEL);
  trace.layers[k].forEach(({ place }, d) => {
    const { dGates } = back.layers[k][d];
    for (const { rows, width, at } of inputPieces(config, trace, k)) {
      const into = shifted(columnsOf(gradient(`W_x${layerSuffix(place)}`), N, first), at, 0);
      kernels.multiplyStrided(transposed(rows), columnsOf(dGates, N, first), into, width, steps, count, false);
    }
    kernels.sumRows(dGates, N, gradient(`b${layerSuffix(place)}`), first, count);
  });
  if (skipAround(config, k) === 'highway') gateWeightGradients(model, trace, back, k, gradient, share);
}

function gateWeightGradients(
  { kernels, config }: LanguageModel,
  { outputs, T, B }: LayersPass,
  back: BackwardTrace,
  k: number,
  gradient: GradientOf,
  share: Share,
): void {
  const H = config.hiddenUnits;
  const width = layerWidth(config);
  const suffix = layerSuffix({ layer: k, reverse: false });
  const { first, count } = partOf(share, H, PANEL);
  back.outputs[k].gates.forEach((dGate, p) => {
    outputs[k - 1].parts.forEach((below, q) => {
      const into = shifted(columnsOf(gradient(`W_t${suffix}`), width, p * H + first), q * H, 0);
      const states = transposed(statesAfterTokens(below, H, B));
      kernels.multiplyStrided(states, columnsOf(dGate, H, first), into, H, T * B, count, false);
    });
    kernels.sumRows(dGate, H, gradient(`b_t${suffix}`).subarray(p * H, (p + 1) * H), first, count);
  });
}
