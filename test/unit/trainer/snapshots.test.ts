// Weights are kept at steps further and further apart; every picture and question can be about the network as it was then.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { TrainerEvent } from '../../../src/protocol/trainerMessages';
import type { RunSession } from '../../../src/trainer/runSession';
import { isSnapshotStep } from '../../../src/trainer/snapshotSchedule';
import { smallText, TINY, until, Workspace } from './trainerFixture';

const view = { slice: null, cursor: 0, windowStart: null, columns: 20 };
const question = { about: 'weights', bins: 10 } as const;
const scheduled = (last: number) => Array.from({ length: last + 1 }, (_, step) => step).filter(isSnapshotStep);

describe('the steps of the snapshots', () => {
  it('are 0, 1, 2, 4, 8 and then eight in every factor of ten', () => {
    assert.deepEqual(scheduled(100), [0, 1, 2, 4, 8, 10, 13, 18, 24, 32, 42, 56, 75, 100]);
    for (const from of [10, 100, 1000, 10_000])
      assert.equal(scheduled(10 * from).filter((step) => step > from).length, 8);
  });
});

describe('the snapshots of a run', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const folderOf = (id: string) => path.join(workspace.runFolder(id), 'snapshots');
  const fileOf = (id: string, step: number) => path.join(folderOf(id), `${step}.safetensors`);
  const filesOf = (id: string) =>
    readdirSync(folderOf(id))
      .map((name) => parseInt(name, 10))
      .sort((a, b) => a - b);

  async function trainToEnd(id: string, epochs: number, snapshotMegabytes?: number): Promise<RunSession> {
    const { session } = workspace.session();
    session.train({ ...workspace.order(id, { ...TINY, epochs }, { text: smallText(300) }), snapshotMegabytes });
    await session.settled();
    assert.equal(session.record.phase, 'finished');
    return session;
  }

  async function reopen(
    id: string,
    snapshotMegabytes?: number,
  ): Promise<{ session: RunSession; events: TrainerEvent[] }> {
    const { session, events } = workspace.session();
    await session.open({ runFolder: workspace.runFolder(id), text: null, snapshotMegabytes });
    return { session, events };
  }

  it('are files of float32 parameters, from before the first step to the last one, and the record lists them', async () => {
    const { record } = await trainToEnd('one', 2);
    const expected = [...new Set([...scheduled(record.step), record.step])];
    assert.deepEqual(record.snapshots, expected);
    assert.deepEqual(filesOf('one'), expected);
    const last = decodeSafetensors(readFileSync(fileOf('one', record.step)));
    const checkpoint = decodeSafetensors(readFileSync(path.join(workspace.runFolder('one'), 'checkpoint.safetensors')));
    let values = 0;
    for (const [name, tensor] of last.tensors) {
      assert.deepEqual(tensor, checkpoint.tensors.get(name));
      assert.ok(tensor.values instanceof Float32Array);
      values += tensor.values.length;
    }
    assert.equal(values, record.parameters);
    assert.equal(last.metadata.step, String(record.step));
    assert.deepEqual(JSON.parse(last.metadata.config), record.config);
  });

  it('go on where a run is resumed; where it rested in between is not kept', async () => {
    const { record } = await trainToEnd('one', 1);
    assert.ok(!isSnapshotStep(record.step));
    const { session } = await reopen('one');
    await session.resume();
    await session.settled();
    const { step } = session.record;
    assert.ok(step > record.step);
    assert.deepEqual(session.record.snapshots, [...new Set([...scheduled(step), step])]);
    assert.deepEqual(filesOf('one'), session.record.snapshots);
  });

  it('that lie after the checkpoint of a run that was cut off are forgotten, and taken again', async () => {
    const { session } = workspace.session({ checkpointMilliseconds: 1e9 });
    session.train(workspace.order('one', { ...TINY, epochs: 40 }, { text: smallText(300) }));
    await until(() => session.record.step > 24);
    cpSync(workspace.runFolder('one'), workspace.runFolder('cut-off'), { recursive: true });
    await session.stop();
    const { session: after } = await reopen('cut-off');
    assert.deepEqual(after.record.snapshots, [0]);
    assert.deepEqual(filesOf('cut-off'), [0]);
    await after.resume();
    await until(() => after.record.step > 24);
    await after.stop();
    for (const step of scheduled(24))
      assert.ok(readFileSync(fileOf('one', step)).equals(readFileSync(fileOf('cut-off', step))));
  });

  it('stay under their size limit: the oldest go, never the first and the last', async () => {
    const { record } = await trainToEnd('one', 4);
    const bytes = statSync(fileOf('one', 0)).size;
    const few = await trainToEnd('two', 4, (5.5 * bytes) / 1e6);
    assert.deepEqual(few.record.snapshots, [0, ...(record.snapshots ?? []).slice(-4)]);
    assert.deepEqual(filesOf('two'), few.record.snapshots);
    const none = await trainToEnd('three', 4, 0);
    assert.deepEqual(none.record.snapshots, [0, none.record.step]);
  });

  it('do not change the bits of training', async () => {
    await trainToEnd('one', 3);
    await trainToEnd('two', 3, 0);
    const checkpoint = (id: string) => readFileSync(path.join(workspace.runFolder(id), 'checkpoint.safetensors'));
    assert.ok(checkpoint('one').equals(checkpoint('two')));
  });

  it('can be inspected while training goes on: step 0 is the network before training, the last one that of now', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('one', { ...TINY, epochs: 40 }, { text: smallText(300) }));
    await until(() => session.record.phase === 'training');
    const before = decodeFrame(await session.inspect(view));
    await until(() => session.record.step > 20);
    const at = async (snapshot: number | null) => session.inspect({ ...view, snapshot });
    const frame = await at(0);
    assert.deepEqual([frame.header.step, frame.header.snapshot], [0, true]);
    const arrays = decodeFrame(frame);
    for (const name of Object.keys(before)) assert.deepEqual(arrays[name].values, before[name].values, name);
    const live = await at(null);
    assert.equal(live.header.snapshot, undefined);
    assert.ok(live.header.step > 20);
    await session.stop();
    const last = session.record.step;
    assert.deepEqual(decodeFrame(await at(last)), decodeFrame(await at(null)));
    assert.notDeepEqual(decodeFrame(await at(last)), arrays);
    const [first, second] = await Promise.all([at(0), at(8)]);
    assert.deepEqual([first.header.step, second.header.step], [0, 8]);
    assert.deepEqual(decodeFrame(first), arrays);
    assert.notDeepEqual(decodeFrame(second), arrays);
  });

  it('can be asked questions', async () => {
    const session = await trainToEnd('one', 2);
    const answered = await session.ask({ question, view: { ...view, snapshot: 0 } });
    assert.equal(answered?.step, 0);
    const { tensors } = decodeSafetensors(readFileSync(fileOf('one', 0)));
    assert.ok(answered.about === 'weights' && 'parameters' in answered.value);
    for (const { name, largest } of answered.value.parameters)
      assert.equal(largest, Math.max(...Array.from(tensors.get(name)?.values ?? [], Number)));
    assert.equal((await session.ask({ question, view }))?.step, session.record.step);
  });

  for (const [what, spoil] of [
    ['was cut off', (file: string) => truncateSync(file, 100)],
    ['is one of another step', (file: string) => copyOver(file)],
  ] as const)
    it(`are named and left out when one ${what}`, async () => {
      const { record } = await trainToEnd('one', 2);
      spoil(fileOf('one', 4));
      const { session, events } = await reopen('one');
      assert.deepEqual(session.record.snapshots, record.snapshots);
      await assert.rejects(session.inspect({ ...view, snapshot: 4 }), { code: 'snapshotDamaged' });
      assert.ok(events.some((event) => event.kind === 'log' && event.text.includes('4.safetensors')));
      assert.deepEqual(
        session.record.snapshots,
        record.snapshots?.filter((step) => step !== 4),
      );
      await assert.rejects(session.ask({ question, view: { ...view, snapshot: 4 } }), { code: 'snapshotDamaged' });
      assert.equal((await session.inspect({ ...view, snapshot: 2 })).header.step, 2);
    });

  it('are none for a run from before there were any, until it trains on', async () => {
    await trainToEnd('one', 1);
    rmSync(folderOf('one'), { recursive: true });
    const { session } = await reopen('one');
    assert.deepEqual(session.record.snapshots, []);
    await session.resume();
    await session.settled();
    const [first, ...others] = session.record.snapshots ?? [];
    assert.ok(first > 0 && others.length > 0 && existsSync(fileOf('one', first)));
  });
});

/** Replaces a snapshot by the one of step 2. */
function copyOver(file: string): void {
  copyFileSync(path.join(path.dirname(file), '2.safetensors'), file);
}
