// Which places of the text are in the picture that the page shows.
import assert from 'node:assert/strict';
import { columnWithin, frameAt, type LookedAt } from '../../../src/host/panel/shownFrame';
import type { FrameHeader, TraceFrame } from '../../../src/protocol/traceFrame';

/** A picture of “the cat sat” in a document, its words from offset 10 on. */
const header = (more: Partial<FrameHeader> = {}): FrameHeader =>
  ({
    ...{ runId: 'a', origin: 'document', documentVersion: 3, step: 40, focus: 2 },
    tokens: [
      { text: 'the', start: 10, end: 13, known: true },
      { text: 'cat', start: 14, end: 17, known: true },
      { text: 'sat', start: 18, end: 21, known: true },
    ],
    ...more,
  }) as FrameHeader;

const lookedAt = (more: Partial<LookedAt> = {}): LookedAt => ({
  ...{ runId: 'a', version: 3, cursor: 21, windowStart: 10, snapshot: null },
  ...more,
});

describe('the picture that is shown', () => {
  it('holds the token left of the cursor, which stands in or behind it', () => {
    const columns = [13, 14, 15, 17, 18, 19, 21].map((cursor) => columnWithin(header(), lookedAt({ cursor })));
    assert.deepEqual(columns, [0, 0, 1, 1, 1, 2, 2]);
  });

  it('holds no place before or behind it, and none without a cursor', () => {
    for (const cursor of [9, 10, 12, 22, null]) assert.equal(columnWithin(header(), lookedAt({ cursor })), null);
  });

  it('holds nothing of another run, text, window or weights', () => {
    const others: Partial<LookedAt>[] = [
      ...[{ runId: 'b' }, { runId: undefined }, { version: 4 }],
      ...[{ windowStart: 14 }, { windowStart: null }, { snapshot: 40 }],
    ];
    for (const other of others) assert.equal(columnWithin(header(), lookedAt(other)), null, JSON.stringify(other));
    const snapshot = header({ snapshot: true });
    assert.equal(columnWithin(snapshot, lookedAt()), null);
    assert.equal(columnWithin(snapshot, lookedAt({ snapshot: 20 })), null);
    assert.equal(columnWithin(snapshot, lookedAt({ snapshot: 40 })), 2);
  });

  it('holds no other place where it is a first look, an example of a task or the training text', () => {
    const prediction = { task: 'classification' } as FrameHeader['prediction'];
    for (const more of [{ rowOnly: true }, { prediction }, { origin: 'sample' as const }, { tokens: [] }])
      assert.equal(columnWithin(header(more), lookedAt()), null, JSON.stringify(more));
  });

  it('is told as if it had been made for the cursor where it is now', () => {
    const frame = { header: header(), layout: [], data: new ArrayBuffer(0) } as unknown as TraceFrame;
    assert.equal(frameAt(frame, lookedAt({ cursor: 16 }))?.header.focus, 1);
    assert.equal(frame.header.focus, 2, 'what was sent stays as it was');
    assert.equal(frameAt(frame, lookedAt({ version: 4 })), frame);
    assert.equal(frameAt(null, lookedAt()), null);
  });
});
