// Which columns an edit after training makes stale.
import assert from 'node:assert/strict';
import type { Staleness } from '../../../src/protocol/inspectorMessages';
import type { FrameHeader } from '../../../src/protocol/traceFrame';
import { firstStaleColumn, newlyTypedColumns } from '../../../webview/geometry/staleColumns';

const tokens = [...'abcdef'].map((text, t) => ({ text, start: 10 + t, end: 11 + t, known: true }));
const header = (origin: FrameHeader['origin']): FrameHeader => ({ tokens, origin }) as FrameHeader;
const edit = (start: number, end: number): Staleness => ({
  reason: 'edited',
  edit: { start, end, characters: end - start },
});

describe('columns of an edited text', () => {
  it('are stale from the edit on when the picture is of the old text', () => {
    assert.equal(firstStaleColumn(header('sample'), edit(12, 14)), 2);
    assert.equal(firstStaleColumn(header('sample'), edit(3, 5)), 0);
    assert.equal(firstStaleColumn(header('sample'), edit(90, 95)), null);
  });

  it('are never stale in a picture of the live text, where the typed ones are marked instead', () => {
    assert.equal(firstStaleColumn(header('document'), edit(12, 14)), null);
    assert.deepEqual(newlyTypedColumns(header('document'), edit(12, 14)), [2, 3]);
    assert.deepEqual(newlyTypedColumns(header('sample'), edit(12, 14)), []);
  });

  it('are all right while nothing was edited, or when the place is not known', () => {
    for (const stale of [null, { reason: 'edited', edit: null } as const]) {
      assert.equal(firstStaleColumn(header('sample'), stale), null);
      assert.deepEqual(newlyTypedColumns(header('document'), stale), []);
    }
  });
});
