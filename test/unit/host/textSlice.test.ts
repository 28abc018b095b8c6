// The trainer gets a bounded stretch of text around the cursor that never begins or ends inside a character.
import assert from 'node:assert/strict';
import { makeSlice, shiftOffset, SLICE_LEFT, SLICE_RIGHT, sliceBounds } from '../../../src/host/editor/textSlice';

const cut = (text: string, cursor: number) => {
  const bounds = sliceBounds(cursor, text.length);
  return makeSlice(text.slice(bounds.start, bounds.end), bounds, text.length, 1);
};

describe('the text slice around the cursor', () => {
  it('is the whole of a short text', () => {
    const slice = cut('hello', 2);
    assert.deepEqual(slice, { text: 'hello', offset: 0, atStart: true, atEnd: true, version: 1 });
  });

  it('stays bounded in a huge text', () => {
    const slice = cut('x'.repeat(1_000_000), 500_000);
    assert.equal(slice.text.length, SLICE_LEFT + SLICE_RIGHT);
    assert.equal(slice.offset, 500_000 - SLICE_LEFT);
    assert.equal(slice.atStart || slice.atEnd, false);
  });

  it('takes a cursor outside the text to its nearest end', () => {
    assert.deepEqual(sliceBounds(99, 10), { start: 0, end: 10 });
    assert.deepEqual(sliceBounds(-5, 10), { start: 0, end: 10 });
  });

  it('never holds half an emoji or half a line end at its cuts', () => {
    for (const unit of ['👍', '\r\n'])
      for (let shift = 0; shift < 2; shift++) {
        const text = 'a'.repeat(shift) + unit.repeat(6000);
        const slice = cut(text, 6001);
        assert.equal(slice.text, text.slice(slice.offset, slice.offset + slice.text.length));
        assert.equal(slice.text.replaceAll(unit, ''), '', 'only whole units');
      }
  });
});

describe('an offset in an edited text', () => {
  it('moves with what was typed before it and stays when the edit is behind it', () => {
    assert.equal(shiftOffset(10, 3, 0, 5), 15);
    assert.equal(shiftOffset(10, 3, 2, 0), 8);
    assert.equal(shiftOffset(10, 10, 0, 4), 14);
    assert.equal(shiftOffset(10, 11, 0, 4), 10);
    assert.equal(shiftOffset(10, 9, 3, 0), 10);
  });
});
