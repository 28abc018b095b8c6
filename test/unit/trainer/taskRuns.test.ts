// Runs on tasks from files to scores: classification, tagging and cloze; pausing, stopping early, and what cannot be trained on.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import type { RunConfig } from '../../../src/protocol/runConfig';
import type { RunRecord } from '../../../src/protocol/run';
import { defaultsOf } from '../../../src/protocol/taskDefaults';
import type { DatasetSource } from '../../../src/protocol/taskRun';
import { RunFolder } from '../../../src/trainer/runFolder';
import { randomNumbers } from '../../oracle/smallNetworks';
import { until, Workspace } from './trainerFixture';

const SMALL = { hiddenUnits: 8, embeddingSize: 8, batchSize: 8, sequenceLength: 16, learningRate: 0.02 };
const small = (task: RunConfig['task'], change: Partial<RunConfig> = {}): RunConfig => ({
  ...{ ...defaultsOf(task), ...SMALL },
  ...change,
});

/** Sentences whose mood stands in one word; `pos` and `neg` in turn. */
function moods(count: number): { label: string; text: string }[] {
  const random = randomNumbers(3);
  const pick = (words: string[]) => words[Math.floor(random() * words.length)];
  return Array.from({ length: count }, (_, k) => ({
    label: k % 2 ? 'pos' : 'neg',
    text: [
      pick(['the film', 'this story', 'one more sequel']),
      pick(['was', 'is']),
      pick(k % 2 ? ['lovely', 'fine', 'grand'] : ['dull', 'awful', 'weak']),
      pick(['again', 'today', 'of course', '']),
    ].join(' '),
  }));
}

const table = (rows: { label: string; text: string }[]) =>
  rows.map(({ label, text }) => `${label}\t${text}\n`).join('');

