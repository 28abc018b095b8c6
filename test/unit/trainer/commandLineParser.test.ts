// `gatescope parser` from the outside: a tiny parser is trained and scored, and every kind of input that cannot be used.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gatescope } from './commandLineFixture';

/** Rows "form tag head relation" of sentences. */
function conllu(sentences: string[][]): string {
  return sentences
    .map((rows) =>
      rows
        .map((row, at) => {
          const [form, tag, head, relation] = row.split(' ');
          return [at + 1, form, '_', tag, '_', '_', head, relation, '_', '_'].join('\t');
        })
        .join('\n'),
    )
    .map((block) => `${block}\n\n`)
    .join('');
}

const GOOD = [
  ['dogs NOUN 2 nsubj', 'bark VERB 0 root'],
  ['dogs NOUN 2 nsubj', 'see VERB 0 root', 'cats NOUN 2 obj'],
];
/** Both heads are words. */
const CYCLE = ['dogs NOUN 2 nsubj', 'bark VERB 1 root'];

describe('gatescope parser', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gatescope-parser-'));
  const inFolder = (name: string) => path.join(folder, name);
  const trees = inFolder('trees.conllu');
  const weights = inFolder('tiny.safetensors');
  before(async () => {
    writeFileSync(trees, conllu([...GOOD, CYCLE, ...GOOD]));
    const size = ['--units', '4', '--layers', '1', '--epochs', '2'];
    const said = await gatescope(
      ...['parser', 'train', '--lang', 'en', '--train', trees, '--dev', trees, '--out', weights, ...size],
    );
    assert.equal(said.code, 0, said.notes.join('\n'));
    assert.ok(said.notes.some((note) => note.includes('trees.conllu, line 8: left out')));
    assert.ok(said.notes.some((note) => note.startsWith('epoch 2: loss')));
    assert.equal(typeof (JSON.parse(said.output) as { uas: unknown }).uas, 'number');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('scores weights on gold trees and names the sentences that it leaves out', async () => {
    const { code, output } = await gatescope('parser', 'score', trees, '--lang', 'en', '--weights', weights, '--json');
    const scores = JSON.parse(output) as Record<string, unknown>;
    assert.equal(code, 0);
    assert.deepEqual([scores.sentences, scores.words, scores.file], [4, 10, 'trees.conllu']);
    for (const name of ['uas', 'las', 'lasWithSubtypes', 'upos', 'tokensPerSecond'])
      assert.ok(Number(scores[name]) >= 0, name);
    assert.ok(Number(scores.uas) >= Number(scores.las));
    const leftOut = [{ file: 'trees.conllu', line: 8, reason: 'no word has the head 0' }];
    assert.deepEqual(scores.leftOut, leftOut);
  });

  for (const [what, argv, reason] of [
    [
      'weights that are not there',
      ['score', trees, '--lang', 'en', '--weights', inFolder('none')],
      /none does not exist/,
    ],
    ['weights of the other language', ['score', trees, '--lang', 'ko', '--weights', weights], /other language, en/],
    ['a file that holds no parser', ['score', trees, '--lang', 'en', '--weights', trees], /cannot be used/],
    ['a language without a parser', ['score', trees, '--lang', 'fr'], /no parser for "fr"/],
    ['trees that are not there', ['score', inFolder('none.conllu'), '--lang', 'en'], /none\.conllu does not exist/],
    ['no action', [], /train or score/],
    ['no trees to learn', ['train', '--lang', 'en'], /which --train/],
    [
      'a folder that is not there',
      ['train', '--lang', 'en', '--train', trees, '--dev', trees, '--out', inFolder('none/weights')],
      /none/,
    ],
  ] as const)
    it(`says what is wrong: ${what}`, async () => {
      const { code, notes, output } = await gatescope('parser', ...argv);
      assert.notEqual(code, 0);
      assert.equal(output, '');
      assert.match(notes.join('\n'), reason);
    });

  it('says which line is broken in a file without a tree', async () => {
    const broken = inFolder('broken.conllu');
    writeFileSync(broken, conllu([CYCLE]));
    const { code, notes } = await gatescope('parser', 'score', broken, '--lang', 'en', '--weights', weights);
    assert.equal(code, 2);
    assert.match(notes.join('\n'), /broken\.conllu has a tree; line 1: no word has the head 0/);
  });
});
