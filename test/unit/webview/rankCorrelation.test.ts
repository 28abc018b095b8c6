// Spearman's rank correlation against values worked out by hand and by its definition.
import assert from 'node:assert/strict';
import { chanceCorrelation, rankCorrelation } from '../../../webview/geometry/rankCorrelation';
import { randomNumbers } from '../../oracle/smallNetworks';

describe('the rank correlation', () => {
  it('is ±1 for the same and the opposite order, whatever the scales', () => {
    assert.ok(Math.abs(rankCorrelation([1, 2, 3, 40], [0.1, 7, 8, 9]) - 1) < 1e-12);
    assert.ok(Math.abs(rankCorrelation([1, 2, 3, 40], [9, 8, -7, -100]) + 1) < 1e-12);
  });

  it('is 1 − 6 Σd² / n(n² − 1) without ties', () => {
    // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, n = 5.
    assert.ok(Math.abs(rankCorrelation([10, 20, 30, 40, 50], [2, 1, 4, 3, 5]) - (1 - 24 / 120)) < 1e-12);
  });

  it('gives equal values their mean rank', () => {
    // Ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
    assert.ok(Math.abs(rankCorrelation([4, 4, 9], [1, 2, 3]) - 1.5 / Math.sqrt(1.5 * 2)) < 1e-12);
  });

  it('is not known of fewer than three pairs or where one side never varies', () => {
    assert.ok(Number.isNaN(rankCorrelation([1, 2], [1, 2])));
    assert.ok(Number.isNaN(rankCorrelation([1, 1, 1], [1, 2, 3])));
    assert.throws(() => rankCorrelation([1], [1, 2]), RangeError);
  });

  it('stays under what chance gives 95 times in 100 in random order', () => {
    const random = randomNumbers(5);
    const n = 40;
    const limit = chanceCorrelation(n);
    const trials = 2000;
    let under = 0;
    for (let k = 0; k < trials; k++) {
      const values = () => Array.from({ length: n }, random);
      if (Math.abs(rankCorrelation(values(), values())) < limit) under++;
    }
    assert.ok(Math.abs(under / trials - 0.95) < 0.02, `${under} of ${trials}`);
    assert.ok(Number.isNaN(chanceCorrelation(9)));
  });
});
