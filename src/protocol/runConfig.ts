// What a person chooses before a training run, and the limits each choice must keep.
import * as v from 'valibot';

const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));

export const CELLS = ['vanilla', 'lstm', 'gru'] as const;
export const ACTIVATIONS = ['tanh', 'sigmoid', 'relu'] as const;
export const TOKEN_UNITS = ['characters', 'words'] as const;
export const RECURRENT_INITIALISATIONS = ['orthogonal', 'glorot', 'normal', 'identity'] as const;
export const OPTIMIZERS = ['adam', 'sgd', 'rmsprop'] as const;
export const RESET_GATES = ['before', 'after'] as const;

/** The limits of every number a person can set; package.json repeats them and a test holds the two equal. */
export const LIMITS = {
  hiddenUnits: [1, 1024],
  embeddingSize: [1, 512],
  sequenceLength: [2, 1024],
  batchSize: [1, 256],
  learningRate: [1e-6, 10],
  clipNorm: [0, 1000],
  normalScale: [1e-4, 10],
  forgetBias: [-10, 10],
  seed: [0, 2147483647],
  epochs: [1, 1000],
} as const;

export const runConfigSchema = v.object({
  cell: v.picklist(CELLS),
  /** Activation of the vanilla cell; LSTM and GRU always use tanh for their candidate. */
  activation: v.picklist(ACTIVATIONS),
  /** GRU: the reset gate acts before the matrix product (the lecture's equations) or after it (cuDNN, PyTorch). */
  resetGate: v.picklist(RESET_GATES),
  unit: v.picklist(TOKEN_UNITS),
  hiddenUnits: integer(...LIMITS.hiddenUnits),
  embeddingSize: integer(...LIMITS.embeddingSize),
  /** Timesteps per truncated-BPTT slice. */
  sequenceLength: integer(...LIMITS.sequenceLength),
  batchSize: integer(...LIMITS.batchSize),
  /** Adam, gradient descent with momentum 0.9, or RMSProp; runs from before there was a choice used Adam. */
  optimizer: v.optional(v.picklist(OPTIMIZERS), 'adam'),
  learningRate: real(...LIMITS.learningRate),
  /** Global-norm threshold; 0 switches clipping off. */
  clipNorm: real(...LIMITS.clipNorm),
  recurrentInitialisation: v.picklist(RECURRENT_INITIALISATIONS),
  /** Standard deviation when recurrentInitialisation is 'normal'; gain when it is 'identity'. */
  normalScale: real(...LIMITS.normalScale),
  /** LSTM forget-gate bias before training. */
  forgetBias: real(...LIMITS.forgetBias),
  seed: integer(...LIMITS.seed),
  epochs: integer(...LIMITS.epochs),
});
export type RunConfig = v.InferOutput<typeof runConfigSchema>;

export const DEFAULT_CONFIG: RunConfig = {
  cell: 'lstm',
  activation: 'tanh',
  resetGate: 'before',
  unit: 'characters',
  hiddenUnits: 128,
  embeddingSize: 64,
  sequenceLength: 64,
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 2e-3,
  clipNorm: 1,
  recurrentInitialisation: 'orthogonal',
  normalScale: 0.1,
  forgetBias: 1,
  seed: 1,
  epochs: 10,
};
