// `gatescope agreement`: sets and prefixes with stored runs, and cells trained on the task itself.
import assert from 'node:assert/strict';
import { crossValidate } from '../../../src/labs/agreement/crossValidation';
import { NUMBER_TASK } from '../../../src/labs/agreement/numberTask';
import { templateItems } from '../../../src/labs/agreement/templateItems';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import type { SupervisedReport } from '../../../src/trainer/cli/agreementSupervised';
import { supervisedVerdicts } from '../../../src/trainer/cli/agreementTables';
import { gatescope } from './commandLineFixture';
import { smallText, TINY, Workspace } from './trainerFixture';

/** A sentence of its own document. */
const tree = (at: number, noun: string, number: string, verb: string): string =>
  [
    `# newdoc id = document ${at}`,
    `# sent_id = ${at}`,
    `1\t${noun}\t${noun}\tNOUN\tNN\tNumber=${number}\t2\tnsubj\t_\t_`,
    `2\t${verb}\tbe\tVERB\tVBZ\tNumber=${number}|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_`,
    '',
    '',
  ].join('\n');

describe('gatescope agreement', () => {
  const workspace = new Workspace();
  const run = workspace.runFolder('run');
  before(async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
  });
  after(() => workspace.dispose());

  it('scores minimal pairs with every run and names the lines that are none', async () => {
    const pairs = workspace.file('pairs.jsonl', '{"good": "the cat sleeps", "bad": "the cat sleep"}\nnone\n');
    const { code, output, notes } = await gatescope('agreement', run, run, '--pairs', pairs, '--json');
    assert.deepEqual([code, notes], [0, ['pairs.jsonl, line 2: left out, the line is no JSON object']]);
    const found = JSON.parse(output) as { run: string; kind: string; overall: { n: number } }[];
    assert.deepEqual(
      found.map(({ kind, overall }) => [kind, overall.n]),
      [
        ['pairs', 1],
        ['pairs', 1],
      ],
    );
    const lines = (await gatescope('agreement', run, run, '--pairs', pairs)).output;
    assert.match(lines, /all items +1 \(few\)/);
    assert.match(lines, /all runs +mean/);
  });

  it('tells both probabilities of a prefix’s continuations, or why it cannot', async () => {
    const { code, output } = await gatescope('agreement', run, '--prefix', 'the cat', '--forms', 'sleeps/sleep');
    assert.equal(code, 0);
    assert.match(output, /P\(sleeps\) = [\d.e-]+, P\(sleep\) = /);
    const same = await gatescope('agreement', run, '--prefix', 'the cat', '--forms', 'is/is');
    assert.deepEqual([same.code, /both continuations are the same/.test(same.output)], [2, true]);
  });

  it('ends with 2 where no sentence can be used, and where it is not told what to do', async () => {
    const conllu = workspace.file('none.conllu', tree(1, 'cat', 'Sing', 'sleeps').replace('nsubj', 'obj'));
    const none = await gatescope('agreement', run, '--conllu', conllu);
    assert.equal(none.code, 2);
    assert.match(none.notes.join('\n'), /none\.conllu: no sentence has a noun subject/);
    const few = await gatescope(
      'agreement',
      '--supervised',
      '--conllu',
      workspace.file('few.conllu', tree(1, 'cat', 'Sing', 'sleeps')),
    );
    assert.match(few.notes.join('\n'), /five documents at least/);
    const wrong = await gatescope('agreement', run, '--pairs', conllu);
    assert.match(wrong.notes.join('\n'), /--conllu reads trees/);
    for (const argv of [[run], [], ['--supervised'], [run, '--prefix', 'a'], [run, '--templates', '--each', '0']])
      assert.equal((await gatescope('agreement', ...argv)).code, 2, argv.join(' '));
  });

  it('trains cells on the task itself, every sentence judged by networks that were not trained on its document', async () => {
    const content = Array.from({ length: 60 }, (_, at) =>
      at % 2 === 0 ? tree(at, 'cat', 'Sing', 'sleeps') : tree(at, 'cats', 'Plur', 'sleep'),
    ).join('');
    const file = workspace.file('cats.conllu', content);
    const asked = ['--supervised', '--conllu', file, '--cells', 'vanilla,gru', '--seeds', '1', '--json'];
    const { code, output } = await gatescope('agreement', ...asked);
    assert.equal(code, 0);
    const report = JSON.parse(output) as SupervisedReport;
    assert.deepEqual([report.items, report.documents, report.interrupted], [60, 60, false]);
    for (const { all } of report.networks) assert.deepEqual([all.length, all[0].n, all[0].accuracy], [1, 60, 1]);
  });
});

describe('cross-validation of agreement', () => {
  const items = templateItems({ seed: 1, each: 60, attractors: [0, 1] }).map((item, at) => ({
    ...item,
    ...{ tags: item.words, document: String(at % 12) },
  }));
  const small = { ...NUMBER_TASK, cell: 'lstm' as const, seed: 1, hiddenUnits: 8, embeddingSize: 8, epochs: 1 };

  it('keeps the folds that were judged when it is interrupted', async () => {
    let steps = 0;
    const goOn = () => Promise.resolve(++steps <= 15);
    const found = await crossValidate(readKernelModules('dist'), small, items, goOn, () => undefined);
    const judged = found.hits.filter((hit) => hit >= 0).length;
    assert.ok(found.folds >= 1 && found.folds < 5, String(found.folds));
    assert.ok(judged > 0 && judged < items.length);
  });
});

describe('what cross-validation says of cells', () => {
  const cell = (attractors: number, low: number, high: number, seeds: number[]) => ({
    ...{ attractors, n: 100, accuracy: (low + high) / 2, low, high, seeds, majority: 0.5 },
  });
  const network = (name: 'vanilla' | 'lstm', all: ReturnType<typeof cell>[]) => ({
    ...{ cell: name, parameters: 1, seconds: 1, all, strict: [] },
  });

  it('names the numbers of attractors where intervals, and where all seeds, lie apart', () => {
    const vanilla = network('vanilla', [cell(0, 0.9, 0.96, [0.92, 0.94]), cell(1, 0.4, 0.5, [0.44, 0.46])]);
    const lstm = network('lstm', [cell(0, 0.92, 0.98, [0.95, 0.96]), cell(1, 0.6, 0.8, [0.65, 0.75])]);
    assert.deepEqual(supervisedVerdicts({ networks: [vanilla, lstm], seeds: [1, 2] }), [
      'LSTM over vanilla, intervals apart: at 1; every seed of the one over every seed of the other at 0, 1.',
    ]);
  });
});