describe('a run on a task', () => {
  let workspace: Workspace;
  let runs = 0;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function trained(config: RunConfig, file: string, dataset?: DatasetSource): Promise<RunRecord> {
    const { session } = workspace.session();
    session.train({ ...workspace.order(`task-${++runs}`, config, { path: file }), dataset });
    await session.settled();
    return session.record;
  }

  const source = (...files: [string, string | null][]): DatasetSource => ({
    files: files.map(([file, label]) => ({ path: file, label })),
  });

  it('learns to classify lines and scores what it never saw', async () => {
    const file = workspace.file('moods.tsv', `${table(moods(120))}\npos\t\n`);
    const record = await trained(small('classification', { epochs: 6 }), file);
    assert.equal(record.phase, 'finished');
    const { dataset, scores, parameters } = record;
    assert.deepEqual([dataset?.training, dataset?.validation, dataset?.test], [96, 12, 12]);
    assert.deepEqual([dataset?.emptyLines, dataset?.incomplete, dataset?.columns], [1, 1, ['1', '2']]);
    assert.ok(scores && parameters > 0);
    assert.deepEqual([scores.part, scores.n, scores.accuracy, scores.macroF1], ['test', 12, 1, 1]);
    assert.deepEqual(scores.confusion, [
      [6, 0],
      [0, 6],
    ]);
    assert.deepEqual([scores.majority.accuracy, scores.perplexity], [0.5, null]);
  });

  it('is the same to the bit where it was paused, closed and opened again', async () => {
    const config = small('classification', { epochs: 8, hiddenUnits: 16, dropout: 0.2, layers: 2 });
    const file = workspace.file('moods.tsv', table(moods(120)));
    const whole = await trained(config, file);
    const { session } = workspace.session();
    session.train(workspace.order('paused', config, { path: file }));
    await until(() => session.record.phase === 'training');
    const paused = await session.pause();
    assert.ok(paused.phase === 'paused' && paused.step > 0 && paused.step < whole.step, `step ${paused.step}`);
    await session.close();
    const again = workspace.session().session;
    await again.open({ runFolder: workspace.runFolder('paused'), text: null });
    assert.equal(again.record.scores, undefined);
    await again.resume();
    await again.settled();
    assert.deepEqual(again.record.scores, whole.scores);
    assert.equal(again.record.step, whole.step);
  });

  it('ends early where nothing is left to gain, and keeps the best weights, which it scores', async () => {
    const noise = moods(100).map(({ text }, k) => ({ text, label: 'abc'[(k * k) % 3] }));
    const config = small('classification', { epochs: 60 });
    const record = await trained(config, workspace.file('noise.tsv', table(noise)));
    assert.equal(record.phase, 'finished');
    assert.ok(record.step < record.plannedSteps);
    const folder = workspace.runFolder(record.id);
    const best = decodeSafetensors(readFileSync(path.join(folder, 'best.safetensors')));
    const checkpoint = decodeSafetensors(new RunFolder(folder).readCheckpoint());
    assert.equal(record.scores?.step, Number(best.metadata.step));
    for (const [name, { values }] of best.tensors) assert.deepEqual(checkpoint.tensors.get(name)?.values, values, name);
  });

  it('tags tokens and predicts hidden ones', async () => {
    const tagged = moods(60).map(({ text }) =>
      text
        .trim()
        .split(/ +/)
        .map((word, k) => `${word}\t${k === 0 ? 'FIRST' : word.length > 3 ? 'LONG' : 'SHORT'}\n`)
        .join(''),
    );
    const tags = await trained(small('tagging', { epochs: 12 }), workspace.file('tags.tsv', tagged.join('\n')));
    assert.ok(tags.scores && tags.scores.accuracy > 0.9, `${tags.scores?.accuracy}`);
    assert.ok(tags.scores.n > tags.scores.examples && tags.scores.labels.includes('FIRST'));
    const text = moods(200)
      .map((each) => `${each.text} .\n`)
      .join('');
    const cloze = await trained(small('cloze', { epochs: 6 }), workspace.file('text.txt', text));
    assert.equal(cloze.failure, null);
    assert.ok(cloze.scores?.perplexity && cloze.scores.perplexity < 12, `${cloze.scores?.perplexity}`);
    assert.ok(cloze.scores.accuracy > cloze.scores.majority.accuracy);
  });

  it('takes a class per file in any encoding, and a folder per class', async () => {
    const words = (word: string) => Array.from({ length: 12 }, (_, k) => `${word} ${k % 3}\n`).join('');
    // "좋은" and "나쁜" in EUC-KR, which TextEncoder does not write.
    const korean = Buffer.concat(
      Array.from({ length: 12 }, () => Buffer.from([0xc1, 0xc1, 0xc0, 0xba, 0x20, 0xbf, 0xb5, 0xc8, 0xad, 0x0a])),
    );
    const files = source([workspace.file('a.ko', korean), 'ko'], [workspace.file('b.he', words('שלום')), 'he']);
    const record = await trained(small('classification', { epochs: 1 }), files.files[0].path, files);
    assert.deepEqual(record.dataset?.labels.slice().sort(), ['he', 'ko']);
    assert.equal(record.corpus?.encoding, 'euc-kr, utf-8');
    const vocabulary = new RunFolder(workspace.runFolder(record.id)).readVocabulary();
    for (const word of ['좋은', 'שלום']) assert.ok(vocabulary.idOf(word) > 0, word);
    for (const label of ['north', 'south']) {
      mkdirSync(path.join(workspace.folder, 'corpus', label), { recursive: true });
      for (let k = 0; k < 8; k++) workspace.file(`corpus/${label}/${k}.txt`, `${label}ern\nwind ${k}\n`);
    }
    const folder = path.join(workspace.folder, 'corpus');
    const perLabel = await trained(small('classification', { epochs: 1 }), folder, source([folder, null]));
    const { dataset } = perLabel;
    assert.deepEqual([dataset?.labels, dataset && dataset.training + dataset.test], [['north', 'south'], 14]);
  });

  it('cuts what is longer than the longest sequence and says so', async () => {
    const long = moods(40).map(({ label, text }) => ({ label, text: `${text} ${'and on '.repeat(20)}` }));
    const record = await trained(small('classification', { epochs: 1 }), workspace.file('long.tsv', table(long)));
    assert.deepEqual([record.dataset?.truncated, record.batch?.timesteps], [40, 16]);
  });

  const bad: [string, RunConfig['task'], string, object][] = [
    ['a row of another width', 'classification', 'p\ta\nn\tb\tc\n', { line: 2, reason: '3 columns instead of 2' }],
    ['lines without labels', 'classification', 'one\ntwo\n', { column: '', found: '' }],
    ['a single class', 'classification', table(moods(30).map(({ text }) => ({ text, label: 'x' }))), { label: 'x' }],
    ['few examples', 'classification', table(moods(4)), { examples: 4, needed: 10 }],
    ['tokens without tags', 'tagging', 'a\nb\n\nc\n', { column: '', found: '' }],
  ];
  for (const [what, task, content, args] of bad)
    it(`fails on ${what}, naming it`, async () => {
      const { failure, phase } = await trained(small(task), workspace.file('bad.tsv', content));
      assert.equal(phase, 'failed');
      assert.match(failure?.code ?? '', /^dataset/);
      assert.deepEqual({ ...failure?.args, name: '' }, { name: '', ...args });
    });
});
