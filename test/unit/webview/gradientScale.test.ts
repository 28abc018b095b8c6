// The absolute log scale of the gradient pictures, and the reach measured on it.
import assert from 'node:assert/strict';
import { gradientLevel, gradientReach, lossRow } from '../../../webview/geometry/gradientScale';

describe('the gradient scale', () => {
  it('runs from 10⁻⁸ to 10 and is linear in powers of ten', () => {
    assert.equal(gradientLevel(1e-8), 0);
    assert.equal(gradientLevel(10), 1);
    assert.ok(Math.abs(gradientLevel(1e-4) - 4 / 9) < 1e-12);
  });

  it('draws zero, unknown and vanished gradients as nothing', () => {
    for (const norm of [0, NaN, 1e-30]) assert.equal(gradientLevel(norm), 0);
  });

  it('reads row i of the triangle up to the diagonal', () => {
    assert.deepEqual([...lossRow(Float32Array.of(1, 0, 0, 2, 3, 0, 4, 5, 6), 3, 1)], [2, 3]);
  });

  it('measures the reach as the largest lag that still has 1 % of the start', () => {
    const fading = Float32Array.from({ length: 9 }, (_, j) => 0.5 ** (8 - j));
    assert.equal(gradientReach(fading), 6);
    assert.equal(gradientReach(Float32Array.of(5, 0, 0, 1)), 3);
    assert.equal(gradientReach(Float32Array.of(0, 1)), 0);
  });

  it('has no reach where there is no loss', () => {
    assert.equal(gradientReach(Float32Array.of(1, NaN)), null);
    assert.equal(gradientReach(Float32Array.of(1, 0)), null);
  });
});
