// The recorded passes that a training session chooses from: over slices of a text one; over sequences of their own lengths one for
// every number of timesteps that batches come in, so that short sequences do not go through the padding of long ones.
import type { Share } from '../kernels/programs';
import { allocateBackwardTrace, type GradientOf } from '../network/backward';
import { allocateTrace, type ForwardTrace } from '../network/forward';
import { recordedSteps, withPadding } from '../network/laneEnds';
import type { LanguageModel } from '../network/languageModel';
import { recordPass, type RecordedPass } from './lossOperation';

export class RecordedPasses {
  /** The longest, in which all lanes are T long. */
  readonly whole: RecordedPass;
  /** By timesteps, over lanes that may end earlier; none where a text is read on and on. */
  private readonly padded = new Map<number, RecordedPass>();

  /** Allocates traces and records; `finish` is recorded behind the gradients. */
  constructor(
    model: LanguageModel,
    timesteps: number,
    private readonly lanes: number,
    gradient: GradientOf,
    finish: (share: Share) => void,
  ) {
    const traceOf = (T: number) => allocateTrace(model, T, lanes, true);
    const record = (trace: ForwardTrace) => {
      const back = allocateBackwardTrace(model, trace.T, lanes);
      return (over: ForwardTrace) => recordPass(model, over, back, gradient, finish);
    };
    const trace = traceOf(timesteps);
    const recordWhole = record(trace);
    this.whole = recordWhole(trace);
    for (const T of recordedSteps(model.config, timesteps)) {
      const own = T === timesteps ? trace : traceOf(T);
      const padded = withPadding(own);
      if (padded) this.padded.set(T, (T === timesteps ? recordWhole : record(own))(padded));
    }
  }

  /** The pass over so many inputs, with or without lengths; the whole one, which then complains, where none fits. */
  over(inputs: number, lengths: Int32Array | null): RecordedPass {
    return (lengths && (this.padded.get(inputs / this.lanes) ?? this.padded.get(this.whole.trace.T))) ?? this.whole;
  }
}
