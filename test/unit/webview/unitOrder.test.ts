// The one order of units all gates share.
import assert from 'node:assert/strict';
import type { FrameArrays, FrameHeader } from '../../../src/protocol/traceFrame';
import { keepsOrder, orderChoice, orderChoices, unitOrder, type OrderBasis } from '../../../webview/unitOrder';

const header = { hiddenUnits: 3 } as FrameHeader;
const gate = (name: string, ...values: number[]): FrameArrays => ({
  [name]: { shape: [values.length / 3, 3], values: Float32Array.from(values) },
});

describe('the order of units', () => {
  it('puts the LSTM units that forget slowest on top, by their mean forget gate', () => {
    assert.deepEqual([...unitOrder(header, gate('gate.f', 0.1, 0.9, 0.5, 0.3, 0.7, 0.9))], [1, 2, 0]);
  });

  it('puts the GRU units that update least on top', () => {
    assert.deepEqual([...unitOrder(header, gate('gate.u', 0.9, 0.1, 0.5, 0.9, 0.1, 0.5))], [1, 2, 0]);
  });

  it('puts the vanilla units whose state changes slowest on top', () => {
    const flips = [1, -1, 1, -1, 1, -1];
    const drifts = [1, 0.8, 0.4, -0.4, -0.8, -1];
    const turns = [1, 1, -1, -1, 1, 1];
    const values = flips.flatMap((flip, t) => [flip, drifts[t], turns[t]]);
    assert.deepEqual([...unitOrder(header, gate('gate.h', ...values))], [1, 2, 0]);
  });

  it('is that of the model, or that of a gate’s mean over the window, where a person wants it so', () => {
    const arrays = { ...gate('gate.f', 0.1, 0.9, 0.5), ...gate('gate.o', 0.3, 0.2, 0.7, 0.4, 0.2, 0.9) };
    assert.deepEqual([...unitOrder(header, arrays, 'index')], [0, 1, 2]);
    assert.deepEqual([...unitOrder(header, arrays, 'mean.o')], [2, 0, 1]);
  });

  it('can be chosen among those that the cell has gates for, else it is the usual one', () => {
    const gru = { gates: [{ key: 'u' }, { key: 'h' }] } as FrameHeader;
    assert.deepEqual(orderChoices(gru), ['timeConstant', 'similarity', 'mean.u', 'mean.h', 'index']);
    assert.equal(orderChoice({ 'gates.order': 'mean.u' }, gru), 'mean.u');
    assert.equal(orderChoice({ 'gates.order': 'mean.f' }, gru), 'timeConstant');
    assert.equal(orderChoice({}, gru), 'timeConstant');
  });

  it('keeps the order of the model where units are equal, and loses none', () => {
    assert.deepEqual([...unitOrder(header, gate('gate.f', 0.5, 0.5, 0.5))], [0, 1, 2]);
  });
});

describe('rows from frame to frame', () => {
  const basis: OrderBasis = { choice: 'timeConstant', runId: 'a', step: 100, units: 128, start: 40, tokens: 104 };

  it('stay while training goes on in the same window, until its steps have doubled', () => {
    assert.equal(keepsOrder(basis, { ...basis, step: 199 }, true), true);
    assert.equal(keepsOrder(basis, { ...basis, step: 200 }, true), false);
    assert.equal(keepsOrder({ ...basis, step: 0 }, { ...basis, step: 1 }, true), false);
  });

  it('are sorted anew for another window, run or size, and when weights are restored', () => {
    for (const change of [
      { choice: 'index' as const },
      { start: 41 },
      { tokens: 105 },
      { runId: 'b' },
      { units: 64 },
      { step: 80 },
    ])
      assert.equal(keepsOrder(basis, { ...basis, ...change }, true), false);
  });

  it('depend on weights and window alone once training rests, so that a run reopened looks the same', () => {
    assert.equal(keepsOrder(basis, { ...basis, step: 120 }, false), false);
    assert.equal(keepsOrder(basis, basis, false), true);
  });
});
