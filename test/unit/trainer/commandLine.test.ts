// The command line as a whole: which commands there are, how they help, and how mistakes end.
import assert from 'node:assert/strict';
import { COMMANDS } from '../../../src/trainer/cli/dispatch';
import { benchOptions } from '../../../src/trainer/cli/benchCommand';
import { inspectOptions } from '../../../src/trainer/cli/inspectCommand';
import { oracleOptions } from '../../../src/trainer/cli/oracleCommand';
import { gatescope } from './commandLineFixture';

describe('the command line', () => {
  it('lists its commands when asked for help, or for nothing', async () => {
    for (const argv of [[], ['--help'], ['-h']]) {
      const { code, output, notes } = await gatescope(...argv);
      assert.deepEqual([code, notes], [0, []]);
      for (const name of ['train', 'score', 'probe', 'inspect', 'oracle', 'bench'])
        assert.match(output, new RegExp(`^  ${name} `, 'm'));
    }
  });

  it('helps with every command, its options and its exit codes', async () => {
    for (const { name } of COMMANDS)
      for (const argv of [
        [name, '--help'],
        [name, 'a', 'b', '-h'],
      ]) {
        const { code, output } = await gatescope(...argv);
        assert.equal(code, 0);
        assert.match(output, new RegExp(`^gatescope ${name} `));
        assert.match(output, /--json/);
        assert.match(output, /^Exit codes: 0 /m);
      }
  });

  it('tells the version of its package', async () => {
    assert.deepEqual(await gatescope('--version'), { code: 0, output: '1.2.3\n', notes: [] });
  });

  const mistakes: [string[], RegExp][] = [
    [
      ['dance'],
      /^gatescope: unknown command "dance"; there is: train, score, probe, arcs, agreement, inspect, compare, parse, parser, oracle, bench\.$/,
    ],
    [['--colour'], /unknown option "--colour"/],
    [['train'], /^gatescope: train: which file\?$/],
    [['train', 'a', '--colour', 'red'], /Unknown option '--colour'\.$/],
    [['inspect'], /inspect: which run folder\?$/],
    [['inspect', 'a', 'b'], /one run folder at a time, not also b\.$/],
    [['inspect', 'a', '--text', 'b', '--string', 'c'], /--text FILE or --string TEXT, not both/],
    [['inspect', 'a', '--count', '513'], /--count: a whole number from 1 to 512/],
    [['inspect', 'a', '--from', '-1'], /--from: a whole number from 0/],
    [['inspect', 'a', '--units', '--from'], /--from/],
    [['oracle'], /oracle: which folder\?$/],
    [['oracle', 'a', '--memory', 'much'], /--memory: a whole number from 1/],
    [['bench', 'a'], /bench takes no a\.$/],
    [['bench', '--rounds', '0'], /--rounds: a whole number from 1 to 1000/],
  ];
  for (const [argv, message] of mistakes)
    it(`answers "${argv.join(' ')}" with a sentence and exit code 2`, async () => {
      const { code, output, notes } = await gatescope(...argv);
      assert.equal(code, 2);
      assert.equal(output, '');
      assert.match(notes[0], message);
      const isCommand = COMMANDS.some(({ name }) => name === argv[0]);
      assert.equal(notes[1], `See gatescope ${isCommand ? `${argv[0]} ` : ''}--help.`);
    });

  it('reads the options of every command', () => {
    assert.deepEqual(inspectOptions(['run', '--string', 'abc', '--from', '3', '--count', '2', '--units', '--json']), {
      ...{ runFolder: 'run', file: null, text: 'abc', from: 3, count: 2 },
      ...{ units: true, json: true },
    });
    assert.deepEqual(oracleOptions(['cases', '--memory', '100']), {
      folder: 'cases',
      memoryMegabytes: 100,
      json: false,
    });
    assert.deepEqual(benchOptions(['--threads', '1', '--rounds', '3', '--json']), {
      threads: 1,
      rounds: 3,
      json: true,
    });
  });
});
