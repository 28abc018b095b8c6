// Sums of losses of one stretch of text, such as those of a word's characters, and how each depends on every token before: one sweep back
// over all sums, as in allPairsGradients.ts, but that a row belongs to a sum. For plain stacks that read forward; others go lane by
// lane (laneLosses.ts).
import { columnsOf, shifted } from '../kernels/matrixKernels';
import type { LayersPass } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { inputWidth } from '../network/networkConfig';
import { isConnected } from './connectedMemory';
import { DirectionSweep } from './directionSweep';
import type { LaneLoss } from './laneLosses';
import { readLane } from './lanePass';
import { outputGradients, takeLosses } from './nextTokenLoss';
import { writeNorms } from './rowGradients';
import { allocateSweep } from './sweepMemory';
import type { LaneState } from './windowForward';

/** The losses of tokens [first, end) of the stretch, foretold from those before them; first ≥ 1. */
export interface TokenGroup {
  first: number;
  end: number;
}

/** Whether `groupedLosses` can be asked of a network. */
export function sweepsGroups({ config }: LanguageModel): boolean {
  return !config.bidirectional && !isConnected(config) && (config.head === undefined || config.head.kind === 'tokens');
}

/** No loss begins at a row's own step here. */
const NO_OWN_STEP = -1e9;
/** Norms by the states are not asked for. */
const NO_NORMS = { pairs: {}, weight: null };

/**
 * Reads ids [T] from the state `before`; groups are in the order of the text and do not overlap. Norms are of tokens 0 … T−1. The arena is
 * left as it was. Throws RangeError for groups that are not so.
 */
export function groupedLosses(
  model: LanguageModel,
  before: LaneState,
  ids: Int32Array,
  groups: readonly TokenGroup[],
): LaneLoss[] {
  const last = groups.at(-1)?.end ?? 0;
  groups.forEach(({ first, end }, g) => {
    if (!(first >= Math.max(1, g > 0 ? groups[g - 1].end : 1) && end > first && end <= ids.length))
      throw new RangeError(`group ${g} of tokens ${first} to ${end} of ${ids.length}`);
  });
  const found = groups.map(() => ({ loss: 0, norms: new Float64Array(ids.length) }));
  if (last === 0) return found;
  const { kernels } = model;
  const mark = kernels.mark();
  try {
    // What comes after the last loss changes nothing.
    const trace = readLane(model, ids.subarray(0, last - 1), before);
    const targets = ids.subarray(1, last);
    const logits = logitsOf(model, trace);
    const { losses, others } = takeLosses(model, logits, Array.from(targets));
    const outputGradient = outputGradients(model, logits, targets, others);
    const H = model.config.hiddenUnits;
    const sweeps = trace.layers.map(([layer], k) => {
      const extent = { capacity: groups.length, inputWidth: inputWidth(model.config, k), paths: false };
      const sweep = new DirectionSweep(model, layer, 0, true, allocateSweep(model, extent), NO_NORMS);
      sweep.begin({ firstLoss: NO_OWN_STEP, losses: 0, hasSum: false });
      return sweep;
    });
    const squares = kernels.allocateDoubles(groups.length);
    const column = new Float64Array(groups.length);
    const top = sweeps.length - 1;
    let first = groups.length - 1;
    for (let t = last - 2; t >= 0; t--) {
      // Token t+1 is foretold after step t: the rows of its group and of all later ones are under way.
      while (first > 0 && groups[first - 1].end - 2 >= t) first--;
      const range = { first, count: groups.length - first };
      const isOwn = groups[first].first - 1 <= t && t <= groups[first].end - 2;
      if (isOwn) found[first].loss += losses[t];
      for (let k = top; k >= 0; k--) {
        if (k < top) sweeps[k].receive(range, sweeps[k + 1].input(first));
        else if (isOwn) sweeps[k].receiveOutput(first, columnsOf(outputGradient, H, t * H));
        sweeps[k].step(t, range);
      }
      const { values, scales } = sweeps[0].input(first);
      kernels.sweep.rowSquares(values, range.count, model.config.embeddingSize, squares);
      writeNorms(column, 1, 0, first, range.count, squares, scales, 1);
      for (let g = first; g < groups.length; g++) found[g].norms[t] = column[g];
    }
    return found;
  } finally {
    kernels.release(mark);
  }
}

/** Logits [T,V] of what the top layer gives in one lane. */
function logitsOf({ kernels, config, parameters }: LanguageModel, { T, outputs }: LayersPass): Float32Array {
  const { hiddenUnits: H, vocabulary: V } = config;
  const [{ h }] = outputs[outputs.length - 1].parts;
  const logits = kernels.allocate(T * V);
  kernels.fillRows(parameters.get('b_o').values, logits);
  const weights = columnsOf(parameters.get('W_o').values, V);
  // The first row is the initial state.
  kernels.multiplyStrided(shifted(columnsOf(h, H), 1, 0), weights, columnsOf(logits, V), T, H, V, true);
  return logits;
}
