// A copied command line hands the shell exactly the path and the configuration that was meant.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import { quoteArgument, shellOf, trainCommandLine } from '../../../src/host/runs/commandLine';

describe('quoting for a POSIX shell', () => {
  for (const path of ['/a b/c.txt', '/it\'s "quoted".txt', '/$HOME/`id`.txt', '/back\\slash.txt', '/소설.txt'])
    it(`brings ${path} through the shell unchanged`, function () {
      if (process.platform === 'win32') this.skip();
      assert.equal(execFileSync('sh', ['-c', `printf %s ${quoteArgument(path, 'posix')}`], { encoding: 'utf8' }), path);
    });
});

describe('quoting for Windows', () => {
  it('leaves backslashes alone unless a quote follows', () => {
    assert.equal(quoteArgument('C:\\My Texts\\a.txt', 'windows'), '"C:\\My Texts\\a.txt"');
    assert.equal(quoteArgument('C:\\folder\\', 'windows'), '"C:\\folder\\\\"');
  });

  it('is chosen by the path', () => {
    assert.equal(shellOf('C:\\Users\\x\\cli.js'), 'windows');
    assert.equal(shellOf('\\\\server\\share\\cli.js'), 'windows');
    assert.equal(shellOf('/home/x/cli.js'), 'posix');
  });
});

describe('the command line of a run', () => {
  const line = trainCommandLine('/ext/dist/cli.js', '/texts/novel.txt', DEFAULT_CONFIG, { kind: 'whole' });

  it('starts the bundled program on the file', () => {
    assert.ok(line.startsWith('node "/ext/dist/cli.js" train "/texts/novel.txt" --cell lstm '), line);
  });

  it('says every choice, so that no default matters', () => {
    assert.equal(line.match(/ --[a-z-]+ /g)?.length, Object.keys(DEFAULT_CONFIG).length);
    assert.match(line, /--hidden-units 128 /);
    assert.match(line, /--learning-rate 0\.002 /);
  });

  it('limits a run on the beginning of a file to those bytes', () => {
    const head = trainCommandLine('/c.js', '/n.txt', DEFAULT_CONFIG, { kind: 'head', bytes: 5242880 });
    assert.match(head, / --bytes 5242880$/);
  });
});
