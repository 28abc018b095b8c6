// The hyperparameters that fix a network's shape and its state before training.
import { CELL_DESCRIPTIONS, type Activation, type CellKind } from '../cells/cellDescription';

export interface NetworkConfig {
  cell: CellKind;
  /** Activation of the vanilla cell; LSTM and GRU do not use it. */
  activation: Activation;
  /** GRU: reset gate before the matrix product (the lecture) or after it (cuDNN, PyTorch). */
  resetGate: 'before' | 'after';
  hiddenUnits: number;
  embeddingSize: number;
  /** Number of distinct tokens, the unknown token included. */
  vocabulary: number;
  /** Recurrent layers on top of each other. */
  layers: number;
  /** Whether every layer also reads from the end to the beginning; its two states are joined. */
  bidirectional: boolean;
  /** How both directions' states become a layer's output: side by side where it is left out. */
  directionsJoined?: 'concatenation' | 'sum';
  /**
   * What leads around the layers above the first; nothing where it is left out. Those have inputs x as wide as their output y, the first
   * reads the embedding and has none. `residual`: y = h + x. `highway`: y = T∘h + (1 − T)∘x, T = σ(x W_t + b_t). `dense`: y = h, but a
   * layer reads the embedding and the outputs of all layers below, side by side. h are the joined states; the head reads the top layer's y.
   */
  connections?: 'none' | 'residual' | 'dense' | 'highway';
  /** b_t of highway connections before training; −2 where it is left out. */
  highwayBias?: number;
  /** Share of a layer's output that the cells above do not see while training; none where it is left out. What leads around them sees all. */
  dropout?: number;
  /** What is predicted; the next token after every token where it is left out. */
  head?: NetworkHead;
  /** Standard deviation of the embedding before training; 1 where it is left out. */
  embeddingDeviation?: number;
  recurrentInitialisation: 'orthogonal' | 'glorot' | 'normal' | 'identity';
  /** Standard deviation of 'normal', gain of 'identity'. */
  normalScale: number;
  /** LSTM forget-gate bias before training, unless it is drawn. */
  forgetBias: number;
  /** LSTM: T_max of biases b_f ~ ln U(1, T_max − 1), b_i = −b_f (Tallec & Ollivier 2018); constant biases where it is left out. */
  chronoSteps?: number;
  /** Spectral radius that every block of W_h is scaled to; as drawn where it is 0 or left out. */
  spectralRadius?: number;
  /** Only W_o and b_o are trained: an echo state network. */
  reservoir?: boolean;
  seed: number;
}

/**
 * How what the top layer gives over time becomes one: `last` is that of each direction where it has read everything, or at the last token
 * where directions are summed.
 */
export type Pooling = 'mean' | 'max' | 'last';

/**
 * A token after every token; one class for the whole sequence, from its pooled states; or one tag for every token, also for a part of
 * them only: a token that is hidden is predicted so, with the vocabulary for tags.
 */
export type NetworkHead =
  { kind: 'tokens' } | { kind: 'classes'; classes: number; pooling: Pooling } | { kind: 'tags'; tags: number };

/** `embedding`, `W_o`, `b_o`, and `W_x`, `W_h`, `b`, `b_hh` of every layer and direction with its suffix. */
export type ParameterName = string;

/** One direction of one layer. */
export interface LayerPlace {
  /** 0 is the one that reads the embedding. */
  layer: number;
  reverse: boolean;
}

export interface ParameterShape {
  name: ParameterName;
  shape: number[];
  /** What it is to its layer; the layer it belongs to, null for embedding and output. W_t and b_t are highway connections'. */
  kind: 'embedding' | 'W_x' | 'W_h' | 'b' | 'b_hh' | 'W_t' | 'b_t' | 'W_o' | 'b_o';
  place: LayerPlace | null;
}

/** What stands behind W_h and its kin: nothing for the first layer's forward direction, `_l1`, `_l0_reverse` … for the others. */
export function layerSuffix({ layer, reverse }: LayerPlace): string {
  if (layer === 0 && !reverse) return '';
  return `_l${layer}${reverse ? '_reverse' : ''}`;
}

/** 2 where every layer reads both ways. */
export function directionsOf(config: NetworkConfig): number {
  return config.bidirectional ? 2 : 1;
}

/** Layers from below, in each the forward direction first. */
export function layerPlaces(config: NetworkConfig): LayerPlace[] {
  return Array.from({ length: config.layers }, (_, layer) =>
    config.bidirectional
      ? [
          { layer, reverse: false },
          { layer, reverse: true },
        ]
      : [{ layer, reverse: false }],
  ).flat();
}

