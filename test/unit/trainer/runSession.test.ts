// A run's life: prepared, trained, paused, resumed, stopped, stored and opened again.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import { runRecordSchema, type Metric } from '../../../src/protocol/run';
import { trainerEventSchema, type TrainerEvent } from '../../../src/protocol/trainerMessages';
import { smallText, TINY, until, Workspace } from './trainerFixture';

const TEXT = smallText(300);
const metricsOf = (events: TrainerEvent[]): Metric[] =>
  events.flatMap((event) => (event.kind === 'metrics' ? event.metrics : []));
const phasesOf = (events: TrainerEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'progress' ? [event.record.phase] : []));

describe('a run', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  /** Trains to the end and gives the weights' file. */
  async function trainToEnd(id: string, epochs: number): Promise<{ checkpoint: Buffer; metrics: Metric[] }> {
    const { session, events } = workspace.session();
    session.train(workspace.order(id, { ...TINY, epochs }, { text: TEXT }));
    await session.settled();
    assert.equal(session.record.phase, 'finished', JSON.stringify(session.record.failure));
    return { checkpoint: readCheckpoint(id), metrics: metricsOf(events) };
  }
  const readCheckpoint = (id: string) => readFileSync(path.join(workspace.runFolder(id), 'checkpoint.safetensors'));

  it('exists on disk as soon as training is asked for', () => {
    const { session } = workspace.session();
    const record = session.train(workspace.order('one', TINY, { text: TEXT }));
    assert.equal(record.phase, 'preparing');
    const stored: unknown = JSON.parse(readFileSync(path.join(workspace.runFolder('one'), 'run.json'), 'utf8'));
    assert.deepEqual(v.parse(runRecordSchema, stored), record);
  });

  it('passes from preparing through training to finished, with a falling loss', async () => {
    const { session, events } = workspace.session();
    session.train(workspace.order('one', { ...TINY, epochs: 4 }, { text: TEXT }));
    await session.settled();
    const { record } = session;
    assert.deepEqual([...new Set(phasesOf(events))], ['preparing', 'training', 'finished']);
    assert.equal(record.step, record.plannedSteps);
    const losses = metricsOf(events).flatMap(({ validationLoss }) => (validationLoss === null ? [] : [validationLoss]));
    assert.ok(losses.length >= 4 && losses[losses.length - 1] < losses[0] - 0.3, losses.join(' '));
    assert.equal(record.bestValidationLoss, Math.min(...losses));
    for (const event of events) v.parse(trainerEventSchema, event);
  });

  it('describes its text', async () => {
    const { session } = workspace.session();
    const path_ = workspace.file('korean.txt', '나는 학교에 갔다.\r\n'.repeat(40));
    session.train(workspace.order('one', { ...TINY, unit: 'words' }, { path: path_ }));
    await session.settled();
    const { corpus } = session.record;
    assert.equal(corpus?.encoding, 'utf-8');
    assert.equal(corpus.tokens, 40 * 5);
    assert.equal(corpus.characters, 40 * 11);
    assert.equal(corpus.trainingTokens + corpus.validationTokens, corpus.tokens);
    assert.ok(Math.abs(corpus.unigramEntropy - Math.log(5)) < 1e-12);
    assert.equal(corpus.hash, createHash('sha256').update('나는 학교에 갔다.\r\n'.repeat(40)).digest('hex'));
  });

  it('records every step once, in memory and on disk alike', async () => {
    const { metrics } = await trainToEnd('one', 2);
    assert.deepEqual(
      metrics.map(({ step }) => step),
      Array.from(metrics, (_, k) => k),
    );
    const lines = readFileSync(path.join(workspace.runFolder('one'), 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as Metric),
      metrics,
    );
  });

  it('gives the same weights bit for bit when it is trained again', async () => {
    const [first, second] = [await trainToEnd('one', 2), await trainToEnd('two', 2)];
    assert.ok(first.checkpoint.equals(second.checkpoint));
  });

  it('gives the same weights bit for bit when it is paused, opened by another process and resumed', async () => {
    const whole = await trainToEnd('whole', 3);
    const half = workspace.session();
    half.session.train(workspace.order('halves', { ...TINY, epochs: 3 }, { text: TEXT }));
    await until(() => half.session.record.phase === 'training');
    const paused = await half.session.pause();
    assert.equal(paused.phase, 'paused');
    assert.ok(paused.step > 0 && paused.step < paused.plannedSteps, `paused at ${paused.step}`);
    await half.session.close();

    const other = workspace.session();
    const opened = await other.session.open({ runFolder: workspace.runFolder('halves'), text: null });
    // Why these kernels is told by each process for itself.
    assert.deepEqual({ ...opened, engine: { ...opened.engine, reason: paused.engine.reason } }, paused);
    await other.session.resume();
    await other.session.settled();
    assert.equal(other.session.record.phase, 'finished');
    assert.ok(readCheckpoint('halves').equals(whole.checkpoint));
    const lines = readFileSync(path.join(workspace.runFolder('halves'), 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => ({ ...(JSON.parse(line) as Metric), seconds: 0 })),
      whole.metrics.map((metric) => ({ ...metric, seconds: 0 })),
    );
    const seconds = lines.map((line) => (JSON.parse(line) as Metric).seconds ?? NaN);
    assert.equal(seconds[0], 0);
    assert.ok(
      seconds.every((at, k) => k === 0 || at >= seconds[k - 1]),
      'what the steps took goes on across the pause',
    );
  });

  it('goes back to its last checkpoint when its process was cut off', async () => {
    await trainToEnd('one', 1);
    const recordPath = path.join(workspace.runFolder('one'), 'run.json');
    const record = JSON.parse(readFileSync(recordPath, 'utf8')) as Record<string, unknown>;
    const late = {
      step: 9999,
      trainingLoss: 1,
      validationLoss: null,
      gradientNorm: 1,
      clippedNorm: 1,
      updateRatio: 0,
      clippedSteps: 0,
    };
    workspace.file('runs/one/run.json', JSON.stringify({ ...record, phase: 'training', step: 9999 }));
    const metricsPath = path.join(workspace.runFolder('one'), 'metrics.jsonl');
    const before = readFileSync(metricsPath, 'utf8');
    workspace.file('runs/one/metrics.jsonl', `${before}${JSON.stringify(late)}\n{"step":10`);
    const { session } = workspace.session();
    const opened = await session.open({ runFolder: workspace.runFolder('one'), text: null });
    assert.equal(opened.phase, 'paused');
    assert.equal(opened.step, record.step);
    assert.equal(readFileSync(metricsPath, 'utf8'), before);
  });

  it('trains as many epochs again when it is resumed after its end', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('one', TINY, { text: TEXT }));
    await session.settled();
    const { step } = session.record;
    await session.resume();
    await session.settled();
    assert.equal(session.record.step, 2 * step);
  });

  it('can be paused, resumed and stopped at any moment, preparation included', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('one', { ...TINY, epochs: 50 }, { text: TEXT }));
    assert.equal((await session.pause()).phase, 'preparing');
    await session.settled();
    assert.equal(session.record.phase, 'paused');
    assert.equal((await session.resume()).phase, 'training');
    const [paused, resumed] = await Promise.all([session.pause(), session.resume()]);
    assert.equal(paused.phase === 'paused' || paused.phase === 'training', true);
    assert.equal(resumed.phase, 'training');
    assert.equal((await session.stop()).phase, 'stopped');
    assert.equal((await session.stop()).phase, 'stopped');
    assert.ok(existsSync(path.join(workspace.runFolder('one'), 'checkpoint.safetensors')));
  });

  it('gives up reading when it is stopped while it prepares', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('one', TINY, { text: TEXT.repeat(200) }));
    assert.equal((await session.stop()).phase, 'stopped');
    assert.equal(session.record.corpus, null);
  });

  it('leaves whole files only, among them the weights under their names', async () => {
    await trainToEnd('one', 1);
    const names = [
      'checkpoint.safetensors',
      'metrics.jsonl',
      'run.json',
      'sample.txt',
      'snapshots',
      'tokens.bin',
      'vocabulary.json',
    ];
    assert.deepEqual(readdirSync(workspace.runFolder('one')).sort(), names);
    for (const name of readdirSync(path.join(workspace.runFolder('one'), 'snapshots')))
      assert.match(name, /^\d+\.safetensors$/);
    const { tensors } = decodeSafetensors(readCheckpoint('one'));
    assert.deepEqual(tensors.get('W_h')?.shape, [6, 24]);
    for (const name of ['embedding', 'W_x', 'b', 'W_o', 'b_o', 'carried.h', 'carried.c'])
      assert.ok(tensors.has(name), name);
  });

  it('trains on a text of a hundred characters', async () => {
    const { session, events } = workspace.session();
    session.train(workspace.order('one', { ...TINY, sequenceLength: 64, batchSize: 32 }, { text: smallText(5) }));
    await session.settled();
    assert.equal(session.record.phase, 'finished');
    assert.ok(session.record.step >= 4);
    assert.ok(events.some((event) => event.kind === 'log' && /slices of/.test(event.text)));
  });

  it('says which file is damaged when it cannot be opened', async () => {
    await trainToEnd('one', 1);
    for (const file of ['vocabulary.json', 'checkpoint.safetensors', 'run.json']) {
      const whole = readFileSync(path.join(workspace.runFolder('one'), file));
      workspace.file(`runs/one/${file}`, whole.subarray(0, whole.length / 2));
      const { session } = workspace.session();
      await assert.rejects(
        session.open({ runFolder: workspace.runFolder('one'), text: null }),
        (error: { code?: string; args?: { file?: string } }) =>
          error.code === 'runDamaged' && error.args?.file === file,
      );
      workspace.file(`runs/one/${file}`, whole);
    }
    rmSync(path.join(workspace.runFolder('one'), 'run.json'));
    const { session } = workspace.session();
    await assert.rejects(session.open({ runFolder: workspace.runFolder('one'), text: null }), { code: 'runMissing' });
  });
});
