// What a recurrent cell does at one timestep, forward and backward; chosen by the network's configuration.
import { createGruCell } from './gruCell';
import type { ForwardTrace } from './forward';
import type { LanguageModel } from './languageModel';
import { createLstmCell } from './lstmCell';
import type { ParameterName } from './networkConfig';
import { createVanillaCell } from './vanillaCell';

/** Gradients flowing back through time; time-major float32 in the arena. */
export interface BackwardTrace {
  /** ∂J/∂h [T+1,B,H], indexed as ForwardTrace.h; complete for a state once every later step has been done. */
  dh: Float32Array;
  /** LSTM [B,H]: ∂J/∂c(t) as far as it comes from later steps' cell states. */
  dc: Float32Array | null;
  /** ∂J/∂(pre-activation) [T,B,G·H]: the gradient of W_x x(t) + b. */
  dGates: Float32Array;
  /** GRU [T,B,H]: ∂J/∂ForwardTrace.recurrentCandidate. */
  dCandidate: Float32Array | null;
}

export interface RecurrentCell {
  /** trace.gates[t] holds W_x x(t) + b; activates the step's gates and writes h[t+1] (and c[t+1]). */
  forwardStep(trace: ForwardTrace, t: number): void;
  /** From ∂J/∂h[t+1] to dGates[t], and adds what flows to h[t]. */
  backwardStep(trace: ForwardTrace, t: number, back: BackwardTrace): void;
  /** Overwrites ∂J/∂W_h (and ∂J/∂b_hh) with the sum over all timesteps, once every step has been done. */
  recurrentGradient(trace: ForwardTrace, back: BackwardTrace, gradient: (name: ParameterName) => Float32Array): void;
}

export function recurrentCell(model: LanguageModel): RecurrentCell {
  switch (model.config.cell) {
    case 'vanilla':
      return createVanillaCell(model);
    case 'lstm':
      return createLstmCell(model);
    case 'gru':
      return createGruCell(model);
  }
}
