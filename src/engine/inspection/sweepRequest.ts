// What an all-pairs sweep is asked for, and where its norms go.
import { columnsOf, type StridedMatrix } from '../kernels/matrixKernels';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { layerWidth } from '../network/networkConfig';
import type { NormName } from './cellSweep';
import type { DirectionNorms, Norms } from './directionSweep';

export interface AllPairs<N extends Norms = Norms> {
  /** By layer from below, then by direction: forward, reverse. */
  directions: DirectionNorms<N>[][];
  /** [T,T]: ‖∂J(i)/∂x(j)‖, x the embedding. */
  input: N | null;
}

/** What is to be swept and written down. */
export interface SweepRequest {
  model: LanguageModel;
  trace: ForwardTrace;
  /** Which of the trace's sequences. */
  lane: number;
  /** ∂J(i)/∂y(i) of what the top layer gives, through the output layer [R, its width] in the arena: the first R steps' losses are known. */
  outputGradient: Float32Array;
  /** The one loss that is swept, where not all are: only its row is written, and there is no sum (norms of weights must be null). */
  only?: number;
  /** Where the norms go. Matrices begin as zeros: what no path leads to is not written. */
  norms: AllPairs;
}

/** Rows of a sweep besides the losses': the one of their sum. */
export const SUM_ROWS = 1;

/** The losses that a request asks for, of the R known ones: [from, to), empty where the only one is not known. */
export function askedLosses({ only }: SweepRequest, R: number): { from: number; to: number } {
  return only === undefined ? { from: 0, to: R } : { from: Math.min(only, R), to: Math.min(only + 1, R) };
}

/** Empty norms for a trace: matrices of `names` (and the input's, and weights', if `all`), rows of unknown losses NaN. */
export function emptyNorms<N extends Norms>(
  { T, layers }: ForwardTrace,
  known: number,
  names: readonly NormName[],
  all: boolean,
  create: (length: number) => N,
): AllPairs<N> {
  const filled = (length: number, from: number) => {
    const values = create(length);
    values.fill(NaN, from);
    return values;
  };
  const matrix = () => filled(T * T, known * T);
  const directions = layers.map((both) =>
    both.map(() => ({
      pairs: Object.fromEntries(names.map((name) => [name, matrix()])),
      weight: all ? filled(T, known) : null,
    })),
  );
  return { directions, input: all ? matrix() : null };
}

/** Columns of the output layer's gradient that belong to direction d of the top layer, from row i on. */
export function outputRow({ model, outputGradient }: SweepRequest, i: number, d: number): StridedMatrix {
  const { hiddenUnits: H } = model.config;
  const width = layerWidth(model.config);
  return columnsOf(outputGradient, width, i * width + d * H);
}

/** Whether any norm of the two parts of an LSTM's ∂J/∂c is to be written down. */
export function asksForPaths({ directions }: AllPairs): boolean {
  return directions.flat().some(({ pairs }) => pairs.direct ?? pairs.hiddenPath);
}
