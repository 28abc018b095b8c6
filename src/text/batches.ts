// Cuts the training text into contiguous lanes, so that truncated BPTT can carry each lane's state from slice to slice.
import type { TokenRange } from './split';
import type { TokenSource } from './tokenSource';

/** Timesteps per slice and lanes per batch. */
export interface BatchShape {
  timesteps: number;
  lanes: number;
}

/** Slices per epoch that a short text is still cut into. */
const SLICES_WANTED = 4;

/**
 * The shape that a text of `tokens` allows: the wanted one, or fewer lanes, then fewer timesteps, so that every epoch has
 * at least four slices where possible.
 */
export function shapeForText(wanted: BatchShape, tokens: number): BatchShape {
  const steps = Math.max(1, tokens - 1);
  const timesteps = Math.max(1, Math.min(wanted.timesteps, Math.floor(steps / SLICES_WANTED)));
  const lanes = Math.max(1, Math.min(wanted.lanes, Math.floor(steps / (SLICES_WANTED * timesteps))));
  return { timesteps, lanes };
}

/**
 * The batches of a text. Lane b reads the tokens from b·laneLength on; slice s covers timesteps s·T … s·T+T−1 of every
 * lane, and its targets are the tokens one further. What does not fill a slice at a lane's end is left out of the epoch.
 */
export class Batches {
  readonly laneLength: number;
  readonly slicesPerEpoch: number;
  private readonly lane: Uint16Array;

  constructor(
    private readonly source: TokenSource,
    private readonly range: TokenRange,
    readonly shape: BatchShape,
  ) {
    this.laneLength = Math.floor((range.length - 1) / shape.lanes);
    this.slicesPerEpoch = Math.floor(this.laneLength / shape.timesteps);
    if (this.slicesPerEpoch < 1) throw new RangeError(`${range.length} tokens do not fill one slice`);
    this.lane = new Uint16Array(shape.timesteps + 1);
  }

  /** Fills `inputs` and `targets`, both time-major [T, B], with a slice of the epoch. */
  fill(slice: number, inputs: Int32Array, targets: Int32Array): void {
    const { timesteps, lanes } = this.shape;
    for (let b = 0; b < lanes; b++) {
      this.source.read(this.range.start + b * this.laneLength + slice * timesteps, this.lane);
      for (let t = 0; t < timesteps; t++) {
        inputs[t * lanes + b] = this.lane[t];
        targets[t * lanes + b] = this.lane[t + 1];
      }
    }
  }
}
