// What is measured. Every contestant gets these objects as they are, so that all do the same work.

interface Shape {
  cell: 'lstm' | 'gru' | 'vanilla';
  layers: number;
  bidirectional: boolean;
  /** 0: a language model that predicts every next token; else a classifier over the mean of the top layer's states. */
  classes: number;
  hidden: number;
  embedding: number;
  vocabulary: number;
  batch: number;
  timesteps: number;
  learningRate: number;
  clipNorm: number;
}

/** A whole training step: forward, backward, clipping by global norm, Adam; a language model carries its state on. */
export interface TrainingWorkload extends Shape {
  task: 'train';
  id: string;
  title: string;
}

/**
 * Looking inside an LSTM over one window of text: gates of all steps, ‖∂J(i)/∂h(j)‖ of all pairs, ∂h(T)/∂h(j) of all j; and all that one
 * picture of the inspector shows, which only the engine has.
 */
export interface InspectionWorkload extends Shape {
  task: 'gates' | 'allPairs' | 'jacobians' | 'window';
  id: string;
  title: string;
}

/** C [m,n] = A·B, several times in a row. */
export interface ProductWorkload {
  task: 'product';
  id: string;
  title: string;
  product: [m: number, k: number, n: number];
  /** packed: B is packed once, as the engine does with weights; transposed: A is stored as [k,m]; plain: neither. */
  form: 'packed' | 'transposed' | 'plain';
  repeats: number;
}

/** Multiply-adds in registers only: as fast as a core can go. */
export interface PeakWorkload {
  task: 'peak';
  id: string;
  title: string;
}

export type Workload = TrainingWorkload | InspectionWorkload | ProductWorkload | PeakWorkload;

const SHAPE: Shape = {
  ...{ cell: 'lstm', layers: 1, bidirectional: false, classes: 0 },
  ...{ hidden: 128, embedding: 64, vocabulary: 100, batch: 32, timesteps: 64 },
  ...{ learningRate: 2e-3, clipNorm: 1 },
};

const training = (id: string, title: string, differs: Partial<Shape>): TrainingWorkload => ({
  ...SHAPE,
  ...differs,
  ...{ task: 'train', id, title },
});

const inspection = (task: InspectionWorkload['task'], title: string): InspectionWorkload => ({
  ...SHAPE,
  ...{ batch: 1, timesteps: 256 },
  ...{ task, id: task, title },
});

/** Enough products that the clock's resolution does not matter. */
const FLOATING_POINT_OPERATIONS = 40e6;

const product = (form: ProductWorkload['form'], m: number, k: number, n: number): ProductWorkload => ({
  task: 'product',
  id: `product-${form}-${m}x${k}x${n}`,
  title: `${m}×${k} · ${k}×${n}, ${form}`,
  product: [m, k, n],
  form,
  repeats: Math.ceil(FLOATING_POINT_OPERATIONS / (2 * m * k * n)),
});

export const WORKLOADS: Workload[] = [
  training('lstm128', 'LSTM 128', {}),
  training('gru128', 'GRU 128', { cell: 'gru' }),
  training('vanilla128', 'vanilla 128', { cell: 'vanilla' }),
  training('lstm256x2', 'LSTM 256 × 2', { hidden: 256, layers: 2 }),
  training('lstm128v5000', 'LSTM 128, V = 5000', { vocabulary: 5000 }),
  training('bilstm128', 'BiLSTM 128 classifier', { bidirectional: true, classes: 2 }),
  inspection('gates', 'gates'),
  inspection('allPairs', 'all pairs ‖∂J(i)/∂h(j)‖'),
  inspection('jacobians', '∂h(T)/∂h(j), all j'),
  inspection('window', 'a whole picture'),
  { task: 'peak', id: 'peak', title: 'multiply-adds in registers' },
  // The products of the steps above: recurrent forward and backward, weight gradient, logits and their gradient.
  product('packed', 32, 128, 512),
  product('packed', 32, 512, 128),
  product('transposed', 128, 2048, 512),
  product('plain', 2048, 128, 100),
  product('packed', 32, 256, 1024),
  product('packed', 32, 1024, 256),
  product('transposed', 256, 2048, 1024),
  product('plain', 2048, 256, 1024),
  product('plain', 2048, 128, 5000),
];

/** Floating-point operations of one step of a product workload. */
export function operationsOf({ product: [m, k, n], repeats }: ProductWorkload): number {
  return 2 * m * k * n * repeats;
}

/** The shape most workloads share, for the head of a table. */
export const SHAPE_SENTENCE = `B = ${SHAPE.batch}, T = ${SHAPE.timesteps}, E = ${SHAPE.embedding}, V = ${SHAPE.vocabulary}`;
