// What a layer gives to the one above: its states, joined where there are two directions, and with what leads around the layer. A plain
// stack's outputs are its states themselves, in the same memory.
import { columnsOf, shifted, transposed, type Allocator } from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';
import type { LayersPass } from './forward';
import type { BackwardTrace } from './backward';
import type { LanguageModel } from './languageModel';
import { firstOutputRow, type LayerGradients, type LayerTrace, type StateRows } from './layerTrace';
import { layerSuffix, layerWidth, partsOf, skipAround, sumsDirections, type NetworkConfig } from './networkConfig';
import { part } from './stepRows';

/** In the arena; by part, which is a direction's unless directions are summed (see partsOf). */
export interface LayerOutput {
  /** h: states, of both directions together where these are summed. */
  joined: StateRows[];
  /** y: what the layer gives. */
  parts: StateRows[];
  /** What the cells above read: y, or what dropout leaves of it. */
  read: StateRows[];
  /** T of highway connections [T·B,H]. */
  gates: Float32Array[];
}

/** Gradients of that, laid out alike. */
export interface OutputGradients {
  /** ∂J/∂y */
  parts: Float32Array[];
  /** ∂J/∂ what the cells above read: the same memory where nothing is dropped. */
  read: Float32Array[];
  /** ∂J/∂z of T = σ(z). */
  gates: Float32Array[];
}

/** Whether a layer's output has memory of its own besides its states. */
export function hasOwnOutput(config: NetworkConfig, layer: number): boolean {
  return sumsDirections(config) || skipAround(config, layer) !== null;
}

export function allocateOutputs(
  kernels: Allocator,
  config: NetworkConfig,
  layers: LayerTrace[][],
  T: number,
  B: number,
): LayerOutput[] {
  const H = config.hiddenUnits;
  const rowsOf = (places: StateRows[]) =>
    Array.from({ length: partsOf(config) }, (_, p) => ({
      ...{ place: places[p].place, T, B },
      h: kernels.allocate((T + 1) * B * H),
    }));
  return layers.map((both, k) => {
    const isHighway = skipAround(config, k) === 'highway';
    const parts = hasOwnOutput(config, k) ? rowsOf(both) : both;
    const joined = !sumsDirections(config) ? both : isHighway ? rowsOf(both) : parts;
    const gates = isHighway ? parts.map(() => kernels.allocate(T * B * H)) : [];
    return { joined, parts, read: parts, gates };
  });
}

/** The same memory for a shorter or narrower pass. */
export function narrowOutputs(config: NetworkConfig, outputs: LayerOutput[], T: number, B: number): LayerOutput[] {
  const H = config.hiddenUnits;
  const narrow = (states: StateRows[]) =>
    states.map(({ place, h }) => ({ ...{ place, T, B }, h: h.subarray(0, (T + 1) * B * H) }));
  return outputs.map(({ joined, parts, read, gates }) => ({
    joined: narrow(joined),
    parts: narrow(parts),
    read: narrow(read),
    gates: gates.map((gate) => gate.subarray(0, T * B * H)),
  }));
}

export function allocateOutputGradients(
  kernels: Allocator,
  config: NetworkConfig,
  layers: LayerGradients[][],
  T: number,
  B: number,
): OutputGradients[] {
  const H = config.hiddenUnits;
  const isDropped = (config.dropout ?? 0) > 0;
  return layers.map((both, k) => {
    const own = (length: number) => Array.from({ length: partsOf(config) }, () => kernels.allocate(length));
    const parts = hasOwnOutput(config, k) ? own((T + 1) * B * H) : both.map(({ dh }) => dh);
    const read = isDropped && k < config.layers - 1 ? own((T + 1) * B * H) : parts;
    return { parts, read, gates: skipAround(config, k) === 'highway' ? own(T * B * H) : [] };
  });
}

/** Rows [first, first + count) of the T·B after tokens, dense. */
export function tokenRows(
  { h, place }: Pick<StateRows, 'h' | 'place'>,
  H: number,
  B: number,
  rows: { first: number; count: number },
): Float32Array {
  return part(h, { first: firstOutputRow(place) * B + rows.first, count: rows.count }, H);
}

