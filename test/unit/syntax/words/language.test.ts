// The language of a text: by script, by common words, null where there is no parser for it.
import assert from 'node:assert/strict';
import { languageOf } from '../../../../src/syntax/words/language';

const expectAll = (language: string | null, texts: readonly string[]): void => {
  for (const text of texts) assert.equal(languageOf(text), language, JSON.stringify(text));
};

describe('the language of a text', () => {
  it('is English for fragments, names and a single word', () => {
    expectAll('en', ['Scientists study whales', 'John loves Mary', 'New York', 'Hello', 'Yes!', 'Café owners protest']);
  });

  it("is English for Shakespeare's verse and for a speaker's name alone", () => {
    expectAll('en', ['ROMEO:', 'Thou art a villain.', 'MENENIUS: Sir, hear me.']);
    expectAll('en', ['First Citizen:\nBefore we proceed any further, hear me speak.\n\nAll:\nSpeak, speak.\n']);
  });

  it('is English with foreign names and words, and with marks that code has too', () => {
    expectAll('en', ['Angela Merkel met Emmanuel Macron in Paris.', 'He said "bonjour" to the man.']);
    expectAll('en', [
      'The function f(x) returns 1; see below.',
      'I love you;',
      'return to me',
      'If you want to go: go',
    ]);
  });

  it('is Korean where Hangul prevails, mixed with English or not', () => {
    expectAll('ko', ['나는 학교에 간다.', '한국어 text with mixed English 단어들이 있다.', 'AI는 좋다', 'ㅋㅋㅋ']);
    expectAll('en', ['The word 김치 means kimchi.']);
  });

  it('is Korean where English stems take Korean particles and endings', () => {
    expectAll('ko', ['나는 어제 React component를 refactor했다.', '이 API의 response를 parse한다.']);
    expectAll('ko', ['Docker image를 build했다.', 'GitHub에서 TypeScript repository를 clone했다.', 'React 컴포넌트']);
    expectAll('ko', ['TypeScript is 정말 좋다.', '大韓民國은 民主共和國이다.', 'https://github.com/a/b 참고']);
  });

  it('is English where an English sentence quotes Korean, however short it is', () => {
    expectAll('en', ['I love 김치.', 'What is 안녕하세요?', 'Say "안녕하세요".', 'This is 김치 찌개.']);
    expectAll('en', ['He said "나는 학교에 간다" and left.', 'Kimchi (김치) is spicy.', 'Kimchi (배추김치)']);
    expectAll('en', ['The Korean word for the refactored component is 컴포넌트를.']);
    expectAll('ko', ['"나는 학교에 간다." 그가 말했다.', '“안녕하세요.”', '"Refactoring"이라고 했다.']);
  });

  it('is none for Chinese and Japanese that quote a Korean word', () => {
    expectAll(null, ['我喜欢吃韩国的김치。', '私は김치が好きです。']);
  });

  it('is none for other languages, short texts too', () => {
    expectAll(null, ['Der Hund schläft.', 'Guten Morgen', 'Le chat dort sur la table.', 'El perro come la comida.']);
    expectAll(null, [
      'La vita è bella',
      '犬が好きです。',
      '我喜欢猫。',
      'Я люблю кошек.',
      'Lorem ipsum dolor sit amet.',
    ]);
  });

  it('is none for program code', () => {
    expectAll(null, ['for (let i = 0; i < n; i++) { sum += i; }', 'def f(x):\n    return x + 1\n']);
    expectAll(null, ['import numpy as np\nx = np.zeros(3)\nprint(x)', '{"a": 1, "b": [2, 3]}']);
    expectAll(null, ['#include <stdio.h>\nint main() {\n  return 0;\n}', '<div class="x">\n<p>Hi</p>\n</div>']);
  });

  it('is none where there are no letters', () => {
    expectAll(null, ['', ' \r\n', '...!?', '123 456', '😀😀']);
  });
});
