// Scores of single classes against values counted by hand, and where arrows to a prediction begin and end.
import assert from 'node:assert/strict';
import { classScores } from '../../../webview/chart/classScores';
import { arrowPath, predictionX } from '../../../webview/geometry/predictionArrows';
import { columnMiddle, timeAxis } from '../../../webview/geometry/timeAxis';

describe('the scores of a class', () => {
  it('are hits per prediction, hits per example, and twice the hits per both', () => {
    const [a, b, c] = classScores([
      [8, 2, 0],
      [1, 4, 0],
      [3, 0, 0],
    ]);
    assert.deepEqual([a.n, a.predicted], [10, 12]);
    assert.ok(Math.abs(a.precision - 8 / 12) < 1e-12 && Math.abs(a.recall - 0.8) < 1e-12);
    assert.ok(Math.abs(a.f1 - 16 / 22) < 1e-12);
    assert.ok(Math.abs(b.f1 - (2 * (4 / 6) * (4 / 5)) / (4 / 6 + 4 / 5)) < 1e-12, 'the harmonic mean of both');
    assert.ok(Number.isNaN(c.precision) && c.recall === 0 && c.f1 === 0);
  });
});

describe('an arrow to a prediction', () => {
  const axis = timeAxis(1000, 6, 'words');
  const box = { baseline: 90, height: 40, width: 6 };
  const points = (path: string) => [...path.matchAll(/(-?[\d.]+),90\.00/g)].map((match) => Number(match[1]));

  it('ends behind the last column where the whole example has a class, else at its column', () => {
    assert.ok(predictionX(axis, null) > columnMiddle(axis, 5));
    assert.equal(predictionX(axis, 2), columnMiddle(axis, 2));
  });

  it('comes from the right as from the left, mirrored', () => {
    const [left, right] = [
      points(arrowPath({ ...box, from: 100, to: 200 })),
      points(arrowPath({ ...box, from: 300, to: 200 })),
    ];
    assert.deepEqual(left, [97, 200, 103]);
    assert.deepEqual(right, [303, 200, 297]);
  });
});