/** This thread's rows of a layer's output, once its states are there and so are these rows of the output below. */
export function writeOutput(model: LanguageModel, trace: LayersPass, k: number, share: Share): void {
  const { kernels, config } = model;
  if (!hasOwnOutput(config, k)) return;
  const rows = partOf(share, trace.T * trace.B);
  const { joined, parts } = trace.outputs[k];
  const of = (states: StateRows) => tokenRows(states, config.hiddenUnits, trace.B, rows);
  const [forward, reverse] = trace.layers[k];
  if (sumsDirections(config)) kernels.connections.add(of(forward), of(reverse), of(joined[0]));
  const skip = skipAround(config, k);
  if (skip === null) return;
  const below = trace.outputs[k - 1].parts;
  if (skip === 'residual')
    parts.forEach((states, p) => kernels.connections.add(of(joined[p]), of(below[p]), of(states)));
  else writeHighway(model, trace, k, rows);
}

function writeHighway(
  { kernels, parameters, config }: LanguageModel,
  { outputs, B }: LayersPass,
  k: number,
  rows: { first: number; count: number },
): void {
  const H = config.hiddenUnits;
  const width = layerWidth(config);
  const suffix = layerSuffix({ layer: k, reverse: false });
  const weights = columnsOf(parameters.get(`W_t${suffix}`).values, width);
  const bias = parameters.get(`b_t${suffix}`).values;
  const of = (states: StateRows) => tokenRows(states, H, B, rows);
  const below = outputs[k - 1].parts;
  outputs[k].parts.forEach((states, p) => {
    const gate = part(outputs[k].gates[p], rows, H);
    kernels.fillRows(bias.subarray(p * H, (p + 1) * H), gate);
    below.forEach((from, q) => {
      const own = shifted(weights, q * H, p * H);
      kernels.multiplyStrided(columnsOf(of(from), H), own, columnsOf(gate, H), rows.count, H, H, true);
    });
    kernels.activate('sigmoid', gate, rows.count, H, 0, H);
    kernels.connections.highway(gate, of(outputs[k].joined[p]), of(below[p]), of(states));
  });
}

/**
 * This thread's rows of what flows from ∂J/∂y of a layer to ∂J/∂h of its directions and, around it, to ∂J/∂y of the layer below, where it
 * is the first to arrive.
 */
export function outputBackward(
  model: LanguageModel,
  trace: LayersPass,
  back: Pick<BackwardTrace, 'layers' | 'outputs'>,
  k: number,
  share: Share,
): void {
  const { kernels, config } = model;
  if (!hasOwnOutput(config, k)) return;
  const { connections } = kernels;
  const H = config.hiddenUnits;
  const rows = partOf(share, trace.T * trace.B);
  const { parts } = trace.outputs[k];
  const skip = skipAround(config, k);
  parts.forEach(({ place }, p) => {
    const rowsOf = (h: Float32Array, of = place) => tokenRows({ h, place: of }, H, trace.B, rows);
    const dOutput = rowsOf(back.outputs[k].parts[p]);
    const directions = sumsDirections(config) ? [0, 1] : [p];
    const [first, ...others] = directions.map((d) => rowsOf(back.layers[k][d].dh, trace.layers[k][d].place));
    if (skip === 'highway')
      connections.highwayGradient({
        gate: part(trace.outputs[k].gates[p], rows, H),
        states: rowsOf(trace.outputs[k].joined[p].h),
        carried: rowsOf(trace.outputs[k - 1].parts[p].h),
        dOutput,
        dGate: part(back.outputs[k].gates[p], rows, H),
        dStates: first,
        dCarried: rowsOf(back.outputs[k - 1].parts[p]),
      });
    else connections.copy(dOutput, first);
    if (skip === 'residual') connections.copy(dOutput, rowsOf(back.outputs[k - 1].parts[p]));
    for (const other of others) connections.copy(first, other);
  });
  if (skip === 'highway') gateBackward(model, trace, back, k, rows);
}

/** ∂J/∂y of the layer below += ∂J/∂z W_tᵀ. */
function gateBackward(
  { kernels, parameters, config }: LanguageModel,
  trace: LayersPass,
  { outputs }: Pick<BackwardTrace, 'outputs'>,
  k: number,
  rows: { first: number; count: number },
): void {
  const H = config.hiddenUnits;
  const values = parameters.get(`W_t${layerSuffix({ layer: k, reverse: false })}`).values;
  const weights = columnsOf(values, layerWidth(config));
  trace.outputs[k - 1].parts.forEach(({ place }, q) => {
    const into = columnsOf(tokenRows({ h: outputs[k - 1].parts[q], place }, H, trace.B, rows), H);
    outputs[k].gates.forEach((dGate, p) => {
      const own = transposed(shifted(weights, q * H, p * H));
      kernels.multiplyStrided(columnsOf(part(dGate, rows, H), H), own, into, rows.count, H, H, true);
    });
  });
}
