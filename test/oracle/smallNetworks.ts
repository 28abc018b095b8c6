// Small random networks and texts for comparisons, from a generator of its own so that every test run sees the same.
import { gateBlocks, type OracleParameters, type OracleShape } from './float64Network';

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every kind of cell once, as a name for a test's title and its shape. */
export function everyCell(
  hiddenUnits: number,
  embeddingSize: number,
  vocabulary: number,
): { name: string; shape: OracleShape }[] {
  const sizes = { hiddenUnits, embeddingSize, vocabulary };
  const shape = (
    cell: OracleShape['cell'],
    activation: OracleShape['activation'],
    resetGate: OracleShape['resetGate'],
  ) => ({
    cell,
    activation,
    resetGate,
    ...sizes,
  });
  return [
    { name: 'vanilla tanh', shape: shape('vanilla', 'tanh', 'before') },
    { name: 'vanilla sigmoid', shape: shape('vanilla', 'sigmoid', 'before') },
    { name: 'vanilla relu', shape: shape('vanilla', 'relu', 'before') },
    { name: 'LSTM', shape: shape('lstm', 'tanh', 'before') },
    { name: 'GRU, reset before the product', shape: shape('gru', 'tanh', 'before') },
    { name: 'GRU, reset after the product', shape: shape('gru', 'tanh', 'after') },
  ];
}

/** Shape of every parameter by its name, in the order of a checkpoint. */
export function parameterShapes(shape: OracleShape): Record<string, number[]> {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V } = shape;
  const width = gateBlocks(shape.cell) * H;
  return {
    embedding: [V, E],
    W_x: [E, width],
    W_h: [H, width],
    b: [width],
    ...(shape.cell === 'gru' && shape.resetGate === 'after' ? { b_hh: [H] } : {}),
    W_o: [H, V],
    b_o: [V],
  };
}

/** Parameters uniform in ±scale/√fan-in (biases ±scale/2), rounded to float32 so that both precisions hold the same numbers. */
export function randomParameters(shape: OracleShape, seed: number, scale = 1.5): OracleParameters {
  const random = randomNumbers(seed);
  const parameters: OracleParameters = {};
  for (const [name, dimensions] of Object.entries(parameterShapes(shape))) {
    const size = dimensions.reduce((a, b) => a * b, 1);
    const reach =
      name === 'embedding'
        ? scale
        : dimensions.length === 1
          ? scale / 2
          : (scale * Math.sqrt(3)) / Math.sqrt(dimensions[0]);
    parameters[name] = Float64Array.from({ length: size }, () => Math.fround((2 * random() - 1) * reach));
  }
  return parameters;
}

/** `length` token ids below `vocabulary`. */
export function randomIds(vocabulary: number, length: number, seed: number): Int32Array {
  const random = randomNumbers(seed);
  return Int32Array.from({ length }, () => Math.floor(random() * vocabulary));
}
