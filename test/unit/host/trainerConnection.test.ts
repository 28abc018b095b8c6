// Every request to a trainer ends: answered, refused, timed out or rejected because the process is gone.
import assert from 'node:assert/strict';
import { GatescopeError } from '../../../src/protocol/failures';
import { TrainerReleased } from '../../../src/host/runs/trainerConnection';
import { FakeTrainer, KeptLog, recordOf } from './fakeTrainer';

const failsWith = (code: string) => (error: unknown) => error instanceof GatescopeError && error.code === code;

describe('a trainer connection', () => {
  let trainer: FakeTrainer;
  let log: KeptLog;
  beforeEach(() => {
    trainer = new FakeTrainer();
    log = new KeptLog();
  });

  it('matches answers to requests in any order', async () => {
    const connection = trainer.connect(log);
    const first = connection.request('pause', {});
    const second = connection.request('stop', {});
    trainer.say({ kind: 'reply', id: trainer.sent[1].id, ok: true, value: recordOf({ phase: 'stopped' }) });
    trainer.say({ kind: 'reply', id: trainer.sent[0].id, ok: true, value: recordOf({ phase: 'paused' }) });
    assert.equal((await first).phase, 'paused');
    assert.equal((await second).phase, 'stopped');
  });

  it('rejects with the failure that the trainer names', async () => {
    const connection = trainer.connect(log);
    const asked = connection.request('pause', {});
    trainer.refuse('notReady');
    await assert.rejects(asked, failsWith('notReady'));
  });

  it('rejects all that is awaited when the process ends, tells it once, and refuses what comes later', async () => {
    const connection = trainer.connect(log);
    const lost: string[] = [];
    connection.lost.on((error) => lost.push(error.code));
    const asked = [connection.request('pause', {}), connection.request('stop', {})];
    trainer.exit({ code: null, signal: 'SIGKILL', outOfMemory: false });
    for (const one of asked) await assert.rejects(one, /SIGKILL/);
    assert.deepEqual(lost, ['trainerCrashed']);
    await assert.rejects(connection.request('pause', {}), failsWith('trainerCrashed'));
  });

  it('tells a lack of memory from a crash', async () => {
    const connection = trainer.connect(log);
    const asked = connection.request('pause', {});
    trainer.exit({ code: 134, signal: null, outOfMemory: true });
    await assert.rejects(asked, (error) => failsWith('outOfMemory')(error) && /512/.test(String(error)));
  });

  it('gives up on a request that is never answered', async () => {
    const seconds = 0.01;
    const all = { train: seconds, open: seconds, pause: seconds, resume: seconds, stop: seconds };
    const connection = trainer.connect(log, {
      ...all,
      ask: 600,
      inspect: seconds,
      continueText: seconds,
      guessTask: seconds,
      estimate: seconds,
    });
    await assert.rejects(connection.request('pause', {}), failsWith('trainerSilent'));
    assert.ok(connection.isAlive, 'a slow trainer is not a dead one');
    assert.match(log.lines.join(), /no answer to pause/);
  });

  it('does not call its own end a loss, and says when the process is gone', async () => {
    const connection = trainer.connect(log);
    let lost = false;
    connection.lost.on(() => {
      lost = true;
    });
    const asked = connection.request('pause', {});
    connection.dispose();
    await assert.rejects(asked, TrainerReleased);
    await assert.rejects(connection.request('pause', {}), TrainerReleased);
    await connection.gone;
    assert.ok(trainer.killed);
    assert.equal(lost, false);
  });

  it('logs what it does not understand and goes on', async () => {
    const connection = trainer.connect(log);
    trainer.say({ kind: 'nonsense' });
    trainer.say('text');
    assert.equal(log.lines.filter((line) => line.startsWith('error')).length, 2);
    const asked = connection.request('pause', {});
    trainer.reply(recordOf());
    await asked;
  });
});
