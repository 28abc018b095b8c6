// A training that is refused never costs the run that was looked at.
import assert from 'node:assert/strict';
import { RunSelection } from '../../../src/host/runs/runSelection';

describe('the run shown', () => {
  let starting: Set<string>;
  let selection: RunSelection<string>;
  const places = (): (string | null)[] => [selection.shown, selection.against];

  beforeEach(() => {
    starting = new Set();
    selection = new RunSelection((run) => starting.has(run));
    selection.show('good');
    selection.compareWith('other');
  });

  function begin(run: string): void {
    starting.add(run);
    selection.show(run);
  }

  it('comes back with its comparison when the next one is refused', () => {
    begin('empty');
    assert.deepEqual(places(), ['empty', null]);
    assert.ok(selection.holds('good') && selection.holds('other'), 'kept at hand until the next one is accepted');
    selection.withdraw('empty');
    assert.deepEqual(places(), ['good', 'other']);
  });

  it('comes back after two refusals, in whatever order they come', () => {
    for (const order of [['empty', 'binary'] as const, ['binary', 'empty'] as const]) {
      begin('empty');
      begin('binary');
      for (const run of order) selection.withdraw(run);
      assert.deepEqual(places(), ['good', 'other'], order.join());
    }
  });

  it('is let go once the next one is accepted', () => {
    begin('next');
    selection.settle('next');
    assert.equal(selection.holds('good'), false);
    selection.withdraw('next');
    assert.deepEqual(places(), [null, null]);
  });

  it('stays what the person chose while a training was being refused', () => {
    begin('empty');
    selection.show('chosen');
    selection.withdraw('empty');
    assert.deepEqual(places(), ['chosen', null]);
  });

  it('keeps its old comparison when a new one is refused', () => {
    starting.add('refused');
    selection.compareWith('refused');
    selection.withdraw('refused');
    assert.deepEqual(places(), ['good', 'other']);
  });

  it('does not come back once it is deleted', () => {
    begin('empty');
    selection.forget('good');
    selection.withdraw('empty');
    assert.deepEqual(places(), [null, 'other']);
  });
});
