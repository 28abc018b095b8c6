// The command line on tasks: an ambiguous word is trained on, scored and read, as JSON and for people; mistakes are named.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunRecord } from '../../../src/protocol/run';
import type { Scores } from '../../../src/protocol/taskRun';
import { distinguishingNames, filesOfDataset, guessTaskOf } from '../../../src/trainer/cli/datasetFiles';
import type { TokenProbe } from '../../../src/trainer/tasks/probeToken';
import { gatescope } from './commandLineFixture';
import { Workspace } from './trainerFixture';

/** "bank" means what the word behind it says, whoever goes there. */
function banks(): string {
  const who = ['she', 'he', 'mary', 'john', 'everybody', 'someone', 'we', 'they'];
  const senses: Record<string, string[]> = { money: ['account', 'loan', 'clerk'], river: ['willow', 'mud', 'heron'] };
  return who
    .flatMap((name) =>
      Object.entries(senses).flatMap(([sense, words]) =>
        words.map((word) => `${sense}\t${name} saw the bank ${word}\n`),
      ),
    )
    .join('');
}

describe('gatescope on tasks', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  it('trains, scores and reads the states of an ambiguous word', async () => {
    const file = workspace.file('banks.tsv', banks());
    const run = path.join(workspace.folder, 'run');
    const small = ['--hidden-units', '16', '--batch-size', '8', '--learning-rate', '0.01', '--epochs', '12'];
    const threads = ['--threads', '1', '--out', run];
    const training = await gatescope('train', file, '--task', 'classification', ...small, ...threads, '--json');
    assert.equal(training.code, 0, training.notes.join('\n'));
    const record = JSON.parse(training.output) as RunRecord;
    assert.ok(
      training.notes.some((line) => /accuracy 100.0 % .*Wilson; n = 5/.test(line)),
      training.notes.join('\n'),
    );

    const heldOut = JSON.parse((await gatescope('score', run, '--json')).output) as Scores;
    assert.deepEqual([heldOut.accuracy, heldOut.loss], [record.scores?.accuracy, record.scores?.loss]);
    const further = workspace.file('further.tsv', 'river\tpeter saw the bank mud\nspace\twe saw the bank of stars\n');
    const other = await gatescope('score', run, further, '--json');
    const scores = JSON.parse(other.output) as Scores;
    assert.deepEqual([scores.part, scores.n, scores.accuracy], ['file', 1, 1]);
    assert.ok(other.notes.some((line) => /1 example of labels that it never saw/.test(line)));
    assert.match((await gatescope('score', run)).output, /right \\ predicted/);

    const probe = JSON.parse((await gatescope('probe', run, '--token', 'bank', '--json')).output) as TokenProbe;
    const [{ forward, reverse, both }] = probe.layers;
    assert.ok(forward.accuracy < 0.75, `${forward.accuracy}`);
    assert.deepEqual([reverse?.accuracy, both?.accuracy], [1, 1]);
    assert.ok(probe.sameLeft.pairs > 50 && (probe.sameLeft.reverseSmallest ?? 0) > 0.01);
    assert.equal(probe.sameLeft.forwardLargest, 0);
    assert.match((await gatescope('probe', run, '--token', 'bank')).output, /differ by at most 0, reverse ones/);
  });

  it('says what cannot be done', async () => {
    const text = workspace.file('text.txt', 'the cat sat on the mat and sang a song. '.repeat(10));
    const refused = await gatescope('train', text, '--bidirectional', '--out', path.join(workspace.folder, 'two-way'));
    assert.equal(refused.code, 2);
    assert.ok(refused.notes.some((line) => /--task cloze/.test(line)));
    const labelled = workspace.file('banks.tsv', banks());
    const tiny = ['--hidden-units', '2', '--embedding-size', '2', '--epochs', '1', '--threads', '1'];
    const run = path.join(workspace.folder, 'language');
    const language = await gatescope('train', labelled, ...tiny, '--out', run);
    assert.ok(language.notes.some((line) => /looks like examples; --task classification/.test(line)));
    for (const command of [['score'], ['probe', '--token', 'x']]) {
      const { code, notes } = await gatescope(command[0], run, ...command.slice(1));
      assert.equal(code, 2);
      assert.match(notes[0], /language model; inspect/);
    }
    const nowhere = path.join(workspace.folder, 'nowhere');
    const missing = await gatescope('train', labelled, nowhere, '--task', 'classification', '--out', nowhere);
    assert.deepEqual([missing.code, missing.notes], [2, ['gatescope: nowhere does not exist.']]);
    assert.equal(existsSync(nowhere), false);
    const broken = workspace.file('broken.csv', 'label,text\na,one\nb,two,three\n');
    const malformed = await gatescope('train', broken, '--task', 'classification', '--out', path.join(nowhere, 'csv'));
    assert.deepEqual(
      [malformed.code, malformed.notes.at(-1)],
      [2, 'gatescope: broken.csv, line 3: 3 columns instead of 2.'],
    );
    assert.equal((await gatescope('probe')).code, 2);
    assert.equal((await gatescope('score')).code, 2);
  });

  it('names classes by what tells the files apart', () => {
    assert.deepEqual(distinguishingNames(['rt-polarity.neg', 'rt-polarity.pos']), ['neg', 'pos']);
    assert.deepEqual(distinguishingNames(['train_good.txt', 'train_bad.txt', 'train_ugly.txt']), [
      'good',
      'bad',
      'ugly',
    ]);
    assert.deepEqual(distinguishingNames(['a', 'b']), ['a', 'b']);
    const plain = ['x.neg', 'x.pos'].map((name) => workspace.file(name, 'a line\nand another\n'));
    const labels = filesOfDataset(plain, 'classification').map(({ label }) => label);
    assert.deepEqual(labels, ['neg', 'pos']);
    const tables = ['a.tsv', 'b.tsv'].map((name) => workspace.file(name, banks()));
    assert.deepEqual(guessTaskOf(tables[0]), 'classification');
    assert.ok(filesOfDataset(tables, 'classification').every(({ label }) => label === null));
  });
});
