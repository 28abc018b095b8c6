// What the inspector makes of a comparison's histories: parts of the text apart, and nothing of what still trains.
import assert from 'node:assert/strict';
import { fairShares } from '../../../webview/comparedLosses';
import { comparedModels } from '../../../webview/comparedModels';
import { syntheticComparison } from '../../../webview/harness/syntheticComparison';
import { syntheticMetrics, syntheticRecord } from '../../../webview/harness/syntheticRun';

describe('losses of a comparison', () => {
  const run = syntheticRecord({ phase: 'training' });
  const told = fairShares(run, syntheticMetrics(1240), syntheticComparison());

  it('are put together part by part of the text', () => {
    assert.deepEqual(
      told.map(({ share, step, models }) => [share, step, models.map(({ name }) => name)]),
      [
        [10, 1000, ['LSTM 128', 'GRU 151', 'Vanilla tanh 272']],
        [100, 4000, ['LSTM 128', 'GRU 151', 'Vanilla tanh 272']],
      ],
    );
    assert.equal(comparedModels(run, [], syntheticComparison()).flatMap(({ seeds }) => seeds).length, 9);
  });

  it('are those of runs that have ended', () => {
    assert.deepEqual(
      told[1].models.map(({ atStep, planned }) => [atStep?.n, planned]),
      [
        [2, 3],
        [3, 3],
        [3, 3],
      ],
    );
    assert.equal(told[1].verdicts.atStep?.best, 'GRU 151');
    const alone = fairShares(run, [], { budget: null, active: false, runs: [] });
    assert.deepEqual(alone, [], 'one model is no comparison');
  });
});
