// What a recurrent cell does over a sequence, forward and backward; chosen by the network's configuration.
import type { Share } from '../kernels/programs';
import { createGruCell } from './gruCell';
import type { LanguageModel } from './languageModel';
import type { LayerGradients, LayerTrace } from './layerTrace';
import { createLstmCell } from './lstmCell';
import type { LayerPlace, ParameterName } from './networkConfig';
import type { Lanes } from './stepRows';
import { createVanillaCell } from './vanillaCell';

/** One direction of a layer. What is packed must have been packed by all threads before a pass begins. */
export interface RecurrentCell {
  /** This thread's part of W_h into trace.packed, in the order the forward pass reads it. */
  packForward(trace: LayerTrace, share: Share): void;
  /** trace.gates holds W_x x(t) + b of every step; activates the gates and writes the states of the lanes. */
  forwardPass(trace: LayerTrace, lanes: Lanes): void;
  /** This thread's part of W_hᵀ into trace.packed. */
  packBackward(trace: LayerTrace, share: Share): void;
  /**
   * From ∂J/∂h of the states after every token, as far as it comes from above, to dGates, step by step from the last one
   * read; adds to every ∂J/∂h what flows there.
   */
  backwardPass(trace: LayerTrace, gradients: LayerGradients, lanes: Lanes): void;
  /** Overwrites this thread's columns of ∂J/∂W_h (and ∂J/∂b_hh) with the sum over all timesteps, once dGates are there. */
  recurrentGradient(
    trace: LayerTrace,
    gradients: LayerGradients,
    gradient: (name: ParameterName) => Float32Array,
    share: Share,
  ): void;
}

export function recurrentCell(model: LanguageModel, place: LayerPlace): RecurrentCell {
  switch (model.config.cell) {
    case 'vanilla':
      return createVanillaCell(model, place);
    case 'lstm':
      return createLstmCell(model, place);
    case 'gru':
      return createGruCell(model, place);
  }
}
