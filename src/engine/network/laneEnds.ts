// Where lanes that are sequences of their own end: what comes later in a pass is padding.
import { bucketSteps } from '../../text/datasets/bucketedBatches';
import type { Allocator } from '../kernels/matrixKernels';
import type { ForwardTrace } from './forward';
import { readsSequences, type NetworkConfig } from './networkConfig';

/** In the arena. */
export interface LaneEnds {
  /** [B] tokens of each lane; what comes later is padding. */
  lengths: Int32Array;
  /** Whether a pass heeds them while it goes through time (see classHeadPadding.ts); without, all lanes must be T long. */
  padded: boolean;
}

/** Numbers of timesteps that passes are recorded for: short sequences need not go through the padding of long ones. */
export function recordedSteps(config: NetworkConfig, timesteps: number): number[] {
  return readsSequences(config) ? bucketSteps(timesteps) : [timesteps];
}

/** Null for a network that reads a text on and on. */
export function allocateLaneEnds(kernels: Allocator, config: NetworkConfig, B: number): LaneEnds | null {
  return readsSequences(config) ? { lengths: kernels.allocateInts(B), padded: false } : null;
}

/** The same memory for fewer lanes. */
export function narrowLaneEnds({ lengths, padded }: LaneEnds, B: number): LaneEnds {
  return { lengths: lengths.subarray(0, B), padded };
}

/** The same memory for passes whose lanes may end before T; null where lanes are no sequences. */
export function withPadding(trace: ForwardTrace): ForwardTrace | null {
  return trace.ends && { ...trace, ends: { ...trace.ends, padded: true } };
}

/**
 * Puts the lanes' numbers of tokens [B] where the pass reads them; all are T without them. Throws RangeError for another number of
 * lanes and lengths that are not whole numbers between 1 and T, TypeError where the network does not read whole sequences or the
 * trace takes no padding.
 */
export function setLengths({ T, B, ends }: ForwardTrace, lengths: Int32Array | null): void {
  if (!ends) {
    if (lengths)
      throw new TypeError('lanes of different lengths need a network that classifies sequences or tags them');
    return;
  }
  if (!lengths) {
    ends.lengths.fill(T);
    return;
  }
  if (!ends.padded) throw new TypeError('the pass takes no lanes of different lengths');
  if (lengths.length !== B) throw new RangeError(`${lengths.length} lengths for ${B} lanes`);
  lengths.forEach((length, lane) => {
    if (!(length >= 1 && length <= T)) throw new RangeError(`lane ${lane} has ${length} of 1 to ${T} tokens`);
  });
  ends.lengths.set(lengths);
}
