// Vocabulary, unknown tokens, the way back to text, and the unigram baseline.
import assert from 'node:assert/strict';
import { joinTokens } from '../../../src/text/spacing';
import { tokenize, type TokenUnit } from '../../../src/text/tokenize';
import { unigramEntropy } from '../../../src/text/unigramEntropy';
import { TokenCounter, UNKNOWN_ID, Vocabulary, VOCABULARY_LIMIT } from '../../../src/text/vocabulary';

function count(text: string, unit: TokenUnit): TokenCounter {
  const counter = new TokenCounter();
  for (const { text: token, start, end } of tokenize(text, unit)) counter.add(token, start, end);
  return counter;
}
const ids = (vocabulary: Vocabulary, text: string) =>
  tokenize(text, vocabulary.unit).map((token) => vocabulary.idOf(token.text));

describe('the vocabulary', () => {
  it('orders tokens by frequency after the unknown one, equal counts by code unit', () => {
    const vocabulary = count('bbaacccd', 'characters').vocabulary('characters');
    assert.deepEqual(
      vocabulary.entries.map(({ text }) => text),
      ['\ufffd', 'c', 'a', 'b', 'd'],
    );
    assert.equal(vocabulary.idOf('z'), UNKNOWN_ID);
  });

  it('knows every token of a short text', () => {
    const vocabulary = count('abc', 'characters').vocabulary('characters');
    assert.deepEqual(ids(vocabulary, 'abc'), [1, 2, 3]);
  });

  it('reads what occurs once in a longer text as unknown, so that the unknown token is trained', () => {
    const vocabulary = count(`${'ab'.repeat(600)}Q`, 'characters').vocabulary('characters');
    assert.equal(vocabulary.idOf('Q'), UNKNOWN_ID);
    assert.equal(vocabulary.entries[UNKNOWN_ID].count, 1);
  });

  it('keeps the most frequent words when there are too many', () => {
    const limit = VOCABULARY_LIMIT.words;
    const many = Array.from({ length: limit + 50 }, (_, k) => `w${k} w${k}`).join(' ');
    const vocabulary = count(`${many} often often often`, 'words').vocabulary('words');
    assert.equal(vocabulary.size, limit + 1);
    assert.equal(vocabulary.textOf(1), 'often');
  });

  it('takes a replacement character of the text for unknown', () => {
    assert.equal(count('ab\ufffd', 'characters').vocabulary('characters').idOf('\ufffd'), UNKNOWN_ID);
  });

  it('survives its JSON form, and refuses damaged data', () => {
    const vocabulary = count('the cat, the dog\n', 'words').vocabulary('words');
    const restored = Vocabulary.fromJSON(JSON.parse(JSON.stringify(vocabulary)));
    assert.deepEqual(restored.entries, vocabulary.entries);
    for (const damaged of [null, {}, { format: 1, unit: 'words', tokens: [['a']] }, { format: 2 }])
      assert.throws(() => Vocabulary.fromJSON(damaged));
  });
});

describe('writing tokens back as text', () => {
  it('puts characters together unchanged', () => {
    const text = '학교에 갔다.\nok';
    const vocabulary = count(text, 'characters').vocabulary('characters');
    assert.equal(joinTokens(vocabulary, ids(vocabulary, text), null), text);
  });

  for (const text of [
    'The writer (of the books) is here, and he writes; the reader reads.\nThe books are good, he said.',
    '나는 학교에 갔다. 그리고 밥을 먹었다, 오늘은 좋다.\n나는 간다.',
  ])
    it(`gives words their spaces back as the text had them: ${text.slice(0, 12)}…`, () => {
      const vocabulary = count(text, 'words').vocabulary('words');
      assert.equal(joinTokens(vocabulary, ids(vocabulary, text), null), text);
    });

  it('writes a space after the last word that was read, none before a comma', () => {
    const text = 'red, green, blue, red green blue, red';
    const vocabulary = count(text, 'words').vocabulary('words');
    assert.equal(joinTokens(vocabulary, [vocabulary.idOf('green')], vocabulary.idOf('red')), ' green');
    assert.equal(joinTokens(vocabulary, [vocabulary.idOf(',')], vocabulary.idOf('red')), ',');
  });
});

describe('the unigram entropy', () => {
  it('is ln n for n equally frequent tokens and 0 for a single one', () => {
    assert.ok(Math.abs(unigramEntropy([5, 5, 5, 5]) - Math.log(4)) < 1e-12);
    assert.equal(unigramEntropy([0, 7]), 0);
  });

  it('is that of the frequencies 1/2, 1/4, 1/4', () => {
    assert.ok(Math.abs(unigramEntropy([2, 1, 1]) - 1.5 * Math.LN2) < 1e-12);
  });
});
