// The states of the inspector that have no picture: nothing trained, preparing, failed before the network was built.
import type { InspectorState, ToInspector } from '../../src/protocol/inspectorMessages';
import { syntheticRecord, syntheticState } from './syntheticRun';
import { HARNESS_TEXT } from './syntheticText';

/** The host's full state, with what differs from an empty one. */
export const state = (changes: Partial<InspectorState> = {}): ToInspector => ({
  kind: 'state',
  state: syntheticState(changes),
});

export const START_SCENARIOS = {
  empty: () => [
    state({
      estimate: {
        bytes: 1_115_394,
        characters: 1_115_394,
        distinct: 65,
        sampled: false,
        encoding: 'utf-8',
        steps: 4000,
        seconds: 70,
        preview: HARNESS_TEXT,
      },
      runs: [{ id: 'a', label: 'GRU 128 · characters · lamps.txt', detail: '', phase: 'finished' }],
    }),
  ],
  emptyUnmeasured: () => [state()],
  emptyNoDocument: () => [state({ document: null })],
  preparing: () => [
    state({
      run: syntheticRecord({ phase: 'preparing', step: 0, corpus: null, parameters: 0 }),
      progress: { activity: 'reading', fraction: 0.4, tokensPerSecond: null, secondsLeft: null },
    }),
  ],
  failed: () => [
    state({
      run: syntheticRecord({
        phase: 'failed',
        step: 0,
        corpus: null,
        parameters: 0,
        failure: { code: 'binaryFile', args: { name: 'lamps.txt', offset: 12 } },
      }),
      failure: {
        failure: { code: 'binaryFile', args: { name: 'lamps.txt', offset: 12 } },
        resumable: false,
        message: 'lamps.txt is not a text: byte 12 is zero. Choose a text file, or save it in a text encoding.',
      },
    }),
  ],
  failedToBegin: () => [
    state({
      failure: {
        failure: { code: 'textTooShort', args: { name: 'lamps.txt', tokens: 3, needed: 130 } },
        resumable: false,
        message:
          'lamps.txt has 3 characters; training needs at least 130. Add text, or choose a shorter sequence length.',
      },
    }),
  ],
  /** A file that could not be imported while a sound run is shown. */
  failedBeside: () => [
    state({
      run: syntheticRecord(),
      failure: {
        failure: { code: 'weightsUnusable', args: { name: 'net.safetensors', reason: 'it ends early' } },
        resumable: false,
        message: '“net.safetensors” does not hold the weights of a network that can be shown.',
      },
    }),
  ],
} satisfies Record<string, () => ToInspector[]>;
