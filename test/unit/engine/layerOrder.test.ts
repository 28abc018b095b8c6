// The order of evaluation: all steps of a layer before the next layer, as the kernels do, or all layers of a step before the next step.
import assert from 'node:assert/strict';
import { initialState, readTokens, traceFrom } from '../../../src/engine/inspection/windowForward';
import { CONNECTIONS } from '../../../src/protocol/runConfig';
import { largestDifference } from './kernelsUnderTest';
import { disposeModels, smallTraining } from './smallTraining';

const IDS = Int32Array.of(3, 1, 4, 1, 5, 2, 0, 5);
const VOCABULARY = 6;

describe('a stack of layers', () => {
  afterEach(disposeModels);

  for (const cell of ['lstm', 'gru', 'vanilla'] as const)
    for (const connections of CONNECTIONS)
      it(`of ${cell}, connections ${connections}, gives the same numbers layer by layer and step by step`, async () => {
        const { model, kernels } = await smallTraining({ cell, connections, layers: 4 }, { timesteps: 16 });
        const mark = kernels.mark();
        const layerMajor = traceFrom(model, IDS, initialState(model)).output.logits.slice();
        kernels.release(mark);
        const timeMajor: number[] = [];
        let state = initialState(model);
        for (const id of IDS) {
          state = readTokens(model, Int32Array.of(id), state);
          timeMajor.push(...(state.logits ?? []));
        }
        assert.equal(timeMajor.length, IDS.length * VOCABULARY);
        assert.ok(largestDifference(layerMajor, Float32Array.from(timeMajor)) < 1e-6);
      });
});
