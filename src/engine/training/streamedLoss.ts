// The mean loss over a text much longer than one slice, streamed slice by slice with the states carried along.
import { SOLO, type Program } from '../kernels/programs';
import { withoutDropout } from '../network/dropout';
import { narrowTrace, runLayers, setInputs, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { meanLoss, runOutput, setTargets } from '../network/outputLayer';
import { CarriedStates } from './carriedStates';

export class StreamedLoss {
  private readonly whole: Program;
  private readonly room: ForwardTrace;

  /** `room` is scratch memory; its T and B bound the slices and the lanes. Passes that fill it run on all threads. */
  constructor(
    private readonly model: LanguageModel,
    room: ForwardTrace,
  ) {
    const evaluated = (this.room = withoutDropout(room));
    this.whole = model.kernels.program((share) => {
      runLayers(model, evaluated, share);
      runOutput(model, evaluated, null, share);
    });
  }

  /**
   * Nats per token of predicting ids[1…] over at most `maxTokens` predictions. Every lane begins from zero states and has at least
   * T predictions where the text allows; the fewer than B predictions that do not fill all lanes are left out. NaN for fewer than
   * two ids.
   */
  over(ids: Int32Array, maxTokens: number): number {
    const { model, room } = this;
    const available = Math.min(ids.length - 1, maxTokens);
    if (available < 1) return NaN;
    const lanes = Math.max(1, Math.min(room.B, Math.floor(available / room.T)));
    const perLane = Math.floor(available / lanes);
    const states = new CarriedStates(model, lanes);
    let sum = 0;
    for (let start = 0; start < perLane; start += room.T) {
      const T = Math.min(room.T, perLane - start);
      const trace = narrowTrace(model, room, T, lanes);
      const inputs = new Int32Array(T * lanes);
      const targets = new Int32Array(T * lanes);
      for (let t = 0; t < T; t++)
        for (let lane = 0; lane < lanes; lane++) {
          const at = lane * perLane + start + t;
          inputs[t * lanes + lane] = ids[at];
          targets[t * lanes + lane] = ids[at + 1];
        }
      setInputs(model, trace, inputs);
      setTargets(model, trace, targets);
      states.enter(trace);
      if (T === room.T && lanes === room.B) this.whole.run();
      else {
        runLayers(model, trace, SOLO);
        runOutput(model, trace, null, SOLO);
      }
      sum += meanLoss(trace.output) * T * lanes;
      states.leave(trace);
    }
    return sum / (lanes * perLane);
  }
}
