// The launcher: messages both ways, output captured, and the end told once with its reason.
import assert from 'node:assert/strict';
import { launchTrainer } from '../../../src/trainer/nodeLauncher';
import { VectorFlags, widenVectors } from '../../../src/trainer/vectorFlags';
import { Workspace } from './trainerFixture';

describe('the launcher', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  interface Outcome {
    messages: unknown[];
    lines: string[];
    exits: { code: number | null; signal: string | null; outOfMemory: boolean }[];
  }

  /** Runs a script as trainer until it ends; `act` is called with the first message. */
  function run(script: string, act: (trainer: ReturnType<typeof launchTrainer>) => void, memoryMegabytes = 64) {
    const outcome: Outcome = { messages: [], lines: [], exits: [] };
    return new Promise<Outcome>((resolve) => {
      const trainer = launchTrainer(
        {
          ...{ modulePath: workspace.file('script.cjs', script), priority: 'low', memoryMegabytes },
          onMessage: (message) => {
            outcome.messages.push(message);
            if (outcome.messages.length === 1) act(trainer);
          },
          onLog: (line) => outcome.lines.push(line),
          onExit: (exit) => {
            outcome.exits.push(exit);
            setImmediate(() => resolve(outcome));
          },
        },
        new VectorFlags([]),
      );
    });
  }

  it('passes buffers both ways and captures output', async () => {
    const script = `
      process.send('ready');
      console.log('out'); console.error('err');
      process.on('message', (m) => { process.send({ back: m.data }); process.disconnect(); });`;
    const { messages, lines, exits } = await run(script, (trainer) =>
      trainer.send({ data: Float32Array.of(1, NaN).buffer }),
    );
    assert.deepEqual(messages[1], { back: Float32Array.of(1, NaN).buffer });
    assert.deepEqual(lines.sort(), ['err', 'out']);
    assert.deepEqual(exits, [{ code: 0, signal: null, outOfMemory: false }]);
  });

  it('tells a crash with its exit code', async () => {
    const { exits, lines } = await run(
      `process.send('x'); setTimeout(() => { throw new Error('boom'); }, 10);`,
      () => {},
    );
    assert.equal(exits[0].code, 1);
    assert.ok(lines.some((line) => line.includes('boom')));
  });

  it('tells an exhausted heap from other ends', async () => {
    const script = `process.send('x'); const kept = []; setTimeout(() => { for (;;) kept.push(new Array(1000).fill({})); }, 10);`;
    const { exits } = await run(script, () => {}, 20);
    assert.equal(exits.length, 1);
    assert.equal(exits[0].outOfMemory, true);
  }).timeout(20_000);

  it('ends a process on request, and drops what is sent afterwards', async () => {
    const { exits } = await run(`process.send('x'); setInterval(() => {}, 1000);`, (trainer) => {
      trainer.kill();
      trainer.send('late');
    });
    assert.deepEqual(exits, [{ code: null, signal: 'SIGTERM', outOfMemory: false }]);
  });

  /** Starts with the given flags; the script answers the first message with its own flags. */
  function startWith(flags: VectorFlags) {
    const script = `process.on('message', (m) => { process.send([m, process.execArgv]); process.disconnect(); });`;
    const outcome: Outcome = { messages: [], lines: [], exits: [] };
    return new Promise<Outcome>((resolve) => {
      const trainer = launchTrainer(
        {
          ...{ modulePath: workspace.file('script.cjs', script), priority: 'low', memoryMegabytes: 64 },
          onMessage: (message) => outcome.messages.push(message),
          onLog: (line) => outcome.lines.push(line),
          onExit: (exit) => resolve({ ...outcome, exits: [exit] }),
        },
        flags,
      );
      trainer.send('first');
    });
  }

  it('survives flags that the runtime refuses, loses no message and remembers which they were', async () => {
    const flags = new VectorFlags(['--no-such-flag', '--nor-this-one', '--no-warnings']);
    const { messages, lines, exits } = await startWith(flags);
    assert.deepEqual(messages, [['first', ['--max-old-space-size=64', '--no-warnings']]]);
    assert.deepEqual(exits, [{ code: 0, signal: null, outOfMemory: false }]);
    assert.equal(lines.length, 2, 'one line for each refused flag');
    assert.match(lines[0], /--no-such-flag is refused/);
    const again = await startWith(flags);
    assert.deepEqual(again.lines, []);
    assert.equal(flags.current, '--no-warnings');
  });

  it('starts without a flag when all are refused', async () => {
    const { messages } = await startWith(new VectorFlags(['--no-such-flag']));
    assert.deepEqual(messages, [['first', ['--max-old-space-size=64']]]);
  });

  it('finds out in another process which flag a command line can set', () => {
    assert.equal(widenVectors(new VectorFlags(['--no-such-flag', '--no-trace-gc'])), '--no-trace-gc');
    assert.equal(widenVectors(new VectorFlags(['--no-such-flag'])), null);
  });
});
