// The head that tags tokens: the output layer's logits of every position, of which only the marked ones have a loss. Nothing of the
// others, nor of the padding behind a lane's end, reaches the mean loss or a gradient.
import type { Allocator, MatrixKernels } from '../kernels/matrixKernels';
import type { ForwardTrace } from './forward';
import { tagHeadOf, type NetworkConfig } from './networkConfig';
import { part, requireBelow } from './stepRows';

/** The target of a token that has no loss. */
export const NO_TAG = -1;

/** In the arena, so that recorded passes read what changes from batch to batch. */
export interface TagMarks {
  /** [T,B] 1 where there is a loss, else 0. */
  counted: Int32Array;
  /** [1] one by their number: what each loss weighs in the mean. */
  weight: Float32Array;
}

/** Null for every other head. */
export function allocateTagMarks(kernels: Allocator, config: NetworkConfig, rows: number): TagMarks | null {
  return tagHeadOf(config) && { counted: kernels.allocateInts(rows), weight: kernels.allocate(1) };
}

export function narrowTagMarks({ counted, weight }: TagMarks, rows: number): TagMarks {
  return { counted: counted.subarray(0, rows), weight };
}

/**
 * Puts tags [T,B] where the pass reads them, NO_TAG for tokens without a loss; targets in the padding count for nothing. Throws RangeError
 * for what is neither a tag nor NO_TAG, and where no token has one.
 */
export function setTags({ output, ends, B }: ForwardTrace, marks: TagMarks, tags: number, targets: Int32Array): void {
  let count = 0;
  const kept = targets.map((target, at) => {
    const inside = ends === null || Math.floor(at / B) < ends.lengths[at % B];
    marks.counted[at] = inside && target !== NO_TAG ? 1 : 0;
    count += marks.counted[at];
    return marks.counted[at] === 1 ? target : 0;
  });
  requireBelow(kept, tags, 'tag');
  if (count === 0) throw new RangeError('no token of the batch has a tag');
  output.targets.set(kept);
  marks.weight[0] = 1 / count;
}

/** Makes the gradients of unweighted losses, [rows,width] from `rows` on, those of the mean over what counts. */
export function weighGradients(
  kernels: MatrixKernels,
  { counted, weight }: TagMarks,
  rows: { first: number; count: number },
  gradients: Float32Array,
  width: number,
): void {
  if (rows.count === 0) return;
  // A row that does not count is a lane of no tokens, which ended before token 0.
  kernels.pooling.clearEnded({ lanes: rows.count, units: width }, 0, part(counted, rows, 1), gradients);
  kernels.scaleBy(gradients, weight);
}
