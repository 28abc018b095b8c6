// A pass forward and back over lanes that all begin in the same state, without an output layer: what several inspections share.
import { columnsOf, transposed } from '../kernels/matrixKernels';
import type { LayersBackward } from '../network/backward';
import type { LayersPass } from '../network/forward';
import type { LanguageModel, NetworkPlan } from '../network/languageModel';
import { allocateOutputGradients, allocateOutputs } from '../network/layerOutputs';
import {
  allocateLayerGradients,
  allocateLayerTrace,
  initialRow,
  type LayerGradients,
  type LayerTrace,
} from '../network/layerTrace';
import { directionsOf, isDense, layerPlaces, layerSuffix } from '../network/networkConfig';
import type { LaneState } from './windowForward';

export interface LanePass {
  trace: LayersPass;
  back: LayersBackward;
}

/** Takes memory for T steps of B lanes in the arena; the inputs are rows that are given, or looked up by their ids. */
export function allocateLanePass(model: NetworkPlan, T: number, B: number, givenInputs: boolean): LanePass {
  const { kernels, config } = model;
  const { embeddingSize: E, layers: count } = config;
  const layers: LayerTrace[][] = Array.from({ length: count }, () => []);
  const gradients: LayerGradients[][] = Array.from({ length: count }, () => []);
  for (const place of layerPlaces(config)) {
    layers[place.layer].push(allocateLayerTrace(kernels, config, place, T, B));
    gradients[place.layer].push(allocateLayerGradients(kernels, config, T, B));
  }
  const outputs = allocateOutputs(kernels, config, layers, T, B);
  const tables = Array.from({ length: directionsOf(config) }, () => new Float32Array(0));
  const ids = kernels.allocateInts(T * B);
  const x = kernels.allocate(T * B * E);
  return {
    trace: { T, B, ids, x, givenInputs, tables, layers, outputs, dropout: null, ends: null, classHead: null },
    back: {
      layers: gradients,
      outputs: allocateOutputGradients(kernels, config, gradients, T, B),
      dx: kernels.allocate(T * B * E),
    },
  };
}

/** Puts every lane's forward directions into the state `before`, what reads backward into a zero state. */
export function enterState({ config }: LanguageModel, { trace }: LanePass, before: LaneState): void {
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
