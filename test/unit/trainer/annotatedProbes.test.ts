// Parts of speech and numbers read from the states of a run, as a CoNLL-U file gives them.
import assert from 'node:assert/strict';
import type { AnnotatedProbes } from '../../../src/protocol/probes';
import type { TextSource } from '../../../src/protocol/run';
import { readConlluWords } from '../../../src/text/datasets/conlluWords';
import { TokenCounter } from '../../../src/text/vocabulary';
import { alignSentence } from '../../../src/trainer/tasks/annotatedProbes';
import { gatescope } from './commandLineFixture';
import { TINY, Workspace } from './trainerFixture';

const row = (id: string, form: string, upos: string, features = '_', misc = '_') =>
  [id, form, form, upos, '_', features, '_', '_', '_', misc].join('\t');

/** A sentence with a contraction that spells its words out, one that does not, and an empty node. */
const FIXTURE = [
  '# text = Don’t see du M.!',
  row('1-2', 'Don’t', '_'),
  ...[row('1', 'Do', 'AUX'), row('2', 'n’t', 'PART')],
  row('3', 'see', 'VERB'),
  row('3.1', 'all', 'DET'),
  row('4-5', 'du', '_'),
  ...[row('4', 'de', 'ADP'), row('5', 'le', 'DET', 'Definite=Def|Number=Sing')],
  row('6', 'M.', 'NOUN', 'Number=Plur', 'SpaceAfter=No'),
  row('7', '!', 'PUNCT', 'Number=Dual'),
  '',
].join('\n');

describe('the words of a CoNLL-U file', () => {
  const [sentence] = readConlluWords(FIXTURE).sentences;

  it('have their places in the text as it is written', () => {
    assert.equal(sentence.text, 'Don’t see du M.!');
    const placed = sentence.words.map(({ form, place }) => [
      form,
      place && sentence.text.slice(place.start, place.end),
    ]);
    assert.deepEqual(placed, [
      ...[
        ['Do', 'Do'],
        ['n’t', 'n’t'],
        ['see', 'see'],
        ['de', null],
        ['le', null],
        ['M.', 'M.'],
        ['!', '!'],
      ],
    ]);
    assert.deepEqual(
      sentence.words.map(({ number }) => number),
      [null, null, null, null, 'Sing', 'Plur', null],
    );
  });

  it('are judged at their last token, and left out where a token holds others too', () => {
    const aligned = (['characters', 'words'] as const).map((unit) => {
      const vocabulary = new TokenCounter();
      vocabulary.add('a', 0, 1);
      const read = alignSentence(sentence, { vocabulary: vocabulary.vocabulary(unit), as: 'text' });
      return read.words.map(({ word, at }) => [word.form, at]);
    });
    assert.deepEqual(aligned, [
      [
        ['Do', 1],
        ['n’t', 4],
        ['see', 8],
        ['M.', 14],
        ['!', 15],
      ],
      // Don’t · see · du · M · . · !
      [
        ['see', 1],
        ['M.', 4],
        ['!', 5],
      ],
    ]);
  });

  it('are left out with the line and the reason where they are broken, and the rest is read', () => {
    const whole = row('1', 'a', 'X');
    const { sentences, broken } = readConlluWords(`${whole}\n1\ta\n1\n\n${whole}\n\n${row('x', 'b', 'X')}\n\n${whole}`);
    assert.equal(sentences.length, 2);
    assert.deepEqual(broken, [
      { line: 2, reason: '2 columns instead of 10, separated by tabs' },
      { line: 7, reason: 'the number of a word is “x”' },
    ]);
  });

  it('are refused with the line where all are broken', () => {
    assert.throws(() => readConlluWords(`${row('1', 'a', 'X')}\n1\ta\n`), /"line":2.*2 columns instead of 10/);
    assert.throws(() => readConlluWords(row('1', 'a', '_')), /untagged.*UPOS/);
  });
});

