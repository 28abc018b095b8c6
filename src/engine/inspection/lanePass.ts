// A pass forward and back over lanes that all begin in the same state, without an output layer: what several inspections share.
import { columnsOf, transposed } from '../kernels/matrixKernels';
import { SOLO } from '../kernels/programs';
import type { LayersBackward } from '../network/backward';
import { runLayers, type LayersPass } from '../network/forward';
import type { LanguageModel, NetworkPlan } from '../network/languageModel';
import { allocateOutputGradients, allocateOutputs } from '../network/layerOutputs';
import {
  allocateLayerGradients,
  allocateLayerTrace,
  finalRow,
  initialRow,
  type LayerGradients,
  type LayerTrace,
} from '../network/layerTrace';
import { directionsOf, isDense, layerPlaces, layerSuffix } from '../network/networkConfig';
import { requireTokens } from '../network/stepRows';
import type { LaneState } from './windowForward';

export interface LanePass {
  trace: LayersPass;
  back: LayersBackward;
}

/** Takes memory for T steps of B lanes forward in the arena; the inputs are rows that are given, or looked up by their ids. */
export function allocateLanes(model: NetworkPlan, T: number, B: number, givenInputs: boolean): LayersPass {
  const { kernels, config } = model;
  const layers: LayerTrace[][] = Array.from({ length: config.layers }, () => []);
  for (const place of layerPlaces(config)) layers[place.layer].push(allocateLayerTrace(kernels, config, place, T, B));
  const outputs = allocateOutputs(kernels, config, layers, T, B);
  const tables = Array.from({ length: directionsOf(config) }, () => new Float32Array(0));
  const ids = kernels.allocateInts(T * B);
  const x = kernels.allocate(T * B * config.embeddingSize);
  return { T, B, ids, x, givenInputs, tables, layers, outputs, dropout: null, ends: null, classHead: null };
}

/** The same forward and back. */
export function allocateLanePass(model: NetworkPlan, T: number, B: number, givenInputs: boolean): LanePass {
  const { kernels, config } = model;
  const { embeddingSize: E, layers: count } = config;
  const trace = allocateLanes(model, T, B, givenInputs);
  const gradients: LayerGradients[][] = Array.from({ length: count }, () => []);
  for (const { layer } of layerPlaces(config)) gradients[layer].push(allocateLayerGradients(kernels, config, T, B));
  return {
    trace,
    back: {
      layers: gradients,
      outputs: allocateOutputGradients(kernels, config, gradients, T, B),
      dx: kernels.allocate(T * B * E),
    },
  };
}

/** Puts every lane's forward directions into the state `before`, what reads backward into a zero state. */
export function enterState({ config }: LanguageModel, trace: LayersPass, before: LaneState): void {
  const H = config.hiddenUnits;
  const lanes = trace.B;
  trace.layers.forEach((both, layer) =>
    both.forEach((traced) => {
      const at = initialRow(traced) * lanes * H;
      for (const states of [traced.h, traced.c]) states?.fill(0, at, at + lanes * H);
      if (traced.place.reverse) return;
      for (let lane = 0; lane < lanes; lane++) {
        traced.h.set(before.h[layer], at + lane * H);
        if (before.c) traced.c?.set(before.c[layer], at + lane * H);
      }
    }),
  );
}

/** ∂J/∂x [T,B,E] once the layers' gradients are there: overwrites and returns `back.dx`. */
export function inputGradients(model: LanguageModel, { trace, back }: LanePass): Float32Array {
  const { kernels, config, parameters, gateColumns: N } = model;
  const { embeddingSize: E } = config;
  trace.layers[0].forEach(({ place }, d) => {
    const inputWeights = transposed(columnsOf(parameters.get(`W_x${layerSuffix(place)}`).values, N));
    const dz = columnsOf(back.layers[0][d].dGates, N);
    const isSecond = d > 0 || isDense(config);
    kernels.multiplyStrided(dz, inputWeights, columnsOf(back.dx, E), trace.T * trace.B, N, E, isSecond);
  });
  return back.dx;
}

/** Reads ids [T] in one lane from the state `before`, without what is predicted; allocated here: mark and release around it. */
export function readLane(model: LanguageModel, ids: Int32Array, before: LaneState): LayersPass {
  const trace = allocateLanes(model, ids.length, 1, false);
  requireTokens(ids, model.config.vocabulary);
  trace.ids.set(ids);
  enterState(model, trace, before);
  runLayers(model, trace, SOLO);
  return trace;
}

/** The state after reading ids [T] from `before`, without what is predicted; the arena is left as it was. */
export function passOver(model: LanguageModel, ids: Int32Array, before: LaneState): LaneState {
  const mark = model.kernels.mark();
  try {
    const forwards = readLane(model, ids, before).layers.map(([layer]) => layer);
    const H = model.config.hiddenUnits;
    const last = (layer: LayerTrace, states: Float32Array) =>
      states.slice(finalRow(layer) * H, (finalRow(layer) + 1) * H);
    return {
      h: forwards.map((layer) => last(layer, layer.h)),
      c: before.c && forwards.map((layer) => last(layer, layer.c ?? layer.h)),
      logits: null,
    };
  } finally {
    model.kernels.release(mark);
  }
}
