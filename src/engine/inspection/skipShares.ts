// How much of a loss's gradient goes around the layers of a network with connections, and how much through them.
import { columnsOf, shifted, transposed, type StridedMatrix } from '../kernels/matrixKernels';
import { SOLO } from '../kernels/programs';
import { layersBackward, type LayersBackward } from '../network/backward';
import { countFloats } from '../network/countFloats';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel, NetworkPlan } from '../network/languageModel';
import { allocateOutputGradients, tokenRows } from '../network/layerOutputs';
import { allocateLayerGradients } from '../network/layerTrace';
import { isDense, layerSuffix, layerWidth, partsOf, skipAround, type NetworkConfig } from '../network/networkConfig';

/**
 * Of ∂J/∂x_l(t), x_l what lies below layer l (the output of the layer below, or the embedding below the first) and J the sum of the known
 * losses: the norm of the part that comes through layer l, by its cells and its transform gate, and of the part that comes around it: by the
 * identity of a residual connection, by the carry 1 − T of a highway, or straight from layers above l where connections are dense.
 * The two parts add up to the gradient; their norms need not.
 */
export interface SkipShare {
  /** l: 0 only where connections are dense. */
  layer: number;
  /** [T] each, outside the arena; NaN at steps whose own loss is not known. */
  through: Float32Array;
  around: Float32Array;
}

interface Memory {
  back: LayersBackward;
  /** [T, widest of embedding and output] each. */
  parts: Float32Array[];
}

function allocate({ kernels, config }: NetworkPlan, T: number): Memory {
  const directions = Array.from({ length: config.bidirectional ? 2 : 1 });
  const layers = Array.from({ length: config.layers }, () =>
    directions.map(() => allocateLayerGradients(kernels, config, T, 1)),
  );
  const widest = Math.max(config.embeddingSize, layerWidth(config));
  return {
    back: {
      layers,
      outputs: allocateOutputGradients(kernels, config, layers, T, 1),
      dx: kernels.allocate(T * config.embeddingSize),
    },
    parts: [0, 1].map(() => kernels.allocate(T * widest)),
  };
}

/** Whether anything leads around a layer. */
function leadsAround(config: NetworkConfig): boolean {
  return isDense(config) || skipAround(config, config.layers - 1) !== null;
}

/** Upper bound of the float32 values for windows of up to `steps` tokens. */
export function skipShareFloats(config: NetworkConfig, steps: number): number {
  return leadsAround(config) ? countFloats(config, (plan) => void allocate(plan, steps)) : 0;
}

/**
 * Of a trace of one lane; `outputGradient` [R, layer width]: ∂J(i)/∂y(i) of the top layer for the first R steps. Empty for networks without
 * connections around layers. The arena is left as it was.
 */
export function skipShares(model: LanguageModel, trace: ForwardTrace, outputGradient: Float32Array): SkipShare[] {
  const { kernels, config } = model;
  if (!leadsAround(config)) return [];
  const mark = kernels.mark();
  try {
    const memory = allocate(model, trace.T);
    setOutputGradient(model, trace, memory.back, outputGradient);
    layersBackward(model, trace, memory.back, SOLO, () => undefined);
    const first = isDense(config) ? 0 : 1;
    const known = outputGradient.length / layerWidth(config);
    return Array.from({ length: config.layers - first }, (_, k) => shareOf(model, trace, memory, first + k, known));
  } finally {
    kernels.release(mark);
  }
}

function setOutputGradient(
  { config }: LanguageModel,
  { T, outputs }: ForwardTrace,
  back: LayersBackward,
  outputGradient: Float32Array,
): void {
  const H = config.hiddenUnits;
  const width = layerWidth(config);
  const top = outputs.length - 1;
  outputs[top].parts.forEach(({ place }, p) => {
    const rows = tokenRows({ h: back.outputs[top].parts[p], place }, H, 1, { first: 0, count: T });
    rows.fill(0);
    for (let i = 0; i * width < outputGradient.length; i++)
      rows.set(outputGradient.subarray(i * width + p * H, i * width + (p + 1) * H), i * H);
  });
}

function shareOf(
  model: LanguageModel,
  trace: ForwardTrace,
  { back, parts }: Memory,
  layer: number,
  known: number,
): SkipShare {
  const { kernels, config } = model;
  const { embeddingSize: E } = config;
  const width = layer === 0 ? E : layerWidth(config);
  const [through, around] = parts.map((values) => values.subarray(0, trace.T * width));
  for (const part of [through, around]) kernels.zero(part);
  const at = layer === 0 || !isDense(config) ? 0 : E + (layer - 1) * layerWidth(config);
  addThroughCells(model, trace, back, layer, at, columnsOf(through, width), width);
  if (isDense(config))
    for (let above = layer + 1; above < config.layers; above++)
      addThroughCells(model, trace, back, above, at, columnsOf(around, width), width);
  const skip = skipAround(config, layer);
  if (skip !== null) addAround(model, trace, back, layer, through, around);
  return { layer, through: rowNorms(through, width, known), around: rowNorms(around, width, known) };
}

/** into += Σ over the directions of a layer of dz W_xᵀ, the rows of W_x from `at` on. */
function addThroughCells(
  { kernels, parameters, gateColumns: N }: LanguageModel,
  { T, layers }: ForwardTrace,
  back: LayersBackward,
  layer: number,
  at: number,
  into: StridedMatrix,
  width: number,
): void {
  layers[layer].forEach(({ place }, d) => {
    const weights = shifted(columnsOf(parameters.get(`W_x${layerSuffix(place)}`).values, N), at, 0);
    const dz = columnsOf(back.layers[layer][d].dGates, N);
    kernels.multiplyStrided(dz, transposed(weights), into, T, N, width, true);
  });
}

/** The identity or the carry to `around`; what comes by the transform gate is added to `through`. */
function addAround(
  { kernels, parameters, config }: LanguageModel,
  { T, outputs }: ForwardTrace,
  back: LayersBackward,
  layer: number,
  through: Float32Array,
  around: Float32Array,
): void {
  const H = config.hiddenUnits;
  const width = layerWidth(config);
  const isHighway = skipAround(config, layer) === 'highway';
  for (let p = 0; p < partsOf(config); p++) {
    const { place } = outputs[layer].parts[p];
    const dOutput = tokenRows({ h: back.outputs[layer].parts[p], place }, H, 1, { first: 0, count: T });
    for (let k = 0; k < T * H; k++) {
      const carried = isHighway ? 1 - outputs[layer].gates[p][k] : 1;
      around[Math.floor(k / H) * width + p * H + (k % H)] = carried * dOutput[k];
    }
    if (!isHighway) continue;
    const { values } = parameters.get(`W_t${layerSuffix({ layer, reverse: false })}`);
    const weights = transposed(shifted(columnsOf(values, width), 0, p * H));
    const dGate = columnsOf(back.outputs[layer].gates[p], H);
    kernels.multiplyStrided(dGate, weights, columnsOf(through, width), T, H, width, true);
  }
}

function rowNorms(values: Float32Array, width: number, known: number): Float32Array {
  return Float32Array.from({ length: values.length / width }, (_, t) => {
    if (t >= known) return NaN;
    let squares = 0;
    for (let k = t * width; k < (t + 1) * width; k++) squares += values[k] * values[k];
    return Math.sqrt(squares);
  });
}
