// `gatescope compare`: equal terms, honest numbers, and mistakes named.
import assert from 'node:assert/strict';
import path from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { compareOptions } from '../../../src/trainer/cli/compareOptions';
import { UsageError } from '../../../src/trainer/cli/subcommand';
import { comparisonAsText, type ComparisonData } from '../../../src/trainer/cli/compareReport';
import { gatescope } from './commandLineFixture';
import { smallText, Workspace } from './trainerFixture';

describe('gatescope compare', function () {
  this.timeout(60_000);

  it('trains every cell with every seed on as many parameters, and tells memory length and medians', async () => {
    const workspace = new Workspace();
    const file = workspace.file('small.txt', smallText(120));
    const out = path.join(workspace.folder, 'compared');
    const tiny = ['--hidden-units', '16', '--embedding-size', '6', '--sequence-length', '8', '--epochs', '1'];
    const said = await gatescope(
      ...['compare', file, '--cells', 'lstm,gru', '--seeds', '2', '--shares', '100,50', '--seed', '5', '--count', '64'],
      ...[...tiny, '--batch-size', '4', '--threads', '1', '--out', out, '--json'],
    );
    assert.equal(said.code, 0, said.notes.join('\n'));
    const data = JSON.parse(said.output) as ComparisonData;
    const { models, seeds, budget, shares } = data;
    assert.deepEqual([seeds, budget], [2, 'parameters']);
    assert.deepEqual(
      models.map(({ cell, runs }) => [cell, ...runs.map(({ seed }) => seed)]),
      [
        ['lstm', 5, 6],
        ['gru', 5, 6],
      ],
    );
    const hashes = new Set<string>();
    for (const { runs, parameters, deviation, memory, medians } of models) {
      assert.ok(Math.abs(deviation) <= 0.05);
      for (const { folder } of runs) {
        const record = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8')) as {
          parameters: number;
          corpus: { hash: string };
          batch: object;
        };
        assert.equal(record.parameters, parameters);
        hashes.add(`${record.corpus.hash} ${JSON.stringify(record.batch)}`);
      }
      assert.equal(medians[0].median, 1);
      assert.equal(memory?.seeds, 2);
      const { lag } = memory;
      const under = medians.find(({ lag: at, median }) => at > 0 && median < 0.01)?.lag ?? null;
      assert.equal(lag, under, 'memory length is where the medians say');
    }
    assert.equal(hashes.size, 1, 'the same text in the same order');
    assert.deepEqual(
      shares.map(({ share, bytes }) => [share, bytes]),
      [50, 100].map((share) => [share, Math.round((statSync(file).size * share) / 100)]),
      'half of the file first',
    );
    assert.ok(Math.abs(shares[0].tokens / shares[1].tokens - 0.5) < 0.01);
    for (const { step, models: fair, verdicts } of shares) {
      assert.ok((step ?? 0) > 0);
      for (const { atStep, atSeconds, lowest, secondsPerStep } of fair) {
        assert.deepEqual([atStep?.n, atSeconds?.n], [2, 2]);
        assert.ok((lowest?.mean ?? NaN) <= (atStep?.mean ?? NaN) + 1e-9 && (secondsPerStep ?? 0) > 0);
      }
      assert.equal(verdicts.atStep?.seeds, 2);
      assert.ok((verdicts.advice?.stepTime ?? 0) > 0, 'LSTM and GRU are held against each other');
    }
    const text = comparisonAsText(data);
    assert.match(text, /50 % of the file/);
    assert.match(text, /LSTM by default, GRU for efficiency/);
    await workspace.dispose();
  });

  it('names the mistake', () => {
    const mistakes: [string[], RegExp][] = [
      [['a', '--cells', 'lstm'], /at least two/],
      [['a', '--cells', 'lstm,lstm'], /at least two/],
      [['a', '--cells', 'lstm,rnn'], /"rnn" is none of/],
      [['a', '--seeds', '0'], /--seeds/],
      [['a', '--budget', 'money'], /--budget/],
      [['a', '--shares', '10,0'], /--shares/],
      [['a', '--shares', '10,10'], /twice/],
      [['a', '--count', '9999'], /--count/],
      [[], /which file/],
    ];
    for (const [argv, message] of mistakes)
      assert.throws(
        () => compareOptions(argv),
        (error: unknown) => error instanceof UsageError && message.test(error.message),
        argv.join(' '),
      );
  });
});
