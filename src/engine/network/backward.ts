// Backpropagation through time: from the gradient of the logits to the gradient of every parameter.
import { columnsOf, transposed } from '../kernels/matrixKernels';
import type { ForwardTrace } from './forward';
import type { LanguageModel } from './languageModel';
import type { ParameterName } from './networkConfig';
import { recurrentCell, type BackwardTrace } from './recurrentCell';

/** Looks up the array [shape of the parameter] that receives a parameter's gradient. */
export type GradientOf = (name: ParameterName) => Float32Array;

/** Allocates what `backward` needs for T timesteps of B lanes. */
export function allocateBackwardTrace(model: LanguageModel, T: number, B: number): BackwardTrace {
  const { kernels, config, gateColumns } = model;
  const H = config.hiddenUnits;
  return {
    dh: kernels.allocate((T + 1) * B * H),
    dc: config.cell === 'lstm' ? kernels.allocate(B * H) : null,
    dGates: kernels.allocate(T * B * gateColumns),
    dCandidate: config.cell === 'gru' ? kernels.allocate(T * B * H) : null,
  };
}

/**
 * Overwrites the gradient of every parameter. `dLogits` [T,B,V] is ∂J/∂logits; the initial state is a constant
 * (truncated BPTT), its gradient is left in back.dh[0].
 */
export function backward(
  model: LanguageModel,
  ids: Int32Array,
  trace: ForwardTrace,
  dLogits: Float32Array,
  back: BackwardTrace,
  gradient: GradientOf,
): void {
  const { kernels, config, parameters } = model;
  const { hiddenUnits: H, vocabulary: V } = config;
  const { T, B } = trace;
  const steps = T * B;
  const states = columnsOf(trace.h, H, B * H);
  kernels.multiplyStrided(transposed(states), columnsOf(dLogits, V), columnsOf(gradient('W_o'), V), H, steps, V, false);
  kernels.sumRows(dLogits, V, gradient('b_o'));

  back.dh.fill(0, 0, B * H);
  back.dc?.fill(0);
  const output = transposed(columnsOf(parameters.get('W_o').values, V));
  kernels.multiplyStrided(columnsOf(dLogits, V), output, columnsOf(back.dh, H, B * H), steps, V, H, false);
  const cell = recurrentCell(model);
  const mark = kernels.mark();
  cell.backwardPass(trace, back);
  kernels.release(mark);
  cell.recurrentGradient(trace, back, gradient);
  inputGradients(model, ids, trace, back.dGates, gradient);
}

/**
 * ∂J/∂b = Σ dz, ∂J/∂W_x = xᵀ dz, ∂J/∂x = dz W_xᵀ scattered to the tokens' embeddings. With fewer tokens in the
 * vocabulary than in the batch, dz is summed per token first, which gives the same products at vocabulary size.
 */
function inputGradients(
  model: LanguageModel,
  ids: Int32Array,
  trace: ForwardTrace,
  dGates: Float32Array,
  gradient: GradientOf,
): void {
  const { kernels, config, parameters, gateColumns: N } = model;
  const { embeddingSize: E, vocabulary: V } = config;
  const steps = ids.length;
  const weights = transposed(columnsOf(parameters.get('W_x').values, N));
  const dWeights = columnsOf(gradient('W_x'), N);
  const dEmbedding = gradient('embedding');
  const mark = kernels.mark();
  if (V < steps) {
    const perToken = kernels.allocate(V * N);
    kernels.scatterAddRows(dGates, ids, N, perToken);
    kernels.sumRows(perToken, N, gradient('b'));
    const embedding = transposed(columnsOf(parameters.get('embedding').values, E));
    kernels.multiplyStrided(embedding, columnsOf(perToken, N), dWeights, E, V, N, false);
    kernels.multiplyStrided(columnsOf(perToken, N), weights, columnsOf(dEmbedding, E), V, N, E, false);
  } else {
    const dx = kernels.allocate(steps * E);
    kernels.multiplyStrided(transposed(columnsOf(trace.x, E)), columnsOf(dGates, N), dWeights, E, steps, N, false);
    kernels.multiplyStrided(columnsOf(dGates, N), weights, columnsOf(dx, E), steps, N, E, false);
    dEmbedding.fill(0);
    kernels.scatterAddRows(dx, ids, E, dEmbedding);
    kernels.sumRows(dGates, N, gradient('b'));
  }
  kernels.release(mark);
}
