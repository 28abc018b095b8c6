// The command line: every field of the configuration can be given, and mistakes are named.
import assert from 'node:assert/strict';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import { FAILURE_CODES } from '../../../src/protocol/failures';
import { helpText, optionName, parseCommandLine, UsageError } from '../../../src/trainer/commandLineOptions';
import { failureSentence } from '../../../src/trainer/failureSentences';

describe('the command line', () => {
  it('takes the defaults for what is not given', () => {
    const command = parseCommandLine(['train', 'a.txt']);
    assert.deepEqual(command, {
      kind: 'train',
      train: { file: 'a.txt', config: DEFAULT_CONFIG, out: null, bytes: null, json: false },
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
    const options = Object.entries(config).flatMap(([key, value]) => [`--${optionName(key)}`, String(value)]);
    const command = parseCommandLine(['train', 'a b.txt', ...options, '--bytes', '1000', '--out', 'x', '--json']);
    assert.deepEqual(command, { kind: 'train', train: { file: 'a b.txt', config, out: 'x', bytes: 1000, json: true } });
  });

  it('names the mistake', () => {
    const mistakes: [string[], RegExp][] = [
      [['train'], /which file/],
      [['train', 'a', 'b'], /one file/],
      [['dance'], /unknown command "dance"/],
      [['train', 'a', '--hidden-units', '0'], /--hidden-units/],
      [['train', 'a', '--hidden-units', 'many'], /--hidden-units/],
      [['train', 'a', '--cell', 'rnn'], /--cell/],
      [['train', 'a', '--colour', 'red'], /--colour/],
      [['train', 'a', '--bytes', '-3'], /--bytes/],
    ];
    for (const [argv, message] of mistakes)
      assert.throws(
        () => parseCommandLine(argv),
        (error) => error instanceof UsageError && message.test(error.message),
        argv.join(' '),
      );
  });

  it('helps with every option', () => {
    assert.equal(parseCommandLine([]).kind, 'help');
    for (const key of Object.keys(DEFAULT_CONFIG)) assert.ok(helpText().includes(`--${optionName(key)} `));
  });

  it('has a sentence for every failure', () => {
    for (const code of FAILURE_CODES) assert.match(failureSentence({ code, args: {} }), /^.{10,}\.$/);
    assert.match(failureSentence({ code: 'new', args: {} }), /new/);
  });
});
