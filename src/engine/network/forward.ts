// The forward pass over a batch of token sequences, layer by layer, keeping what backpropagation through time needs.
import { columnsOf } from '../kernels/matrixKernels';
import { partOf, SOLO, type Share } from '../kernels/programs';
import { allocateClassHead, narrowClassHead, type ClassHeadTrace } from './classHead';
import { holdEnds, holdsEnds, paddedForward } from './classHeadPadding';
import { allocateDropout, dropOutput, withoutDropout, type DropoutKeys } from './dropout';
import { allocateLaneEnds, narrowLaneEnds, setLengths, withPadding, type LaneEnds } from './laneEnds';
import type { LanguageModel, NetworkPlan } from './languageModel';
import { allocateLayerTrace, narrowLayerTrace, type LayerTrace } from './layerTrace';
import { projectInputs } from './layerInputs';
import { allocateOutputs, hasOwnOutput, narrowOutputs, writeOutput, type LayerOutput } from './layerOutputs';
import { directionsOf, isDense, layerPlaces, layerSuffix, type NetworkConfig } from './networkConfig';
import { allocateOutput, narrowOutput, writeLogits, type OutputTrace } from './outputLayer';
import { recurrentCell } from './recurrentCell';
import { part, requireTokens } from './stepRows';

/** Everything a forward pass computed; time-major in the arena. */
export interface ForwardTrace {
  T: number;
  B: number;
  /** Tokens read [T,B]. */
  ids: Int32Array;
  /** Input embeddings [T,B,E]; not filled in where the vocabulary is smaller than T·B. */
  x: Float32Array;
  /** x holds rows that were given; the ids are not looked up, and there are no tables. */
  givenInputs?: boolean;
  /** By direction of the first layer: W_x x + b of every token of the vocabulary [V,G·H]; empty where that is larger than T·B. */
  tables: Float32Array[];
  /** By layer from below, then by direction: forward, reverse. */
  layers: LayerTrace[][];
  /** What every layer gives to the one above, and the top one to the head. */
  outputs: LayerOutput[];
  /** What decides which values are dropped between layers; null for passes that drop none. */
  dropout: DropoutKeys | null;
  output: OutputTrace;
  /** Where lanes that are sequences of their own end; null where a text is read on and on. */
  ends: LaneEnds | null;
  /** What a network that classifies sequences has besides; null for one that predicts something of every token. */
  classHead: ClassHeadTrace | null;
}

/** What the recurrent layers read and write. */
export type LayersPass = Omit<ForwardTrace, 'output'>;

/** Whether input products are made once per token of the vocabulary rather than once per position. Dense layers all read the positions. */
export function usesTable(config: NetworkConfig, steps: number): boolean {
  return config.vocabulary < steps && !isDense(config);
}

/** Allocates a trace for T timesteps of B lanes with zero initial states; one to train with drops values where the network says so. */
export function allocateTrace(model: NetworkPlan, T: number, B: number, training = false): ForwardTrace {
  const { kernels, config, gateColumns } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const table = usesTable(config, T * B) ? V * gateColumns : 0;
  const layers: LayerTrace[][] = Array.from({ length: config.layers }, () => []);
  for (const place of layerPlaces(config)) layers[place.layer].push(allocateLayerTrace(kernels, config, place, T, B));
  const given = allocateOutputs(kernels, config, layers, T, B);
  const dropout = training ? allocateDropout(kernels, config, given) : null;
  const ends = allocateLaneEnds(kernels, config, B);
  const classHead = allocateClassHead(kernels, config, ends, B);
  return {
    T,
    B,
    ids: kernels.allocateInts(T * B),
    x: kernels.allocate(table ? 0 : T * B * E),
    tables: Array.from({ length: directionsOf(config) }, () => kernels.allocate(table)),
    layers,
    outputs: dropout?.outputs ?? given,
    dropout: dropout?.keys ?? null,
    output: allocateOutput(model, classHead ? B : T * B),
    ends,
    classHead,
  };
}

