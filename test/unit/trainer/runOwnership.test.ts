// A run that another process trains: neither opened, resumed nor written to here.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { liveOwner, OWNER_FILE } from '../../../src/protocol/runOwner';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, until, Workspace } from './trainerFixture';

const TEXT = smallText(300);
const STORED_TEXT = { text: null };

describe('a run that another process trains', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  const ownerFile = (): string => path.join(workspace.runFolder('one'), OWNER_FILE);
  /** The process that started the tests lives as long as they run. */
  const trainElsewhere = (pid = process.ppid, bootedAt = Date.now() - os.uptime() * 1000): void =>
    writeFileSync(ownerFile(), JSON.stringify({ pid, bootedAt }));
  const trained = async (): Promise<RunSession> => {
    const { session } = workspace.session();
    session.train(workspace.order('one', TINY, { text: TEXT }));
    await session.settled();
    return session;
  };
  const opened = (): Promise<unknown> =>
    workspace.session().session.open({ runFolder: workspace.runFolder('one'), ...STORED_TEXT });

  it('is owned while it trains and free when it rests', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('one', { ...TINY, epochs: 50 }, { text: TEXT }));
    await until(() => session.record.step > 0);
    assert.equal((JSON.parse(readFileSync(ownerFile(), 'utf8')) as { pid: number }).pid, process.pid);
    await session.pause();
    assert.ok(!existsSync(ownerFile()));
  });

  it('is not opened, and nothing of it is changed', async () => {
    await trained();
    trainElsewhere();
    const record = readFileSync(path.join(workspace.runFolder('one'), 'run.json'));
    await assert.rejects(opened(), { code: 'runInUse', args: { id: 'one', pid: process.ppid } });
    assert.deepEqual(readFileSync(path.join(workspace.runFolder('one'), 'run.json')), record);
  });

  it('is not resumed here, and stays the other’s', async () => {
    const session = await trained();
    trainElsewhere();
    await assert.rejects(session.resume(), { code: 'runInUse' });
    assert.ok(existsSync(ownerFile()));
    assert.equal(session.record.phase, 'finished');
  });

  it('is not resumed from older weights when the other has trained it on', async () => {
    const session = await trained();
    const other = workspace.session().session;
    await other.open({ runFolder: workspace.runFolder('one'), ...STORED_TEXT });
    await other.resume();
    await other.settled();
    const { step } = other.record;
    await assert.rejects(session.resume(), { code: 'runTrainedElsewhere', args: { id: 'one', step } });
    assert.ok(!existsSync(ownerFile()));
  });

  it('is free again when its process is gone or the machine was started anew', async () => {
    await trained();
    trainElsewhere(process.ppid, 0);
    await opened();
    const gone = JSON.stringify({ pid: 4_000_000, bootedAt: 5 });
    const asked: number[] = [];
    assert.equal(
      liveOwner(gone, 5, (pid) => asked.push(pid) < 0),
      null,
    );
    assert.deepEqual(asked, [4_000_000]);
    for (const text of ['', 'null', '{"pid":-1,"bootedAt":0}'])
      assert.equal(
        liveOwner(text, 0, () => true),
        null,
      );
  });
});