describe('gatescope probe --conllu', () => {
  let workspace: Workspace;
  before(() => (workspace = new Workspace()));
  after(() => workspace.dispose());

  it('reads part of speech and number from every layer, with n, a majority and the untrained network', async () => {
    const nouns = [
      ['cat', 'Sing'],
      ['cats', 'Plur'],
      ['dog', 'Sing'],
    ];
    const sentences = Array.from({ length: 40 }, (_, k) => {
      const [noun, number] = nouns[k % 3];
      return [row('1', 'the', 'DET'), row('2', noun, 'NOUN', `Number=${number}`), row('3', 'sat', 'VERB')].join('\n');
    });
    const file = workspace.file('pets.conllu', `${sentences.join('\n\n')}\n`);
    const text = Array.from({ length: 60 }, (_, k) => `the ${nouns[k % 3][0]} sat`).join('\n');
    const { session } = workspace.session();
    session.train(workspace.order('run', { ...TINY, layers: 2, epochs: 2, unit: 'words' }, { text }));
    await session.settled();
    const source = { uri: '', name: 'pets.conllu', path: file, part: { kind: 'whole' } } as const;
    const ask = (given: { file: TextSource; text?: string }) =>
      session.ask({ question: { about: 'annotatedProbes', chosen: 1, ...given }, view: null });
    const answered = await ask({ file: source });
    const fromText = await ask({ file: { ...source, path: null }, text: `${sentences.join('\n\n')}\n` });
    const half = await ask({ file: { ...source, path: null }, text: `b\n\n${sentences.join('\n\n')}\n` });
    assert.deepEqual((half?.value as AnnotatedProbes).broken, {
      ...{ sentences: 1, line: 1, reason: '1 column instead of 10, separated by tabs' },
    });
    await assert.rejects(
      ask({ file: { ...source, path: null }, text: `${row('1', 'a', 'X')}\nb\n` }),
      /datasetMalformed.*pets\.conllu.*"line":2/,
    );
    await session.close();
    const run = workspace.runFolder('run');
    const said = await gatescope('probe', run, '--conllu', file, '--json');
    const torn = workspace.file('torn.conllu', `1\tcat\n\n${sentences.join('\n\n')}\n`);
    const rest = await gatescope('probe', run, '--conllu', torn, '--json');
    assert.deepEqual(
      [rest.code, rest.notes.filter((note) => note.includes('left out'))],
      [0, ['info: torn.conllu, line 1: left out, 2 columns instead of 10, separated by tabs']],
    );
    assert.equal(said.code, 0, said.notes.join());
    const { properties, vectors, words, unaligned } = JSON.parse(said.output) as AnnotatedProbes;
    assert.deepEqual([words, unaligned], [120, 0]);
    for (const told of [answered, fromText])
      assert.deepEqual(JSON.parse(JSON.stringify(told?.value)), {
        ...{ properties, vectors, words, unaligned, sentences: 40, every: 1, broken: null },
      });
    // Sentences 4, 9 … 39 are held out; of their nouns k mod 3 is 1, 0, 2, 1, 0, 2, 1, 0: five singular.
    assert.deepEqual(properties, [
      { name: 'upos', fitted: 96, judged: 24, classes: ['DET', 'NOUN', 'VERB'], majority: 1 / 3 },
      { name: 'number', fitted: 32, judged: 8, classes: ['Plur', 'Sing'], majority: 5 / 8 },
    ]);
    assert.deepEqual(
      vectors.map(({ what, layer, direction }) => `${what} ${layer} ${direction}`),
      ['embedding 0 forward', 'state 0 forward', 'state 1 forward'],
    );
    const [embedding] = vectors;
    assert.equal(embedding.scores[1].now.accuracy, 1, 'three embeddings of four numbers can be told apart');
    for (const { scores } of vectors)
      for (const { now, untrained } of scores) assert.ok(now.low <= now.accuracy && untrained !== null);
    assert.match((await gatescope('probe', run, '--conllu', file)).output, /upos, n = 24 +number, n = 8/);
    const broken = workspace.file('broken.conllu', `${row('1', 'a', 'X')}\nb\n`);
    const refused = await gatescope('probe', run, '--conllu', broken);
    assert.equal(refused.code, 2);
    assert.match(refused.notes.join(), /broken\.conllu.*2/);
  });
});
