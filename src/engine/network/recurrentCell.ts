// What a recurrent cell does over a sequence, forward and backward; chosen by the network's configuration.
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

/** The passes allocate in the arena (the packed weights, see `packedFloats`): mark and release around them. */
export interface RecurrentCell {
  /** trace.gates holds W_x x(t) + b of every step; activates the gates and writes h[1…T] (and c[1…T]). */
  forwardPass(trace: ForwardTrace): void;
  /** From ∂J/∂h[1…T] to dGates, step by step from the last; adds to every ∂J/∂h[t] what flows there. */
  backwardPass(trace: ForwardTrace, back: BackwardTrace): void;
  /** Overwrites ∂J/∂W_h (and ∂J/∂b_hh) with the sum over all timesteps, once the backward pass has been done. */
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
