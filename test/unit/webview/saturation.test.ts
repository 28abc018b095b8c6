// How often a unit is saturated, counted by hand; which dots are under the pointer.
import assert from 'node:assert/strict';
import type { GateInfo } from '../../../src/protocol/traceFrame';
import { saturatingGates, saturation, unitsNear } from '../../../webview/geometry/saturation';

describe('the saturation of a unit', () => {
  it('is the share of steps under .1 and over .9, or beyond ∓.9 where values are signed', () => {
    const values = Float32Array.of(0.05, 0.95, 0.5, 0.91, 0.09, 0.99, 0.2, 0.9);
    const { left, right } = saturation(values, 2, 'unit');
    assert.deepEqual([...left], [0.5, 0]);
    assert.deepEqual([...right], [0, 0.75]);
    const signed = saturation(Float32Array.of(-0.95, 0.95, -0.5, 0.1), 1, 'signed');
    assert.deepEqual([signed.left[0], signed.right[0]], [0.25, 0.25]);
    assert.equal(saturation(Float32Array.of(5), 1, 'positive').right[0], 0);
  });

  it('is told of what comes of an activation with two ends, not of what is computed from gates', () => {
    const gate = (key: string, range: GateInfo['range']): GateInfo => ({ key, range }) as GateInfo;
    const keys = (gates: GateInfo[]): string =>
      saturatingGates(gates)
        .map(({ key }) => key)
        .join('');
    assert.equal(keys([gate('f', 'unit'), gate('g', 'signed'), gate('c', 'cell'), gate('h', 'signed')]), 'fg');
    assert.equal(keys([gate('h', 'signed')]), 'h');
    assert.equal(keys([gate('h', 'positive')]), '');
  });

  it('is found under the pointer, the nearest dot first', () => {
    const shares = { left: Float64Array.of(0, 0.5, 0.52), right: Float64Array.of(0, 0.1, 0.1) };
    assert.deepEqual(unitsNear(shares, 0.1, 0.53, 0.05), [2, 1]);
    assert.deepEqual(unitsNear(shares, 0.9, 0.9, 0.05), []);
  });
});