/** Whether a layer's output is the sum of its two directions' states. */
export function sumsDirections({ bidirectional, directionsJoined }: NetworkConfig): boolean {
  return bidirectional && directionsJoined === 'sum';
}

/** A layer's output is one part of H values per token, or two side by side: one for each direction. */
export function partsOf(config: NetworkConfig): number {
  return config.bidirectional && !sumsDirections(config) ? 2 : 1;
}

/** Width of a layer's output. */
export function layerWidth(config: NetworkConfig): number {
  return partsOf(config) * config.hiddenUnits;
}

/** Whether every layer reads the embedding and the outputs of all layers below. */
export function isDense({ connections, layers }: NetworkConfig): boolean {
  return connections === 'dense' && layers > 1;
}

/** What leads around a layer from its input to its output, which are equally wide; nothing around the first one. */
export function skipAround({ connections }: NetworkConfig, layer: number): 'residual' | 'highway' | null {
  return layer > 0 && (connections === 'residual' || connections === 'highway') ? connections : null;
}

/** Width of what a layer reads: the embedding, or the output of the layer below, or the embedding and those of all layers below. */
export function inputWidth(config: NetworkConfig, layer: number): number {
  if (layer === 0) return config.embeddingSize;
  return isDense(config) ? config.embeddingSize + layer * layerWidth(config) : layerWidth(config);
}

/** What is predicted of each sequence as a whole; null where the network predicts tokens. */
export function classHeadOf({ head }: NetworkConfig): { classes: number; pooling: Pooling } | null {
  return head?.kind === 'classes' ? head : null;
}

/** What is predicted of every token by itself; null where that is the next token, or where sequences are classified. */
export function tagHeadOf({ head }: NetworkConfig): { tags: number } | null {
  return head?.kind === 'tags' ? head : null;
}

/** Whether every lane is a sequence of its own, of its own length, rather than a piece of one long text. */
export function readsSequences({ head }: NetworkConfig): boolean {
  return head !== undefined && head.kind !== 'tokens';
}

/** Columns of W_o: the tokens of the vocabulary, the classes or the tags. */
export function outputWidth(config: NetworkConfig): number {
  return classHeadOf(config)?.classes ?? tagHeadOf(config)?.tags ?? config.vocabulary;
}

/** Names and shapes of every parameter, in the order in which they are stored, clipped and stepped. */
export function parameterShapes(config: NetworkConfig): ParameterShape[] {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = CELL_DESCRIPTIONS[config.cell].blocks * H;
  const shapes: ParameterShape[] = [{ name: 'embedding', shape: [V, E], kind: 'embedding', place: null }];
  for (const place of layerPlaces(config)) {
    const add = (kind: 'W_x' | 'W_h' | 'b' | 'b_hh', shape: number[]) =>
      shapes.push({ name: kind + layerSuffix(place), shape, kind, place });
    add('W_x', [inputWidth(config, place.layer), gateColumns]);
    add('W_h', [H, gateColumns]);
    add('b', [gateColumns]);
    if (hasRecurrentBias(config)) add('b_hh', [H]);
    const isLast = place.reverse === config.bidirectional;
    if (isLast && skipAround(config, place.layer) === 'highway') shapes.push(...transformGate(config, place.layer));
  }
  const outputs = outputWidth(config);
  shapes.push({ name: 'W_o', shape: [layerWidth(config), outputs], kind: 'W_o', place: null });
  shapes.push({ name: 'b_o', shape: [outputs], kind: 'b_o', place: null });
  return shapes;
}

/** Parameters that training moves: all but an echo state network's reservoir. */
export function trainedNames(config: NetworkConfig): ParameterName[] {
  const all = parameterShapes(config);
  const trained = config.reservoir ? all.filter(({ kind }) => kind === 'W_o' || kind === 'b_o') : all;
  return trained.map(({ name }) => name);
}

/** W_t and b_t of a layer, which belong to both its directions. */
function transformGate(config: NetworkConfig, layer: number): ParameterShape[] {
  const place = { layer, reverse: false };
  const width = layerWidth(config);
  return [
    { name: `W_t${layerSuffix(place)}`, shape: [width, width], kind: 'W_t', place },
    { name: `b_t${layerSuffix(place)}`, shape: [width], kind: 'b_t', place },
  ];
}

/** Whether the candidate has the second bias b_hh: a GRU whose reset gate acts after the product. */
export function hasRecurrentBias(config: NetworkConfig): boolean {
  return config.cell === 'gru' && config.resetGate === 'after';
}

/** Number of trainable values. */
export function parameterCount(config: NetworkConfig): number {
  return parameterShapes(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
