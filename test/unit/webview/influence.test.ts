// Which arrows are drawn, how much of the mass they cover, and the shape of a crescent.
import assert from 'node:assert/strict';
import { crescentHeight, crescentPath, strongestSources } from '../../../webview/geometry/influence';

describe('influence arrows', () => {
  it('take the strongest sources first and state the share of the mass they truly hold', () => {
    const { sources, coverage, candidates } = strongestSources(Float32Array.of(1, 4, 2, 3), 2);
    assert.deepEqual(
      sources.map(({ column }) => column),
      [1, 3],
    );
    assert.ok(Math.abs(coverage - 0.7) < 1e-7);
    assert.equal(candidates, 4);
  });

  it('cover everything when all are drawn', () => {
    assert.ok(Math.abs(strongestSources(Float32Array.of(0.1, 0.7, 0.2), 40).coverage - 1) < 1e-9);
  });

  it('count only what is on screen as covered, of the whole row', () => {
    const { sources, coverage } = strongestSources(Float32Array.of(5, 1, 3, 1), 2, 1);
    assert.deepEqual(
      sources.map(({ column }) => column),
      [2],
    );
    assert.ok(Math.abs(coverage - 0.3) < 1e-7);
  });

  it('count magnitudes where values have signs, and keep the signs', () => {
    const { sources, coverage } = strongestSources(Float64Array.of(0.5, -3, 2, 0.5), 2);
    assert.deepEqual(
      sources.map(({ column, value, share }) => [column, value, share]),
      [
        [1, -3, 0.5],
        [2, 2, 2 / 6],
      ],
    );
    assert.ok(Math.abs(coverage - 5 / 6) < 1e-12);
  });

  it('draw none where nothing flows or the loss is unknown', () => {
    assert.deepEqual(strongestSources(Float32Array.of(0, 0), 5).sources, []);
    assert.deepEqual(strongestSources(Float32Array.of(NaN, NaN), 5).sources, []);
  });

  it('rise with the 0.55th power of the lag and end in a point', () => {
    const ratio = crescentHeight(20, 40, 80) / crescentHeight(10, 40, 80);
    assert.ok(Math.abs(ratio - 2 ** 0.55) < 1e-12);
    assert.equal(crescentHeight(40, 40, 80), 80);
    const path = crescentPath({ from: 100, to: 200, baseline: 90, height: 40, width: 10 });
    assert.equal(path, 'M95.00,90.00A52.50,40.00 0 0 1 200.00,90.00A47.50,32.50 0 0 0 105.00,90.00Z');
  });
});
