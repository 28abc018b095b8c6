// Where English or program code and Korean meet at a line end.
import assert from 'node:assert/strict';
import { blocksOf } from '../../../../src/syntax/words/lineBreaks';
import { textSentences } from '../../../../src/trainer/syntax/textSentences';

const blocks = (...lines: string[]): string[] => {
  const text = lines.join('\n');
  return blocksOf(text).map(({ start, end }) => text.slice(start, end));
};

describe('a line end between two scripts', () => {
  it('ends a sentence in one of them, without any mark', () => {
    for (const lines of [
      ['I like this movie very much', '나는 이 영화를 정말 좋아해'],
      ['나는 이 영화를 정말 좋아하거든', 'I like this movie very much'],
      ['i love you', '너를 사랑하거든', 'you love me too', '나를 사랑하거든'],
    ])
      assert.deepEqual(blocks(...lines), lines);
  });

  it('ends program code, and what is said of it', () => {
    assert.deepEqual(blocks('def add(a, b):', '    return a + b', '두 수를 더하는 함수').length, 2);
    assert.deepEqual(blocks('두 수를 더한 값', 'const total = add(a, b);').length, 2);
  });

  it('ends none around a name or a term on a line of its own', () => {
    const name = ['우리가 여러 개의 컴포넌트를 만들어서', 'React Native', '안에서 쓰는 방법'];
    assert.deepEqual(blocks(...name), [name.join('\n')]);
    const bank = ['그는 지난해부터 서울에 있는', 'Bank of America', '본사에서 일하거든'];
    assert.deepEqual(blocks(...bank), [bank.join('\n')]);
  });

  it('ends none where a particle or a quoting word goes on, or a quotation is open', () => {
    const quoted = [
      '그는 지난해 가을에 서울에서 사람들 앞에서 이렇게',
      '"I have a dream that one day we will be free"',
      '라고 말하거든',
    ];
    assert.deepEqual(blocks(...quoted), [quoted.join('\n')]);
    const open = ['그는 지난해 가을에 서울에서 오래 "우리는', 'We have a dream and you have one', '하거든" 하는 말'];
    assert.deepEqual(blocks(...open), [open.join('\n')]);
  });

  it('takes no short Korean line for the heading of an English quotation', () => {
    const quoted = ['그는 연설에서 이렇게', '"I have a dream that one day we will be free"', '라고 말하거든'];
    assert.deepEqual(blocks(...quoted), [quoted.join('\n')]);
  });

  it('ends none in English that goes on in lower case behind a Korean line', () => {
    const word = ['The Korean word for this is', '사랑', 'and it means love'];
    assert.deepEqual(blocks(...word), [word.join('\n')]);
  });

  it('ends none in wrapped prose of one script', () => {
    const prose = ['The keeper walks along the shore and', 'then he counts the candles of the'];
    assert.deepEqual(blocks(...prose), [prose.join('\n')]);
    const korean = ['등대지기는 바닷가를 따라', '걸으면서 초의 수를 세는'];
    assert.deepEqual(blocks(...korean), [korean.join('\n')]);
  });

  it('gives each sentence its own language, and code none', () => {
    const languages = (text: string) => textSentences(text).sentences.map(({ language }) => language);
    assert.deepEqual(languages('I like this movie very much\n나는 이 영화를 정말 좋아해'), ['en', 'ko']);
    assert.deepEqual(languages('const total = add(a, b);\n두 수를 더한 값이 여기에'), [null, 'ko']);
  });
});
