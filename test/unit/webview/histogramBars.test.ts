// Bars of the small histograms: their places, their edges, and values that are all alike.
import assert from 'node:assert/strict';
import { histogramBars } from '../../../webview/chart/histogramBars';

const SIZE = { width: 40, height: 20 };

describe('a histogram of weights', () => {
  it('gives the fullest bin the whole height and leaves empty bins out', () => {
    const { bars } = histogramBars([4, 0, 8, 2], [-1, 3], SIZE);
    assert.deepEqual(bars, [
      { x: 0, y: 10, width: 10, height: 10, from: -1, to: 0, count: 4 },
      { x: 20, y: 0, width: 10, height: 20, from: 1, to: 2, count: 8 },
      { x: 30, y: 15, width: 10, height: 5, from: 2, to: 3, count: 2 },
    ]);
  });

  it('shows a single value among many', () => {
    const { bars } = histogramBars([65_535, 1], [0, 1], SIZE);
    assert.equal(bars[1].height, 1);
  });

  it('marks 0 where it lies, and nowhere when all values are on one side of it', () => {
    assert.equal(histogramBars([1, 1], [-1, 3], SIZE).zero, 10);
    assert.equal(histogramBars([1, 1], [1, 3], SIZE).zero, null);
  });

  it('draws values that are all the same as one bar', () => {
    const { bars, zero } = histogramBars([5, 0], [0, 0], SIZE);
    assert.deepEqual(bars, [{ x: 10, y: 0, width: 20, height: 20, from: 0, to: 0, count: 5 }]);
    assert.equal(zero, 20);
  });
});
