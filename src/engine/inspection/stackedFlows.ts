// How every loss of one sequence of a batch depends on every state of the network, whatever its layers and directions: what the
// oracle compares element by element.
import { columnsOf, shifted } from '../kernels/matrixKernels';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { firstOutputRow } from '../network/layerTrace';
import { readsSequences } from '../network/networkConfig';
import { allPairsGradients } from './allPairsGradients';
import { outputGradients, takeLosses } from './nextTokenLoss';
import { emptyNorms } from './sweepRequest';

/** By layer from below, then by direction (forward, reverse): row-major [T,T], row i, column j. */
export interface StackedFlows {
  /** ‖∂J(i)/∂h(j)‖ */
  hidden: Float64Array[][];
  /** ‖∂J(i)/∂c(j)‖, total: through c(j) and everything after it; null for cells without a cell state. */
  cell: Float64Array[][] | null;
}

/**
 * Of sequence `lane` of a trace [T,B] that a forward pass has filled in, from whatever initial states; J(i) = −ln p(target i),
 * `targets` [T,B], and exactly 0 where no path leads from the state to the loss. The arena is left as it was; what it takes
 * is at most `inspectionFloats`. Throws RangeError for a target outside the vocabulary or a lane outside the batch,
 * TypeError for a network that classifies sequences.
 */
export function stackedFlows(
  model: LanguageModel,
  trace: ForwardTrace,
  targets: Int32Array,
  lane: number,
): StackedFlows {
  const { kernels, config } = model;
  const { T, B } = trace;
  if (!(lane >= 0 && lane < B)) throw new RangeError(`lane ${lane} is outside a batch of ${B}`);
  if (targets.length !== T * B) throw new RangeError(`${targets.length} targets for a pass of ${T}×${B}`);
  if (readsSequences(config)) throw new TypeError('a network that classifies sequences has no loss at every position');
  const mark = kernels.mark();
  try {
    const own = Int32Array.from({ length: T }, (_, t) => targets[t * B + lane]);
    const logits = laneLogits(model, trace, lane);
    const { others } = takeLosses(model, logits, [...own]);
    const outputGradient = outputGradients(model, logits, own, others);
    const isLstm = config.cell === 'lstm';
    const norms = emptyNorms(trace, T, isLstm ? ['hidden', 'cell'] : ['hidden'], false, (n) => new Float64Array(n));
    allPairsGradients({ model, trace, lane, outputGradient, norms });
    const all = (name: 'hidden' | 'cell') =>
      norms.directions.map((both) => both.map(({ pairs }) => pairs[name] ?? new Float64Array()));
    return { hidden: all('hidden'), cell: isLstm ? all('cell') : null };
  } finally {
    kernels.release(mark);
  }
}

/** Logits [T,V] of one sequence, anew from what the top layer gives: a pass may have left gradients in their place. */
function laneLogits(model: LanguageModel, { T, B, outputs }: ForwardTrace, lane: number): Float32Array {
  const { kernels, config, parameters } = model;
  const { hiddenUnits: H, vocabulary: V } = config;
  const logits = kernels.allocate(T * V);
  kernels.fillRows(parameters.get('b_o').values, logits);
  const weights = columnsOf(parameters.get('W_o').values, V);
  outputs[outputs.length - 1].parts.forEach(({ h, place }, d) => {
    const states = { ...columnsOf(h, H, (firstOutputRow(place) * B + lane) * H), rowStride: B * H };
    kernels.multiplyStrided(states, shifted(weights, d * H, 0), columnsOf(logits, V), T, H, V, true);
  });
  return logits;
}
