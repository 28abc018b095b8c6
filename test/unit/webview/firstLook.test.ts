// A first look at a new place: its own row is the new one, rows of the same text stay, every other is unknown.
import assert from 'node:assert/strict';
import type { FrameHeader } from '../../../src/protocol/traceFrame';
import { completed } from '../../../webview/firstLook';

const headerOf = (text: string, focus: number, more: Partial<FrameHeader> = {}): FrameHeader =>
  ({
    ...{ runId: 'a', cell: 'vanilla', hiddenUnits: 2, rowOnly: true, focus, next: '.' },
    tokens: [...text].map((letter, start) => ({ text: letter, start, end: start + 1, known: true })),
    ...more,
  }) as FrameHeader;

const look = (values: number[]) => ({
  'gradient.hidden': { shape: [values.length], values: Float32Array.from(values) },
});

/** A whole picture whose row i holds 10 i + j. */
function wholeOf(text: string, more: Partial<FrameHeader> = {}) {
  const T = text.length;
  const values = Float32Array.from({ length: T * T }, (_, at) =>
    at % T > Math.floor(at / T) ? 0 : 10 * Math.floor(at / T) + (at % T),
  );
  return {
    header: headerOf(text, 0, { rowOnly: false, ...more }),
    arrays: { 'gradient.hidden': { shape: [T, T], values } },
  };
}

const rowsOf = (values: Float32Array, T: number) =>
  Array.from({ length: T }, (_, i) => [...values.subarray(i * T, (i + 1) * T)]);

describe('a first look at a new place', () => {
  it('keeps losses of the text that is the same, where the cursor went further', () => {
    const { arrays, rows } = completed(headerOf('abc', 1), look([5, 6, 0]), wholeOf('abc'));
    assert.deepEqual(rowsOf(arrays['gradient.hidden'].values, 3), [
      [0, 0, 0],
      [5, 6, 0],
      [20, 21, 22],
    ]);
    assert.deepEqual(rows, [true, true, true]);
  });

  it('knows nothing of losses after a letter that was typed', () => {
    const { arrays, rows } = completed(headerOf('axbc', 1), look([5, 6, 0, 0]), wholeOf('abc'));
    assert.deepEqual(rows, [false, true, false, false]);
    assert.ok(arrays['gradient.hidden'].values.subarray(8).every(Number.isNaN));
    const typedLater = completed(headerOf('abcx', 3), look([5, 6, 7, 8]), wholeOf('abcd'));
    assert.deepEqual(typedLater.rows, [true, true, false, true]);
    assert.deepEqual(rowsOf(typedLater.arrays['gradient.hidden'].values, 4)[1], [10, 11, 0, 0]);
  });

  it('keeps nothing of another run, another window, or of a network that reads what was typed', () => {
    const seen = (before: Parameters<typeof completed>[2], more: Partial<FrameHeader> = {}) =>
      completed(headerOf('abc', 2, more), look([1, 2, 3]), before).rows;
    const alone = [false, false, true];
    assert.deepEqual(seen(null), alone);
    assert.deepEqual(seen(wholeOf('abc', { runId: 'b' })), alone);
    assert.deepEqual(seen(wholeOf('xabc')), alone);
    assert.deepEqual(seen(wholeOf('abd', { bidirectional: true }), { bidirectional: true }), alone);
  });

  it('is no business of a whole picture', () => {
    const { header, arrays } = wholeOf('abc');
    assert.deepEqual(completed(header, arrays, null), { arrays });
  });
});
