// Running text as sentences and words: English clitics and hyphens, Korean eojeol, line ends, odd texts.
import assert from 'node:assert/strict';
import type { Language } from '../../../../src/syntax/words/language';
import { LONGEST_PART, MOST_WORDS, sentencesOf } from '../../../../src/syntax/words/sentences';

/** Sentences as their words with a space between. */
const split = (text: string, language: Language = 'en'): string[] =>
  sentencesOf(text, language).map(({ words }) => words.map(({ form }) => form).join(' '));

/** Every word is its place in the text, words stand in order, and only white space, however narrow, lies between them. */
const assertPlaces = (text: string, language: Language): void => {
  let end = 0;
  for (const sentence of sentencesOf(text, language)) {
    assert.equal(sentence.start, sentence.words[0]?.start);
    assert.equal(sentence.end, sentence.words.at(-1)?.end);
    for (const word of sentence.words) {
      assert.match(text.slice(end, word.start), /^[\s\u200b\ufeff]*$/u);
      assert.equal(text.slice(word.start, word.end), word.form);
      assert.ok(word.end > word.start);
      end = word.end;
    }
  }
  assert.match(text.slice(end), /^[\s\u200b\ufeff]*$/u);
};

describe('English words', () => {
  it('part clitics from their verbs and nouns', () => {
    assert.deepEqual(split("I don't think it's John's; they'll've gone. We cannot, and I'm gonna say so."), [
      "I do n't think it 's John 's ; they 'll 've gone .",
      "We can not , and I 'm gon na say so .",
    ]);
    assert.deepEqual(split('He didn’t; O’Reilly’s dog did.'), ['He did n’t ; O’Reilly ’s dog did .']);
  });

  it("part 'tis, and leave old participles whole", () => {
    assert.deepEqual(split("'Tis he; she'd lov'd him o'er all 'gainst Rome."), [
      "'T is he ; she 'd lov'd him o'er all 'gainst Rome .",
    ]);
  });

  it('part hyphens, but not from prefixes, phone numbers and dates', () => {
    assert.deepEqual(split('A well-known 15-year plan for co-workers (713-853-3989, 11/28/2000).'), [
      'A well - known 15 - year plan for co-workers ( 713-853-3989 , 11/28/2000 ) .',
    ]);
  });

  it('keep numbers, addresses, smileys and rows of marks whole', () => {
    assert.deepEqual(
      split('See https://example.org/a_(b)?c=1, or mail a.b@example.org: $1,250.50 at 7:30pm :) Wow!!! Hm...'),
      ['See https://example.org/a_(b)?c=1 , or mail a.b@example.org : $ 1,250.50 at 7:30 pm :)', 'Wow !!!', 'Hm ...'],
    );
  });

  it('keep an emoji whole, whatever it is made of', () => {
    assert.deepEqual(split('Nice 👩‍👩‍👧 and 🇰🇷👍🏽!'), ['Nice 👩‍👩‍👧 and 🇰🇷 👍🏽 !']);
  });
});

describe('English sentences', () => {
  it('do not end after titles, initials and abbreviations', () => {
    assert.deepEqual(split('Mr. J. Smith of the U.S. Army met Dr. Lee, e.g. on Jan. 5. He left.'), [
      'Mr. J. Smith of the U.S. Army met Dr. Lee , e.g. on Jan. 5 .',
      'He left .',
    ]);
  });

  it('end after an abbreviation that a new sentence follows', () => {
    assert.equal(split('We sell pens, ink, etc. They sell paper.').length, 2);
  });

  it('take along closing quotes and go on behind them in lower case', () => {
    assert.deepEqual(split('"Who is it?" she asked. "Me." He came in.'), [
      '" Who is it ? " she asked .',
      '" Me . "',
      'He came in .',
    ]);
  });

  it('reach over the line ends of wrapped prose and verse', () => {
    assert.equal(split('The dog ran\nover the hill.\r\nIt slept.').length, 2);
    assert.equal(
      split('Shall I compare thee to a summer’s day,\nThou that art more lovely\nAnd more temperate?').length,
      1,
    );
  });

  it('end at paragraphs, headings, list items and speakers', () => {
    assert.deepEqual(split('Introduction\nThis is the first paragraph of all.\n\nno stop here\n\nNext'), [
      'Introduction',
      'This is the first paragraph of all .',
      'no stop here',
      'Next',
    ]);
    assert.deepEqual(split('ROMEO:\nAy me!\nJULIET:\nO Romeo'), ['ROMEO :', 'Ay me !', 'JULIET :', 'O Romeo']);
    assert.equal(split('We need\n- bread\n- milk and\n  butter\n').length, 3);
  });
});