/** The same memory seen as a shorter or narrower pass; `T`·`B` may not exceed the trace's own. */
export function narrowTrace(model: NetworkPlan, trace: ForwardTrace, T: number, B: number): ForwardTrace {
  if (T > trace.T || B > trace.B) throw new RangeError(`${T}×${B} does not fit a trace of ${trace.T}×${trace.B}`);
  const { ends, classHead, dropout, x, tables } = trace;
  return {
    ...{ T, B, x, tables, dropout },
    ids: trace.ids.subarray(0, T * B),
    layers: trace.layers.map((both) => both.map((layer) => narrowLayerTrace(model.config, layer, T, B))),
    outputs: narrowOutputs(model.config, trace.outputs, T, B),
    output: narrowOutput(model, trace.output, classHead ? B : T * B),
    ends: ends && narrowLaneEnds(ends, B),
    classHead: classHead && narrowClassHead(classHead, model.config.hiddenUnits, B),
  };
}

/** Puts ids [T,B] (time-major) where the pass reads them. Throws RangeError when they do not fit or are no tokens. */
export function setInputs(model: LanguageModel, trace: ForwardTrace, ids: Int32Array): void {
  const { T, B } = trace;
  if (ids.length !== T * B) throw new RangeError(`${ids.length} ids for a pass of ${T}×${B}`);
  requireTokens(ids, model.config.vocabulary);
  trace.ids.set(ids);
}

/**
 * Runs ids [T,B] from the initial states in the trace; leaves logits in trace.output.logits. Alone, at once, and nothing is dropped. Where lanes are
 * sequences of their own, they may have `lengths` [B] (see setLengths); ids behind a lane's end are any tokens.
 */
export function forward(
  model: LanguageModel,
  ids: Int32Array,
  trace: ForwardTrace,
  lengths: Int32Array | null = null,
): void {
  const pass = withoutDropout((lengths && withPadding(trace)) ?? trace);
  setInputs(model, pass, ids);
  setLengths(pass, lengths);
  runLayers(model, pass, SOLO);
  writeLogits(model, pass);
}

/** This thread's share of all recurrent layers, from trace.ids and the initial states to the outputs after every token. */
export function runLayers(model: LanguageModel, trace: LayersPass, share: Share): void {
  const lanes = partOf(share, trace.B);
  for (const [k, both] of trace.layers.entries()) {
    const cells = both.map(({ place }) => recurrentCell(model, place));
    both.forEach((layer, d) => cells[d].packForward(layer, share));
    if (k === 0) projectTokens(model, trace, share);
    else for (const layer of both) projectInputs(model, trace, layer, share);
    share.sync();
    both.forEach((layer, d) => {
      const cell = cells[d];
      if (trace.ends?.padded) paddedForward({ model, cell, lengths: trace.ends.lengths, lanes }, layer);
      else cell.forwardPass(layer, lanes);
    });
    share.sync();
    // Each thread goes on with the rows that it reads of what it writes here.
    writeOutput(model, trace, k, share);
    dropOutput(model, trace, k, share);
  }
  const top = trace.layers.length - 1;
  if (!hasOwnOutput(model.config, top)) return;
  share.sync();
  if (!holdsEnds(trace)) return;
  holdEnds(model, trace, lanes);
  share.sync();
}

/**
 * First layer: gates = x W_x + b, x the rows of the embedding. With fewer tokens in the vocabulary than in the batch, W_x is applied
 * once per token of the vocabulary, the products are looked up and x is not needed.
 */
function projectTokens(model: LanguageModel, trace: LayersPass, share: Share): void {
  const { kernels, parameters, config, gateColumns: N } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const { ids, x, tables } = trace;
  const embedding = parameters.get('embedding').values;
  const table = tables[0].length > 0;
  const rows = partOf(share, table ? V : ids.length);
  if (!table && !trace.givenInputs) kernels.gatherRows(embedding, part(ids, rows, 1), E, part(x, rows, E));
  trace.layers[0].forEach(({ place, gates }, d) => {
    const into = part(table ? tables[d] : gates, rows, N);
    kernels.fillRows(parameters.get(`b${layerSuffix(place)}`).values, into);
    const weights = columnsOf(parameters.get(`W_x${layerSuffix(place)}`).values, N);
    const from = columnsOf(part(table ? embedding : x, rows, E), E);
    kernels.multiplyStrided(from, weights, columnsOf(into, N), rows.count, E, N, true);
  });
  if (!table) return;
  share.sync();
  const own = partOf(share, ids.length);
  trace.layers[0].forEach(({ gates }, d) => kernels.gatherRows(tables[d], part(ids, own, 1), N, part(gates, own, N)));
}
