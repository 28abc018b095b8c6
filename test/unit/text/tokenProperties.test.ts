// What probes look for is what the text says, character by character and word by word.
import assert from 'node:assert/strict';
import { tokenProperties, type TokenPropertyName } from '../../../src/text/tokenProperties';

function told(tokens: string[], unit: 'characters' | 'words', wanted: TokenPropertyName): string[] {
  const found = tokenProperties(tokens, unit).find(({ name }) => name === wanted);
  assert.ok(found);
  return Array.from(found.labels, (label) => found.classes[label]);
}

describe('properties of characters', () => {
  const text = Array.from('Ab 4é!');

  it('are their kind, their case and the kind before', () => {
    const kinds = ['vowel', 'consonant', 'space', 'digit', 'letter', 'sign'];
    assert.deepEqual(told(text, 'characters', 'kind'), kinds);
    assert.deepEqual(told(text, 'characters', 'kindBefore'), ['none', ...kinds.slice(0, -1)]);
    assert.deepEqual(told(text, 'characters', 'letterCase'), [
      'capital',
      'small',
      'neither',
      'neither',
      'small',
      'neither',
    ]);
    assert.deepEqual(told(['가', '\r\n'], 'characters', 'kind'), ['letter', 'space']);
  });

  it('are the place in the word, in any script', () => {
    const places = told(Array.from('lamps 등대지기1,'), 'characters', 'place');
    assert.deepEqual(places, ['1', '2', '3', '4+', '4+', 'outside', '1', '2', '3', '4+', '4+', 'outside']);
  });

  it('are whether quotes or brackets are open on this line, those that open and close with them', () => {
    const signs = (text: string) =>
      told(Array.from(text), 'characters', 'enclosed')
        .map((one) => (one === 'inside' ? '^' : '.'))
        .join('');
    assert.equal(signs('a(b[c])d'), '.^^^^^^.');
    assert.equal(signs('"ab" c "d'), '^^^^...^^');
    assert.equal(signs('(a\nb)'), '^^...');
    assert.equal(signs('“a” 「나」)'), '^^^.^^^.');
  });
});

describe('properties of words', () => {
  const words = ['The', 'lamp', 'burns', '.', 'At', '4', ',', 'she', 'writes', 'on', 'and', 'on', '!'];

  it('are their kind and the place in the sentence, and no case of single letters', () => {
    assert.deepEqual(told(words.slice(0, 7), 'words', 'kind'), [
      ...['capitalised', 'word', 'word', 'sign', 'capitalised', 'number', 'sign'],
    ]);
    assert.deepEqual(told(words, 'words', 'place'), [
      ...['1', '2–3', '2–3', '4–7', '1', '2–3', '2–3', '4–7', '4–7', '4–7', '4–7', '8+', '8+'],
    ]);
    assert.ok(tokenProperties(words, 'words').every(({ name }) => name !== 'letterCase'));
  });
});
