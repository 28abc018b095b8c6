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

  it('are told as two, with that word, in at least 85 % of those made up for it', async () => {
    const missed: string[] = [];
    let count = 0;
    for (const language of ['en', 'ko'] as const)
      for (const { tokens, dep, head_a: a, head_b: b } of sentences[language]) {
        const { readings, differs } = readingsOf((await shelf.of(language)).parse([tokens])[0]);
        const heads = readings.map(({ arcs }) => arcs[dep - 1].head);
        count++;
        if (!differs.includes(dep - 1) || !heads.includes(a) || !heads.includes(b)) missed.push(tokens.join(' '));
      }
    assert.ok(missed.length <= 0.15 * count, `${count - missed.length} of ${count}; not: ${missed.join(' | ')}`);
  });

  it('are seldom told where a reader finds one: of plain sentences in at most one of ten', async () => {
    const plain = JSON.parse(readFileSync('test/fixtures/ambiguity/plain.json', 'utf8')) as Record<
      ParsedLanguage,
      string[]
    >;
    const seen: string[] = [];
    for (const language of ['en', 'ko'] as const)
      for (const text of plain[language]) {
        const [parsed] = (await shelf.of(language)).parse([text.split(' ')]);
        if (readingsOf(parsed).readings.length > 1) seen.push(text);
      }
    const count = plain.en.length + plain.ko.length;
    assert.ok(seen.length <= 0.1 * count, `${seen.length} of ${count}: ${seen.join(' | ')}`);
  });

  it('are never told of sentences too short for a modifier to belong elsewhere', async () => {
    const short = {
      en: ['Birds fly .', 'Birds sing .', 'The red car stopped .'],
      ko: ['비가 온다 .', '날씨가 좋다 .'],
    };
    for (const language of ['en', 'ko'] as const)
      for (const text of short[language]) {
        const [parsed] = (await shelf.of(language)).parse([text.split(' ')]);
        assert.equal(readingsOf(parsed).readings.length, 1, text);
      }
  });
});
