// The parsers that come along: read when they are asked for, and sentences with two readings tell both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ParsedLanguage } from '../../../../src/protocol/syntax';
import { bestTrees } from '../../../../src/syntax/trees/bestTrees';
import { readingsOf } from '../../../../src/syntax/trees/readings';
import { readKernelModules } from '../../../../src/trainer/kernelsModule';
import { ParserShelf } from '../../../../src/trainer/syntax/parserShelf';
import { SyntaxDesk } from '../../../../src/trainer/syntax/syntaxDesk';

const kernels = readKernelModules('dist');

describe('the shelf of parsers', () => {
  it('reads a parser’s weights when its language is first asked for, and then no more', async () => {
    const read: string[] = [];
    const shelf = new ParserShelf('media', kernels, (file) => {
      read.push(path.basename(file));
      return readFileSync(file);
    });
    assert.deepEqual(read, []);
    await Promise.all([shelf.of('en'), shelf.of('en')]);
    assert.deepEqual(read, ['parser-en.safetensors']);
    shelf.close();
  });

  it('names the file that is not there, and opens it once it is', async () => {
    const desk = new SyntaxDesk('nowhere', { mediaFolder: 'nowhere', kernelsWasm: kernels });
    await assert.rejects(desk.parsers.of('ko'), /parserUnusable.*parser-ko\.safetensors.*ENOENT/);
    let isThere = false;
    const shelf = new ParserShelf('media', kernels, (file) => {
      if (!isThere) throw new Error('ENOENT');
      return readFileSync(file);
    });
    await assert.rejects(shelf.of('en'), /parserUnusable/);
    isThere = true;
    assert.equal((await shelf.of('en')).language, 'en');
  });

  it('refuses damaged weights, what is no parser, and a parser of another language', async () => {
    const shelf = (bytes: Uint8Array) => new ParserShelf('media', kernels, () => bytes);
    const whole = readFileSync('media/parser-en.safetensors');
    await assert.rejects(shelf(whole.subarray(0, whole.length >> 1)).of('en'), /parserUnusable/);
    await assert.rejects(shelf(new TextEncoder().encode('no weights at all')).of('en'), /parserUnusable/);
    await assert.rejects(shelf(whole).of('ko'), /another language/);
  });
});

interface Ambiguous {
  tokens: string[];
  /** The word (from 1) that has two heads. */
  dep: number;
  head_a: number;
  head_b: number;
}

/** Sentences with one reading; phrases at their end have nothing else to belong to. */
const CLEAR: Record<ParsedLanguage, string[]> = {
  en: [
    ...[
      'The cat sleeps .',
      'She is a doctor .',
      'I like apples .',
      'He did not see her .',
      'Birds fly .',
      'Birds sing .',
    ],
    ...['The red car stopped .', 'It was raining .', 'They will come tomorrow .'],
  ],
  ko: [
    ...['나는 학교에 갔다 .', '고양이가 잔다 .', '그녀는 의사이다 .', '비가 온다 .', '우리는 밥을 먹었다 .'],
    ...['동생이 책을 읽는다 .', '날씨가 좋다 .', '꽃이 피었다 .'],
  ],
};

describe('sentences with two readings', () => {
  const sentences = JSON.parse(readFileSync('test/fixtures/ambiguity/sentences.json', 'utf8')) as Record<
    ParsedLanguage,
    Ambiguous[]
  >;
  const shelf = new ParserShelf('media', kernels);
  after(() => shelf.close());

  it('have both among the five best trees in at least 85 % of those made up for it', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const language of ['en', 'ko'] as const)
      for (const { tokens, dep, head_a: a, head_b: b } of sentences[language]) {
        const [{ scores, n }] = (await shelf.of(language)).parse([tokens]);
        const heads = bestTrees(scores, n, 5).map((tree) => tree.heads[dep - 1]);
        count++;
        if (!heads.includes(a) || !heads.includes(b)) missed.push(tokens.join(' '));
      }
    assert.ok(missed.length <= 0.15 * count, `${count - missed.length} of ${count}; not: ${missed.join(' | ')}`);
  });

  it('are told with the word that carries the difference', async () => {
    const [whales] = sentences.en;
    const { readings, differs } = readingsOf((await shelf.of('en')).parse([whales.tokens])[0]);
    assert.deepEqual(readings.map(({ arcs }) => arcs[4].head).sort(), [2, 3]);
    assert.deepEqual(differs, [4]);
  });

  it('are not seen where there is one reading', async () => {
    const seen: string[] = [];
    for (const language of ['en', 'ko'] as const)
      for (const text of CLEAR[language]) {
        const [parsed] = (await shelf.of(language)).parse([text.split(' ')]);
        if (readingsOf(parsed).readings.length > 1) seen.push(text);
      }
    assert.deepEqual(seen, []);
  });
});