describe('Korean sentences', () => {
  it('part marks from eojeol and end after them', () => {
    assert.deepEqual(split('나는 학교에 갔다. 너는 어디에 있니? 1,500여 명이 20.5%를 얻었다!', 'ko'), [
      '나는 학교에 갔다 .',
      '너는 어디에 있니 ?',
      '1,500여 명이 20.5%를 얻었다 !',
    ]);
  });

  it('go on behind a quotation that they report', () => {
    assert.deepEqual(split('그는 "집에 간다."고 말했다. \'자유\'를 원한다.', 'ko'), [
      '그는 " 집에 간다 . " 고 말했다 .',
      "' 자유 ' 를 원한다 .",
    ]);
    assert.equal(split('"언제 오니?" 라고 그녀가 물었다.', 'ko').length, 1);
  });

  it('may hold English', () => {
    assert.deepEqual(split('AI는 e-mail을 쓴다. See you.', 'ko'), ['AI는 e-mail을 쓴다 .', 'See you .']);
  });

  it('end at line ends after a final ending without a mark', () => {
    assert.equal(split('오늘은 비가 온다\n내일은 맑다\n그래서\n좋다', 'ko').length, 3);
  });
});

describe('sentences of odd texts', () => {
  it('are none without words', () => {
    for (const text of ['', ' ', '\r\n\r\n', '\ufeff']) assert.deepEqual(sentencesOf(text, 'en'), []);
  });

  it('are one for one word and for marks alone', () => {
    assert.deepEqual(split('Stop'), ['Stop']);
    assert.deepEqual(split('?'), ['?']);
    assert.deepEqual(split('...', 'ko'), ['...']);
  });

  it('are cut at the best place when they are longer than the most words, and say so', () => {
    const words = Array.from({ length: 2 * MOST_WORDS }, (_, i) => (i === 249 ? 'word;' : 'word')).join(' ');
    const sentences = sentencesOf(words, 'en');
    assert.equal(sentences[0]?.words.length, 251);
    assert.deepEqual(
      sentences.map(({ isCut }) => isCut),
      [true, true, false],
    );
    assert.ok(sentences.every((sentence) => sentence.words.length <= MOST_WORDS));
    assertPlaces(words, 'en');
    assert.deepEqual(
      sentencesOf('word '.repeat(MOST_WORDS), 'en').map(({ isCut }) => isCut),
      [false],
    );
  });

  it('are not cut for the marks at their ends, and no part is marks alone', () => {
    const sizes = (text: string, language: 'en' | 'ko'): number[] =>
      sentencesOf(text, language).map(({ words }) => words.length);
    const words = (count: number, word: string): string => Array.from({ length: count }, () => word).join(' ');
    assert.deepEqual(sizes(`${words(300, 'word')}.`, 'en'), [301]);
    assert.deepEqual(sizes(`${words(300, '집으로')}.`, 'ko'), [301]);
    for (const [word, language] of [
      ['word', 'en'],
      ['집으로', 'ko'],
    ] as const) {
      assert.deepEqual(sizes(`${words(MOST_WORDS, word)}.`, language), [MOST_WORDS + 1]);
      for (const count of [MOST_WORDS - 1, MOST_WORDS, MOST_WORDS + 1, 2 * MOST_WORDS])
        for (const marks of [1, 2, 30]) {
          const text = `${words(count, word)} ${words(marks, ',')}`;
          const sentences = sentencesOf(text, language);
          assert.ok(sentences.every((sentence) => sentence.words.some(({ form }) => form === word)));
          assert.ok(sentences.every((sentence) => sentence.words.length <= LONGEST_PART));
          assertPlaces(text, language);
        }
    }
    assert.ok(sizes(words(3 * MOST_WORDS, ','), 'en').every((size) => size <= LONGEST_PART));
  });

  it('take time in proportion to their length', () => {
    for (const unit of ['a-b_', '."', "a'", '(1', 'a.b@', '가.a-1/', 'http://a(.']) {
      const before = performance.now();
      for (const language of ['en', 'ko'] as const) sentencesOf(unit.repeat(8000), language);
      assert.ok(performance.now() - before < 2000, unit);
    }
  });

  it('cover every visible character once, in both languages', () => {
    const texts = [
      'const a = [1, 2];\n\tif (a[0] === 1) { return `x${a}`; } // done\n',
      'A\r\n\r\nB\rC\u2028D 😀\ud83d x\u00a0y\u3000z \u200b!',
      '\'\'\'"""((()))—…?!?!;;’’‘‘',
      '한국어 mixed 李源朝가 don\'t(를) "가나다." (예: 표3)입니다. ㅋㅋㅋ ^^;; 2~3개·4개',
      'U.S.A.... e.g.., Mr.',
    ];
    for (const text of texts) for (const language of ['en', 'ko'] as const) assertPlaces(text, language);
  });
});
