// Tokenization: characters are grapheme clusters, words are what a reader calls words, and cutting the stream changes nothing.
import assert from 'node:assert/strict';
import { createTokenizer, tokenize, type Token, type TokenUnit } from '../../../src/text/tokenize';
import { mixedText, randomPieces } from './mixedText';

const SEEDS = Array.from({ length: 150 }, (_, k) => k + 1);
const texts = (tokens: Token[]) => tokens.map(({ text }) => text);

function tokenizePieces(pieces: string[], unit: TokenUnit): Token[] {
  const tokens: Token[] = [];
  const visit = (text: string, start: number, end: number) => tokens.push({ text, start, end });
  const tokenizer = createTokenizer(unit);
  for (const piece of pieces) tokenizer.push(piece, visit);
  tokenizer.end(visit);
  return tokens;
}

describe('tokenization into characters', () => {
  it('finds the grapheme clusters that Intl.Segmenter finds, line ends apart', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    for (const seed of SEEDS) {
      const text = mixedText(seed, 120);
      const expected = [...segmenter.segment(text)].map(({ segment }) => segment.replace(/^(\r\n|\r)$/, '\n'));
      assert.deepEqual(texts(tokenize(text, 'characters')), expected, `seed ${seed}`);
    }
  });

  it('covers the text without gaps or overlaps', () => {
    for (const seed of SEEDS) {
      const text = mixedText(seed, 120);
      const tokens = tokenize(text, 'characters');
      assert.equal(tokens.map(({ start, end }) => text.slice(start, end)).join(''), text);
      for (let k = 1; k < tokens.length; k++) assert.equal(tokens[k].start, tokens[k - 1].end);
    }
  });

  it('does not depend on where the stream is cut', () => {
    for (const seed of SEEDS) {
      const text = mixedText(seed, 120);
      assert.deepEqual(
        tokenizePieces(randomPieces(text, seed), 'characters'),
        tokenize(text, 'characters'),
        `seed ${seed}`,
      );
    }
  });

  it('joins what belongs together across the edge of a piece', () => {
    const cases: [string[], string[]][] = [
      [
        ['a\r', '\nb'],
        ['a', '\n', 'b'],
      ],
      [
        ['e', '\u0301x'],
        ['e\u0301', 'x'],
      ],
      [['👨', '\u200d', '👩'], ['👨\u200d👩']],
      [
        ['🇰', '🇷🇯', '🇵'],
        ['🇰🇷', '🇯🇵'],
      ],
      [['\ud83d', '\udc4d'], ['👍']],
      [['👍', '\ud83c', '\udffd'], ['👍🏽']],
      [['\u1112', '\u1161', '\u11ab'], ['\u1112\u1161\u11ab']],
      [['가', '\u11a8'], ['가\u11a8']],
      [
        ['\r', 'a'],
        ['\n', 'a'],
      ],
    ];
    for (const [pieces, expected] of cases) assert.deepEqual(texts(tokenizePieces(pieces, 'characters')), expected);
  });

  it('keeps a CRLF as one token that covers both units', () => {
    assert.deepEqual(tokenize('a\r\nb', 'characters')[1], { text: '\n', start: 1, end: 3 });
  });

  it('cuts a cluster without end into pieces instead of holding it', () => {
    const tokens = tokenizePieces(randomPieces(`e${'\u0301'.repeat(1000)}x`, 3), 'characters');
    assert.equal(tokens.map(({ text }) => text).join('').length, 1002);
    assert.ok(tokens.every(({ text }) => text.length <= 128));
  });

  it('gives no token for an empty text', () => {
    assert.deepEqual(tokenize('', 'characters'), []);
  });
});

describe('tokenization into words', () => {
  const words = (text: string) => texts(tokenize(text, 'words'));

  it('leaves out nothing but white space', () => {
    for (const seed of SEEDS) {
      const text = mixedText(seed, 120);
      let end = 0;
      for (const token of tokenize(text, 'words')) {
        assert.match(text.slice(end, token.start), /^[^\S\r\n]*$/, `seed ${seed}`);
        assert.equal(text.slice(token.start, token.end).replace(/^\r\n?$/, '\n'), token.text);
        end = token.end;
      }
      assert.match(text.slice(end), /^[^\S\r\n]*$/);
    }
  });

  it('does not depend on where the stream is cut', () => {
    for (const seed of SEEDS) {
      const text = mixedText(seed, 120);
      assert.deepEqual(tokenizePieces(randomPieces(text, seed), 'words'), tokenize(text, 'words'), `seed ${seed}`);
    }
  });

  it('keeps apostrophes and decimal points inside words, and punctuation apart', () => {
    assert.deepEqual(words("I don't pay 3.14, he said."), ['I', "don't", 'pay', '3.14', ',', 'he', 'said', '.']);
    assert.deepEqual(words("'tis 'so'"), ["'", 'tis', "'", 'so', "'"]);
  });

  it('reads a Korean eojeol as one word', () => {
    assert.deepEqual(words('나는 학교에 갔다.\r\n그리고'), ['나는', '학교에', '갔다', '.', '\n', '그리고']);
  });

  it('keeps an emoji of several code points whole', () => {
    assert.deepEqual(words('ok 👨‍👩‍👧‍👦!'), ['ok', '👨‍👩‍👧‍👦', '!']);
  });

  it('finds words in scripts without spaces', () => {
    assert.deepEqual(words('AI技術です。'), ['AI', '技術', 'です', '。']);
  });

  it('cuts a run of letters without end', () => {
    const tokens = tokenizePieces(randomPieces('x'.repeat(2350), 5), 'words');
    assert.ok(tokens.every(({ text }) => text.length <= 100));
    assert.equal(texts(tokens).join('').length, 2350);
  });
});
