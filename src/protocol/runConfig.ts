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
export const CONNECTIONS = ['none', 'residual', 'dense', 'highway'] as const;
export const JOINED_DIRECTIONS = ['concatenation', 'sum'] as const;
export const FORGET_GATES = ['constant', 'chrono'] as const;
export const TASKS = ['language', 'classification', 'tagging', 'cloze'] as const;
export const POOLINGS = ['mean', 'max', 'last'] as const;

/** The limits of every number a person can set; package.json repeats them and a test holds the two equal. */
export const LIMITS = {
  hiddenUnits: [1, 1024],
  layers: [1, 8],
  embeddingSize: [1, 512],
  sequenceLength: [2, 1024],
  batchSize: [1, 256],
  learningRate: [1e-6, 10],
  clipNorm: [0, 1000],
  normalScale: [1e-4, 10],
  forgetBias: [-10, 10],
  highwayBias: [-10, 10],
  dropout: [0, 0.9],
  spectralRadius: [0, 10],
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
  /** What is learnt from the text: the next token, a class of every sequence, a tag of every token, or a hidden token. */
  task: v.optional(v.picklist(TASKS), 'language'),
  /** How a classifier makes one state of those of all tokens. */
  pooling: v.optional(v.picklist(POOLINGS), 'mean'),
  /** Units of one layer and direction. */
  hiddenUnits: integer(...LIMITS.hiddenUnits),
  /** Recurrent layers on top of each other; this and what follows of the network is left out by runs from before there was a choice. */
  layers: v.optional(integer(...LIMITS.layers), 1),
  /** Whether every layer also reads from the end to the beginning; not for language models. */
  bidirectional: v.optional(v.boolean(), false),
  /** What both directions of a layer give to what lies above: both side by side, or their sum. */
  directionsJoined: v.optional(v.picklist(JOINED_DIRECTIONS), 'concatenation'),
  /** What leads around the layers above the first; see NetworkConfig. */
  connections: v.optional(v.picklist(CONNECTIONS), 'none'),
  /** Bias of the transform gates of highway connections before training: below 0 they carry. */
  highwayBias: v.optional(real(...LIMITS.highwayBias), -2),
  /** Share of the values that are dropped between layers while training; classifying and tagging also of the tokens, read as unknown. */
  dropout: v.optional(real(...LIMITS.dropout), 0),
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
  /** LSTM: forget gates begin with the same bias, or with biases for memories of all lengths up to a slice's ("chrono"). */
  forgetGate: v.optional(v.picklist(FORGET_GATES), 'constant'),
  /** LSTM forget-gate bias before training, where it is constant. */
  forgetBias: real(...LIMITS.forgetBias),
  /** W_h is scaled to this spectral radius before training; 0 leaves it as drawn. */
  spectralRadius: v.optional(real(...LIMITS.spectralRadius), 0),
  /** Echo state network: all but the read-out stays as drawn. */
  reservoir: v.optional(v.boolean(), false),
  seed: integer(...LIMITS.seed),
  epochs: integer(...LIMITS.epochs),
});
export type RunConfig = v.InferOutput<typeof runConfigSchema>;

export const DEFAULT_CONFIG: RunConfig = {
  cell: 'lstm',
  activation: 'tanh',
  resetGate: 'before',
  unit: 'characters',
  task: 'language',
  pooling: 'mean',
  hiddenUnits: 128,
  layers: 1,
  bidirectional: false,
  directionsJoined: 'concatenation',
  connections: 'none',
  highwayBias: -2,
  dropout: 0,
  embeddingSize: 64,
  sequenceLength: 64,
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 2e-3,
  clipNorm: 1,
  recurrentInitialisation: 'orthogonal',
  normalScale: 0.1,
  forgetGate: 'constant',
  forgetBias: 1,
  spectralRadius: 0,
  reservoir: false,
  seed: 1,
  epochs: 10,
};

/** Why a network of this configuration would learn nothing, as the code of a failure; null where it can. */
export function configProblem({ task, bidirectional }: RunConfig): 'bidirectionalLanguage' | null {
  return task === 'language' && bidirectional ? 'bidirectionalLanguage' : null;
}
