// What fixes a parser's shape: its word features, its recurrent layers, its perceptrons, and the names of what it predicts.
import type { NetworkConfig } from '../../engine/network/networkConfig';
import type { Language } from '../words/language';

/** A table of word features: every word has one row of every slot. */
export interface FeatureSlot {
  name: string;
  /** Rows of its table; row 0 of the first slot stands for unknown words. */
  size: number;
  width: number;
}

export interface ParserConfig {
  language: Language;
  /** The first one is the word itself. */
  slots: FeatureSlot[];
  /** Units of each direction of each layer. */
  units: number;
  layers: number;
  /** Width A of the perceptrons whose biaffine product scores arcs. */
  arcWidth: number;
  /** Width L of those that score relations. */
  labelWidth: number;
  /** With subtypes. */
  relations: string[];
  /** Universal parts of speech. */
  tags: string[];
  seed: number;
}

/** Shares that are dropped while training; nothing is in parsing. */
export interface ParserDropout {
  /** A word that was seen f times loses its row of the first slot, so that it looks unknown, with probability words / (words + f). */
  words: number;
  /** Whole rows of slots; the others are divided by what is left. */
  slots: number;
  /** Values between the recurrent layers. */
  layers: number;
  /** Values of the top layer's output, before the perceptrons. */
  top: number;
  /** Values of the perceptrons' outputs. */
  perceptrons: number;
}

export const NO_DROPOUT: ParserDropout = { words: 0, slots: 0, layers: 0, top: 0, perceptrons: 0 };

export interface ParameterShape {
  name: string;
  shape: number[];
}

/** Width of a word's features side by side. */
export function inputsOf({ slots }: ParserConfig): number {
  return slots.reduce((sum, { width }) => sum + width, 0);
}

/** Columns of all perceptrons side by side: as dependent and as head of arcs, as dependent and as head of relations. */
export function perceptronColumns({ arcWidth: A, labelWidth: L }: ParserConfig) {
  return { arcDependent: 0, arcHead: A, labelDependent: 2 * A, labelHead: 2 * A + L, width: 2 * (A + L) };
}

/** Columns of W_label: for every relation one per column of the head's perceptron, and one that stands alone. */
export function labelColumns({ relations, labelWidth }: ParserConfig): number {
  return relations.length * (labelWidth + 1);
}

/** Parameters besides those of the recurrent network, in the order in which they are stored. */
export function headShapes(config: ParserConfig): ParameterShape[] {
  const { slots, units, arcWidth: A, labelWidth: L } = config;
  const { width } = perceptronColumns(config);
  return [
    ...slots.map(({ name, size, width: columns }) => ({ name: `slot.${name}`, shape: [size, columns] })),
    { name: 'root', shape: [2 * units] },
    { name: 'W_perceptrons', shape: [2 * units, width] },
    { name: 'b_perceptrons', shape: [width] },
    { name: 'W_arc', shape: [A, A] },
    { name: 'b_arc', shape: [A] },
    { name: 'W_label', shape: [L, labelColumns(config)] },
    { name: 'b_label', shape: [labelColumns(config)] },
  ];
}

/**
 * The recurrent layers and the tagger on top of them. Their inputs are given as rows, so the embedding is one row that nothing reads.
 */
export function recurrentConfig(config: ParserConfig, dropout: number): NetworkConfig {
  return {
    ...{ cell: 'lstm', activation: 'tanh', resetGate: 'before', bidirectional: true, vocabulary: 1 },
    ...{ hiddenUnits: config.units, layers: config.layers, embeddingSize: inputsOf(config) },
    ...{ recurrentInitialisation: 'orthogonal', normalScale: 1, forgetBias: 1, dropout, seed: config.seed },
    head: { kind: 'tags', tags: config.tags.length },
  };
}
