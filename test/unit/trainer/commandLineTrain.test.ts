// Options of `gatescope train`: every field of the configuration can be given, and mistakes are named.
import assert from 'node:assert/strict';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import { FAILURE_CODES } from '../../../src/protocol/failures';
import { UsageError } from '../../../src/trainer/cli/subcommand';
import { optionName, trainHelp, trainOptions } from '../../../src/trainer/cli/trainOptions';
import { failureSentence } from '../../../src/trainer/failureSentences';

describe('gatescope train', () => {
  it('takes the defaults for what is not given', () => {
    assert.deepEqual(trainOptions(['a.txt']), {
      files: ['a.txt'],
      columns: {},
      config: DEFAULT_CONFIG,
      out: null,
      bytes: null,
      threads: 0,
      json: false,
    });
  });

  it('reads back every field of a configuration', () => {
    const config = {
      ...DEFAULT_CONFIG,
      cell: 'gru',
      unit: 'words',
      hiddenUnits: 33,
      forgetBias: -1.5,
      clipNorm: 0,
    } as const;
    const fields = Object.entries(config).flatMap(([key, value]) => [`--${optionName(key)}`, String(value)]);
    const options = trainOptions(['a b.txt', ...fields, '--bytes', '1000', '--threads', '2', '--out', 'x', '--json']);
    assert.deepEqual(options, {
      files: ['a b.txt'],
      columns: {},
      config,
      out: 'x',
      bytes: 1000,
      threads: 2,
      json: true,
    });
  });

  it('begins with the defaults of the task, and takes a choice without a value for yes', () => {
    const { files, columns, config } = trainOptions([
      ...['a.neg', 'a.pos', '--task', 'classification', '--reservoir', '--bidirectional', 'false', '--pooling', 'max'],
      ...['--label-column', 'mood'],
    ]);
    assert.deepEqual(files, ['a.neg', 'a.pos']);
    assert.deepEqual(columns, { labelColumn: 'mood' });
    const { unit, pooling, reservoir, bidirectional, task } = config;
    const expected = { unit: 'words', pooling: 'max', reservoir: true, bidirectional: false, task: 'classification' };
    assert.deepEqual({ unit, pooling, reservoir, bidirectional, task }, expected);
  });

  it('names the mistake', () => {
    const mistakes: [string[], RegExp][] = [
      [[], /which file/],
      [['a', 'b'], /one file/],
      [['a', '--hidden-units', '0'], /--hidden-units/],
      [['a', '--hidden-units', 'many'], /--hidden-units/],
      [['a', '--cell', 'rnn'], /--cell/],
      [['a', '--task', 'translation'], /--task/],
      [['a', '--colour', 'red'], /--colour/],
      [['a', '--bytes', '-3'], /--bytes/],
      [['a', '--threads', '9'], /--threads: a whole number from 0 to 8/],
    ];
    for (const [argv, message] of mistakes)
      assert.throws(
        () => trainOptions(argv),
        (error: unknown) => error instanceof UsageError && message.test(error.message),
        argv.join(' '),
      );
  });

  it('helps with every option', () => {
    for (const key of Object.keys(DEFAULT_CONFIG)) assert.ok(trainHelp().includes(`--${optionName(key)} `));
  });

  it('has a sentence for every failure', () => {
    for (const code of FAILURE_CODES) assert.match(failureSentence({ code, args: {} }), /^.{10,}\.$/);
    assert.match(failureSentence({ code: 'new', args: {} }), /new/);
  });
});
