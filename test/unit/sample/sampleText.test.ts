// The sample texts keep what they promise to whoever trains on them: agreement, closed brackets, sums, references, particles.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { sampleTexts } from '../../sample/sampleTexts';

const folder = path.resolve(__dirname, '../../../media/sample');
const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
const english = read('the-lighthouse-keepers.txt');
const korean = read('등대지기.txt');
const brackets = read('brackets.txt');

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}', '“': '”', '‘': '’' };
const CLOSERS = new Set(Object.values(CLOSING));

/** Bracket and quotation marks left open or closed wrongly, with their surroundings. */
function unbalanced(text: string): string[] {
  const open: { mark: string; at: number }[] = [];
  const wrong: string[] = [];
  [...text].forEach((mark, at) => {
    if (mark in CLOSING) open.push({ mark, at });
    else if (CLOSERS.has(mark) && CLOSING[open.pop()?.mark ?? ''] !== mark) wrong.push(`${mark} at ${at}`);
  });
  return [...wrong, ...open.map(({ mark, at }) => `${mark} at ${at}`)];
}

/** Every sum "a + b = c" or "a - b = c" of a text. */
function sums(text: string): { a: number; sign: string; b: number; c: number }[] {
  return [...text.matchAll(/(\d+) ([+-]) (\d+) = (\d+)/g)].map(([, a, sign, b, c]) => ({ a: +a, sign, b: +b, c: +c }));
}

describe('the labelled samples', () => {
  const rows = (name: string): string[][] =>
    read(name)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));

  it('have two labels in about equal parts, a sentence each', () => {
    for (const name of ['film-reviews.tsv', '공중.tsv']) {
      const all = rows(name);
      const [first] = all[0];
      assert.ok(all.length >= 100 && all.every((cells) => cells.length === 2), name);
      const share = all.filter(([label]) => label === first).length / all.length;
      assert.ok(share > 0.4 && share < 0.6, name);
    }
  });

  it('have words that stand in sentences of both labels', () => {
    for (const [name, word] of [
      ['film-reviews.tsv', 'terribly'],
      ['공중.tsv', '공중'],
    ])
      assert.equal(
        new Set(
          rows(name)
            .filter(([, text]) => text.includes(word))
            .map(([label]) => label),
        ).size,
        2,
        name,
      );
  });
});

describe('the sample texts', () => {
  it('come out of the generator byte for byte', () => {
    const written = sampleTexts();
    assert.deepEqual(fs.readdirSync(folder).sort(), Object.keys(written).sort());
    for (const [name, text] of Object.entries(written)) assert.ok(text === read(name), `${name} differs`);
  });

  it('are long enough to learn from', () => {
    assert.ok(Buffer.byteLength(english) >= 300_000);
    assert.ok(Buffer.byteLength(korean) >= 100_000);
    assert.ok(Buffer.byteLength(brackets) >= 100_000);
  });

  for (const [name, text] of Object.entries({ english, korean, brackets }))
    it(`close every bracket and quotation mark in order: ${name}`, () => assert.deepEqual(unbalanced(text), []));

  for (const [name, text] of Object.entries({ english, korean }))
    it(`add up: ${name}`, () => {
      const all = sums(text);
      assert.ok(all.length > 100);
      assert.deepEqual(
        all.filter(({ a, sign, b, c }) => (sign === '+' ? a + b : a - b) !== c),
        [],
      );
    });
});

