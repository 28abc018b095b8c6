// Dropout between layers while training: the cells above read a layer's output with some values dropped and the others divided by the share
// that is kept; what leads around them sees all. Which values is told by seed, step, layer and a value's place, nothing else.
import { mix } from '../kernels/javascriptConnections';
import type { Allocator } from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';
import type { BackwardTrace } from './backward';
import type { ForwardTrace, LayersPass } from './forward';
import type { LanguageModel } from './languageModel';
import { tokenRows, type LayerOutput } from './layerOutputs';
import { skipAround, type NetworkConfig } from './networkConfig';

/** By layer that is read by cells, the last one's left out: [1] each, in the arena. */
export type DropoutKeys = Int32Array[];

/** Gives the layers below the top memory for what is left of their outputs; null where nothing is dropped. */
export function allocateDropout(
  kernels: Allocator,
  config: NetworkConfig,
  outputs: LayerOutput[],
): { keys: DropoutKeys; outputs: LayerOutput[] } | null {
  if (!(config.dropout && config.layers > 1)) return null;
  const below = outputs.slice(0, -1);
  const dropped = below.map((output) => ({
    ...output,
    read: output.parts.map(({ place, T, B }) => ({
      ...{ place, T, B },
      h: kernels.allocate((T + 1) * B * config.hiddenUnits),
    })),
  }));
  return { keys: below.map(() => kernels.allocateInts(1)), outputs: [...dropped, ...outputs.slice(-1)] };
}

/** The same memory for passes that drop nothing: evaluation and inspection. */
export function withoutDropout(trace: ForwardTrace): ForwardTrace {
  return { ...trace, dropout: null, outputs: trace.outputs.map((output) => ({ ...output, read: output.parts })) };
}

/** Draws what the next pass drops: the same for the same seed and step. */
export function drawDropout({ dropout }: ForwardTrace, seed: number, step: number): void {
  dropout?.forEach((key, layer) => {
    key[0] = mix(mix(mix(seed) ^ step) ^ layer);
  });
}

/** This thread's rows of what the cells above a layer read. */
export function dropOutput(model: LanguageModel, trace: LayersPass, k: number, share: Share): void {
  forEachPart(model, trace, k, share, (p, rows, mask) => {
    const { parts, read } = trace.outputs[k];
    model.kernels.connections.dropout(rows(parts[p].h), rows(read[p].h), mask, false);
  });
}

/** This thread's rows of ∂J/∂y of a layer, from that of what the cells above read; what came around them stays in it. */
export function dropBackward(
  model: LanguageModel,
  trace: LayersPass,
  { outputs }: Pick<BackwardTrace, 'outputs'>,
  k: number,
  share: Share,
): void {
  const isSecond = skipAround(model.config, k + 1) !== null;
  forEachPart(model, trace, k, share, (p, rows, mask) => {
    const { parts, read } = outputs[k];
    model.kernels.connections.dropout(rows(read[p]), rows(parts[p]), mask, isSecond);
  });
}

function forEachPart(
  { config }: LanguageModel,
  { T, B, dropout, outputs }: LayersPass,
  k: number,
  share: Share,
  visit: (
    p: number,
    rows: (h: Float32Array) => Float32Array,
    mask: { key: Int32Array; first: number; rate: number },
  ) => void,
): void {
  if (!dropout || k >= dropout.length) return;
  const H = config.hiddenUnits;
  const own = partOf(share, T * B);
  outputs[k].parts.forEach(({ place }, p) => {
    const mask = { key: dropout[k], first: (p * T * B + own.first) * H, rate: config.dropout ?? 0 };
    visit(p, (h) => tokenRows({ h, place }, H, B, own), mask);
  });
}
