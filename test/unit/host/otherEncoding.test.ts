// One file decoded in two ways is two texts, unless only the names of the encoding differ.
import assert from 'node:assert/strict';
import { otherEncoding } from '../../../src/host/editor/otherEncoding';

const beyondAscii = (): boolean => false;
const ascii = (): boolean => true;

describe('the encoding of the editor and that of the trainer', () => {
  it('are one under all their names', () => {
    for (const [editor, trained] of [
      ['utf8', 'utf-8'],
      ['utf8bom', 'utf-8'],
      ['euckr', 'euc-kr'],
      ['utf16le', 'utf-16le'],
      ['windows1252', 'windows-1252'],
      ['iso88591', 'windows-1252'],
      ['shiftjis', 'shift_jis'],
      ['koi8r', 'koi8-r'],
    ])
      assert.equal(otherEncoding(editor, trained, beyondAscii), null, `${editor} ${trained}`);
  });

  it('are told apart where the text is another then', () => {
    assert.deepEqual(otherEncoding('utf8', 'euc-kr', beyondAscii), { editor: 'UTF-8', trained: 'EUC-KR' });
    assert.deepEqual(otherEncoding('windows1252', 'utf-8', beyondAscii), { editor: 'Windows 1252', trained: 'UTF-8' });
  });

  it('do not matter to a text of plain ASCII, except in two bytes a character', () => {
    assert.equal(otherEncoding('windows1252', 'utf-8', ascii), null);
    assert.deepEqual(otherEncoding('utf8', 'utf-16le', ascii), { editor: 'UTF-8', trained: 'UTF-16 LE' });
  });
});