describe('the English sample', () => {
  const preposition = '(?:of|near|beside|behind|from|above|below|with|opposite)';
  const adjective =
    '(?:(?:old|young|patient|quiet|cheerful|tired|careful|stubborn|honest|curious|sleepy|new|heavy|green|rusty|small|broken|bright|wooden|narrow|grey|damp|polished) )?';
  /** A head noun, one or more nouns in prepositional phrases, and the word after them: the verb, when it is one. */
  const pattern = new RegExp(
    String.raw`(?:[.!?:,] “?|[“‘([]|\n)[Tt]he ${adjective}([a-z]+)((?: ${preposition} the ${adjective}[a-z]+)+) ([a-z]+)`,
    'g',
  );
  const notVerbs = /^(who|that)$/;
  const clauses = [...english.matchAll(pattern)].filter(([, , , verb]) => !notVerbs.test(verb));
  const isPlural = (noun: string): boolean => noun.endsWith('s');

  it('lets every verb agree with its head noun across the nouns between them', () => {
    assert.ok(clauses.length > 500, `${clauses.length} clauses found`);
    const wrong = clauses.filter(([, head, , verb]) => isPlural(head) === verb.endsWith('s'));
    assert.deepEqual(
      wrong.map(([clause]) => clause),
      [],
    );
  });

  it('has hundreds of clauses whose nearest noun is of the other number', () => {
    const misleading = clauses.filter(([, head, between]) => isPlural(head) !== isPlural(between));
    assert.ok(misleading.length > 300, `${misleading.length}`);
  });

  it('names as many ships as it counts', () => {
    const numbers = ['one', 'two', 'three', 'four', 'five'];
    const lists = [...english.matchAll(/(\w+) ships? pass(?:es)? before noon: ([^.]+)\./g)];
    assert.ok(lists.length > 50);
    for (const [sentence, number, names] of lists)
      assert.equal(names.split(/, | and (?=the )/).length, numbers.indexOf(number.toLowerCase()) + 1, sentence);
  });

  it('remembers a ship with the cargo and the port she was last seen with', () => {
    const last = new Map<string, string>();
    let remembered = 0;
    for (const entry of english.split(/\n(?=\w+day, )/)) {
      const date = /^\w+day, (\d+ \w+)\./.exec(entry)?.[1] ?? '';
      const back = /The ([A-Z][\w ]+), which we saw on (\d+ \w+) with ([\w ]+) for ([\w ]+), is back/.exec(entry);
      if (back) {
        const [, ship, day, cargo, port] = back;
        assert.equal(`${day}: ${cargo} to ${port}`, last.get(ship), ship);
        remembered++;
      }
      const sailing = /The ([A-Z][\w ]+) carries ([\w ]+) to ([\w ]+);/.exec(entry);
      if (sailing) last.set(sailing[1], `${date}: ${sailing[2]} to ${sailing[3]}`);
    }
    assert.ok(remembered > 30);
  });

  it('lets she and he follow the person', () => {
    const women = ['Maren', 'Ines', 'Agnes', 'Clara', 'Ottilie'];
    for (const [sentence, name, pronoun] of english.matchAll(/(\w+) \w+ leaves a note .*\. (She|He) underlines/g))
      assert.equal(pronoun, women.includes(name) ? 'She' : 'He', sentence);
  });
});

describe('the Korean sample', () => {
  /** Whether a syllable has a final consonant, by Unicode's own decomposition into letters. */
  const hasFinal = (syllable: string): boolean => syllable.normalize('NFD').length === 3;
  const pairs: [closed: string, open: string][] = [
    ['을', '를'],
    ['은', '는'],
  ];

  it('chooses 을/를 and 은/는 by the final consonant', () => {
    const nouns =
      '등잔|밧줄|창문|사다리|거울|종|해도|시계|난로|주전자|책|편지|양초|깃발|그물|바구니|지도|계단|망원경|미란|도윤|하람|사과|소금';
    for (const [closed, open] of pairs) {
      const uses = [...korean.matchAll(new RegExp(`(?:${nouns})(${closed}|${open})(?= )`, 'g'))];
      assert.ok(uses.length > 200, `${uses.length} of ${closed}/${open}`);
      for (const [use, particle] of uses) assert.equal(particle, hasFinal(use.at(-2) ?? '') ? closed : open, use);
    }
  });

  it('chooses 이/가 and 으로/로 by the final consonant', () => {
    for (const [use, noun, particle] of korean.matchAll(
      /(어부|목수|집배원|뱃사공|아이들|사촌|미란|도윤|하람)(이|가) /g,
    ))
      assert.equal(particle, hasFinal(noun.at(-1) ?? '') ? '이' : '가', use);
    const ports = [...korean.matchAll(/(솔섬|달개|바람목|긴여|모래말|검은돌|다섯물)(으로|로) /g)];
    assert.ok(ports.length > 50);
    for (const [use, port, particle] of ports) assert.equal(particle, /[개여말돌물]$/.test(port) ? '로' : '으로', use);
  });

  it('honours those who are spoken of with 께서', () => {
    const sentences = korean.split(/(?<=다\.)[”\])]*\s+|\n/);
    const starts = (sentence: string, pattern: RegExp): boolean => pattern.test(sentence.replace(/^[[(“]+/, ''));
    const honoured = sentences.filter((sentence) => starts(sentence, /^(할머니|선장님|선생님|촌장님|의사 선생님)께서/));
    const plain = sentences.filter((sentence) =>
      starts(sentence, /^(어부|목수|집배원|뱃사공|아이들|사촌)(이|가) [^“]*$/),
    );
    assert.ok(honoured.length > 200 && plain.length > 200);
    assert.deepEqual(
      honoured.filter((sentence) => /다\.$/.test(sentence) && !/셨다\.$/.test(sentence)),
      [],
    );
    assert.deepEqual(
      plain.filter((sentence) => /[으시]셨다\.$/.test(sentence)),
      [],
    );
  });
});

describe('the bracket sample', () => {
  it('closes every group with the word that opened it', () => {
    const open: string[] = [];
    let previous = '';
    for (const [token] of brackets.matchAll(/[([{}\])]|\w+/g)) {
      if (/[)\]}]/.test(token)) assert.equal(previous, open.pop());
      else if (/[([{]/.test(previous)) open.push(token);
      previous = token;
    }
    assert.deepEqual(open, []);
  });
});
