// `gatescope parse`: running text in, CoNLL-U out.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { gatescope } from './commandLineFixture';

describe('gatescope parse', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gatescope-parse-'));
  after(() => rmSync(folder, { recursive: true }));
  let files = 0;
  const write = (text: string | Uint8Array): string => {
    const file = path.join(folder, `text-${++files}.txt`);
    writeFileSync(file, text);
    return file;
  };

  it('writes every sentence as CoNLL-U that can be read again, spaces and probabilities in the last column', async () => {
    const { code, output, notes } = await gatescope('parse', write('Birds fly. He didn’t go.\n\n나는 학교에 갔다.\n'));
    assert.deepEqual([code, notes], [0, []]);
    const { trees, problems } = readConllu(output);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      trees.map(({ text, sentence }) => [sentence, text]),
      [
        ['1', 'Birds fly.'],
        ['2', 'He didn’t go.'],
        ['3', '나는 학교에 갔다.'],
      ],
    );
    assert.deepEqual([...trees[0].heads], [2, 0, 2]);
    assert.match(trees[1].misc[1], /^ArcProbability=[01]\.\d{4}\|SpaceAfter=No$/);
    assert.ok(trees.every(({ upos }) => upos.every((tag) => tag !== null)));
  });

  it('tells a second reading where that is asked for, and JSON with offsets', async () => {
    const file = write('Scientists study whales from space.');
    const { output } = await gatescope('parse', file, '--readings');
    assert.equal(readConllu(output).trees.length, 2);
    assert.match(output, /^# reading_probability = 0\.\d{4}$/m);
    const json = await gatescope('parse', file, '--json');
    const told = JSON.parse(json.output) as { sentence: number; words: { start: number }[]; differs: number[] };
    assert.deepEqual([told.sentence, told.words[2].start, told.differs], [1, 17, [4]]);
  });

  it('writes as many of the most probable trees as are asked for, each with its probability', async () => {
    const file = write('Scientists study whales from space.');
    const { trees, problems } = readConllu((await gatescope('parse', file, '--best', '5')).output);
    assert.deepEqual([trees.length, problems], [5, []]);
    assert.deepEqual(
      trees.map(({ sentence }) => sentence),
      ['1-a', '1-b', '1-c', '1-d', '1-e'],
    );
    const probabilities = trees.map(({ comments }) => Number(/probability = (.*)$/.exec(comments.join(' '))?.[1]));
    assert.ok(
      probabilities.every((each, at) => each > 0 && each <= (probabilities[at - 1] ?? 1)),
      probabilities.join(),
    );
    assert.equal(new Set(trees.map(({ heads }) => heads.join())).size, 5);
  });

  it('leaves out other languages and says so; where nothing is left, the text is what is wrong', async () => {
    const french = 'Les enfants jouent dans le jardin avec leurs amis et leurs parents.';
    const mixed = await gatescope('parse', write(`The sun was shining on the sea.\n\n${french}\n`));
    assert.deepEqual([mixed.code, readConllu(mixed.output).trees.length], [0, 1]);
    assert.match(mixed.notes[0], /^1 of 2 sentences is in no language/);
    const foreign = await gatescope('parse', write(french));
    assert.equal(foreign.code, 2);
    assert.match(foreign.notes[0], /CoNLL-U file: in the inspector .* --conllu/);
    assert.equal((await gatescope('parse', write(french), '--lang', 'en')).code, 0);
  });

  it('says of numbers and marks that there are no words to parse', async () => {
    for (const text of ['3', '...']) {
      const { code, output, notes } = await gatescope('parse', write(text));
      assert.deepEqual([code, output, notes.length], [2, '', 1]);
      assert.match(notes[0], /^There are no words to parse in text-\d+\.txt/);
    }
    const french = 'Les enfants jouent dans le jardin avec leurs amis et leurs parents.';
    const { notes } = await gatescope('parse', write(`${french}\n\n* * *\n`));
    assert.match(notes[0], /^1 of 2 sentences holds no words/);
    assert.match(notes[1], /^1 of 2 sentences is in no language/);
  });

  it('parses a sentence of 300 words whole, with one reading', async () => {
    const long = `${Array.from({ length: 75 }, () => 'the dog barked and').join(' ')}.`;
    const { code, output } = await gatescope('parse', write(long), '--readings');
    const { trees, problems } = readConllu(output);
    assert.deepEqual([code, problems, trees.map(({ forms }) => forms.length)], [0, [], [301]]);
  });

  it('refuses what is no text, no file or no language of its parsers', async () => {
    for (const [argv, expected] of [
      [[], /needs a text file/],
      [['a.txt', 'b.txt'], /b\.txt is another/],
      [['a.txt', '--best', '0'], /--best is a whole number from 1 to 20, not 0/],
      [['a.txt', '--best', '2', '--readings'], /give one/],
      [['a.txt', '--lang', 'fr'], /--lang is en or ko, not fr/],
      [[path.join(folder, 'none.txt')], /does not exist/],
      [[write(Uint8Array.of(1, 0, 2, 0, 0))], /is not a text/],
      [[write('')], /is empty/],
      [[write('  \n ')], /is empty/],
    ] as const) {
      const { code, notes } = await gatescope('parse', ...argv);
      assert.equal(code, 2);
      assert.match(notes[0], expected);
    }
  });
});
