// A training that is refused never costs the run that was looked at.
import assert from 'node:assert/strict';
import { RunSelection } from '../../../src/host/runs/runSelection';

describe('the run shown', () => {
  let starting: Set<string>;
  let selection: RunSelection<string>;

  beforeEach(() => {
    starting = new Set();
    selection = new RunSelection((run) => starting.has(run));
    selection.show('good');
  });

  function begin(run: string): void {
    starting.add(run);
    selection.show(run);
  }

  it('comes back when the next one is refused', () => {
    begin('empty');
    assert.equal(selection.shown, 'empty');
    assert.ok(selection.holds('good'), 'kept at hand until the next one is accepted');
    selection.withdraw('empty');
    assert.equal(selection.shown, 'good');
  });

  it('comes back after two refusals, in whatever order they come', () => {
    for (const order of [['empty', 'binary'] as const, ['binary', 'empty'] as const]) {
      begin('empty');
      begin('binary');
      for (const run of order) selection.withdraw(run);
      assert.equal(selection.shown, 'good', order.join());
    }
  });

  it('is let go once the next one is accepted', () => {
    begin('next');
    selection.settle('next');
    assert.equal(selection.holds('good'), false);
    selection.withdraw('next');
    assert.equal(selection.shown, null);
  });

  it('stays what the person chose while a training was being refused', () => {
    begin('empty');
    selection.show('chosen');
    selection.withdraw('empty');
    assert.equal(selection.shown, 'chosen');
  });

  it('does not come back once it is deleted', () => {
    begin('empty');
    selection.forget('good');
    selection.withdraw('empty');
    assert.equal(selection.shown, null);
  });
});
