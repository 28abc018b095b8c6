// What stands above a gate: means and shares, on the scale of the gate.
import assert from 'node:assert/strict';
import { gateSummary, rampPosition } from '../../../webview/geometry/gateSummary';

describe('the summary above a gate', () => {
  it('counts the units nearly open and nearly shut at every step', () => {
    const { mean, open, shut } = gateSummary(Float32Array.of(0.95, 0.05, 0.5, 0.02, 0.01, 0.03, 0.06, 0.04), 4, 'unit');
    assert.deepEqual([...open], [0.25, 0]);
    assert.deepEqual([...shut], [0.5, 1]);
    assert.ok(Math.abs(mean[0] - 0.38) < 1e-6);
  });

  it('averages absolute values of states, and tanh c of a cell', () => {
    assert.ok(Math.abs(gateSummary(Float32Array.of(-1, 1), 2, 'signed').mean[0] - 1) < 1e-12);
    assert.ok(Math.abs(gateSummary(Float32Array.of(-100, 100), 2, 'cell').mean[0] - 1) < 1e-12);
  });

  it('puts zero in the middle of the signed scale and at the end of the gate scale', () => {
    assert.equal(rampPosition('signed', 0), 0.5);
    assert.equal(rampPosition('cell', 0), 0.5);
    assert.equal(rampPosition('unit', 0), 0);
    assert.equal(rampPosition('positive', 7), 1);
  });
});
