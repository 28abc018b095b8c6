// Where a text differs from what a run was trained on, grown edit by edit.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { createHash } from 'node:crypto';
import { hashText, staleAfterEdits } from '../../../src/host/runs/staleness';

const type = (start: number, text: string) => ({ start, removed: 0, inserted: text.length });

describe('a text that is edited after training', () => {
  it('is stale from the first edit on', () => {
    const stale = staleAfterEdits(null, [type(10, 'abc')]);
    assert.deepEqual(stale, { reason: 'edited', edit: { start: 10, end: 13, characters: 3 } });
  });

  it('grows with each further edit, before or after the first', () => {
    let stale = staleAfterEdits(null, [type(10, 'a')]);
    stale = staleAfterEdits(stale, [type(11, 'b')]);
    assert.deepEqual(stale.edit, { start: 10, end: 12, characters: 2 });
    stale = staleAfterEdits(stale, [type(2, 'xx')]);
    assert.deepEqual(stale.edit, { start: 2, end: 14, characters: 4 });
    stale = staleAfterEdits(stale, [type(40, 'y')]);
    assert.deepEqual(stale.edit, { start: 2, end: 41, characters: 5 });
  });

  it('marks the place of a deletion', () => {
    assert.deepEqual(staleAfterEdits(null, [{ start: 5, removed: 4, inserted: 0 }]).edit, {
      start: 5,
      end: 5,
      characters: 0,
    });
  });

  it('stays of unknown extent once it was changed unseen', () => {
    assert.deepEqual(staleAfterEdits({ reason: 'edited', edit: null }, [type(3, 'z')]), {
      reason: 'edited',
      edit: null,
    });
  });
});

describe('the hash of a text', () => {
  it('is the SHA-256 of its UTF-8 bytes', async () => {
    globalThis.crypto ??= webcrypto as Crypto;
    for (const text of ['', 'abc', '한글 👍\r\n'])
      assert.equal(await hashText(text), createHash('sha256').update(text, 'utf8').digest('hex'));
  });
});
