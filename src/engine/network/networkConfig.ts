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
  recurrentInitialisation: 'orthogonal' | 'glorot' | 'normal' | 'identity';
  /** Standard deviation of 'normal', gain of 'identity'. */
  normalScale: number;
  /** LSTM forget-gate bias before training. */
  forgetBias: number;
  seed: number;
}

export type ParameterName = 'embedding' | 'W_x' | 'W_h' | 'b' | 'b_hh' | 'W_o' | 'b_o';

/** Names and shapes of every parameter, in the order in which they are stored, clipped and stepped. */
export function parameterShapes(config: NetworkConfig): { name: ParameterName; shape: number[] }[] {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = config;
  const gateColumns = CELL_DESCRIPTIONS[config.cell].blocks * H;
  const shapes: { name: ParameterName; shape: number[] }[] = [
    { name: 'embedding', shape: [V, E] },
    { name: 'W_x', shape: [E, gateColumns] },
    { name: 'W_h', shape: [H, gateColumns] },
    { name: 'b', shape: [gateColumns] },
  ];
  if (hasRecurrentBias(config)) shapes.push({ name: 'b_hh', shape: [H] });
  shapes.push({ name: 'W_o', shape: [H, V] }, { name: 'b_o', shape: [V] });
  return shapes;
}

/** Whether the candidate has the second bias b_hh: a GRU whose reset gate acts after the product. */
export function hasRecurrentBias(config: NetworkConfig): boolean {
  return config.cell === 'gru' && config.resetGate === 'after';
}

/** Number of trainable values. */
export function parameterCount(config: NetworkConfig): number {
  return parameterShapes(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
