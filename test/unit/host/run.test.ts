// A run keeps its record, chart and reason in step with what its trainer says, and survives the trainer's death.
import assert from 'node:assert/strict';
import { MAX_METRICS, Run, thinMetrics, type RunChange, type RunHome } from '../../../src/host/runs/run';
import type { Metric, RunRecord } from '../../../src/protocol/run';
import { FakeTrainer, KeptLog, recordOf } from './fakeTrainer';

const metric = (step: number, validationLoss: number | null = null): Metric => ({
  ...{ step, trainingLoss: 1, validationLoss, gradientNorm: 1, clippedNorm: 1 },
  ...{ updateRatio: 0.001, clippedSteps: 0 },
});
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a run', () => {
  let trainers: FakeTrainer[];
  let saved: RunRecord[];
  let changes: RunChange[];
  let home: RunHome;
  const trainer = (): FakeTrainer => trainers[trainers.length - 1];

  beforeEach(() => {
    trainers = [];
    saved = [];
    changes = [];
    home = {
      folder: '/runs/one',
      connect: () => {
        trainers.push(new FakeTrainer());
        return trainer().connect(new KeptLog());
      },
      settings: () => ({ threads: 3, snapshotMegabytes: 70 }),
      save: (record) => Promise.resolve(void saved.push(record)),
    };
  });

  async function trained(): Promise<Run> {
    const run = Run.planned(home, recordOf({ phase: 'preparing', plannedSteps: 0 }));
    run.changed.on((change) => changes.push(change));
    const { config, source, id: runId, createdAt } = run.record;
    const started = run.start({ runFolder: home.folder, runId, createdAt, config, source, text: null });
    trainer().reply(recordOf({ phase: 'preparing', plannedSteps: 0 }));
    await started;
    trainer().say(progress({ phase: 'training', step: 3 }));
    return run;
  }
  const progress = (change: Partial<RunRecord>) => ({
    ...{ kind: 'progress', record: recordOf(change) },
    ...{ activity: null, fraction: null, tokensPerSecond: 10, secondsLeft: 5 },
  });

  it('follows the progress of its trainer', async () => {
    const run = await trained();
    assert.equal(run.record.step, 3);
    assert.equal(run.progress?.secondsLeft, 5);
    assert.ok(run.isBusy);
  });

  it('tells a change of phase apart from a mere step', async () => {
    await trained();
    changes = [];
    trainer().say(progress({ phase: 'training', step: 4 }));
    trainer().say(progress({ phase: 'finished', step: 5 }));
    assert.deepEqual(
      changes.map(({ phaseChanged }) => phaseChanged),
      [false, true],
    );
  });

  it('adds points to its chart and begins anew when told', async () => {
    const run = await trained();
    trainer().say({ kind: 'metrics', reset: false, metrics: [metric(1), metric(2)] });
    trainer().say({ kind: 'metrics', reset: false, metrics: [metric(3)] });
    assert.deepEqual(
      run.metrics.map(({ step }) => step),
      [1, 2, 3],
    );
    trainer().say({ kind: 'metrics', reset: true, metrics: [metric(9)] });
    assert.equal(run.metrics.length, 1);
  });

  it('fails with a reason when its trainer dies while training, and stores that', async () => {
    const run = await trained();
    trainer().exit({ code: null, signal: 'SIGKILL', outOfMemory: false });
    assert.equal(run.record.phase, 'failed');
    assert.equal(run.failure?.code, 'trainerCrashed');
    await settle();
    assert.equal(saved[0].phase, 'failed');
    assert.equal(run.isBusy, false);
  });

  it('stays what it was when its trainer dies at rest', async () => {
    const run = await trained();
    trainer().say(progress({ phase: 'finished' }));
    trainer().exit({ code: 1, signal: null, outOfMemory: false });
    assert.equal(run.record.phase, 'finished');
    assert.equal(run.failure, null);
  });

  it('from storage starts one trainer for all that is asked of it, and opens the stored run first', async () => {
    const run = Run.stored(home, recordOf({ phase: 'paused', step: 8 }));
    assert.equal(trainers.length, 0);
    const resumed = run.resume();
    const woken = run.wake();
    assert.equal(trainers.length, 1);
    const [opening] = trainer().sent;
    assert.ok(
      opening.kind === 'open' && opening.threads === 3 && opening.snapshotMegabytes === 70,
      'as the settings say',
    );
    trainer().reply(recordOf({ phase: 'paused', step: 8 }));
    await woken;
    await settle();
    assert.equal(trainer().sent[1].kind, 'resume');
    trainer().reply(recordOf({ phase: 'training', step: 8 }));
    await resumed;
    assert.ok(run.isBusy);
  });

  for (const kind of ['pause', 'stop'] as const)
    it(`that nobody looks at answers ${kind} before its trainer is let go`, async () => {
      const run = await trained();
      const phase = kind === 'pause' ? 'paused' : 'stopped';
      let letGo = Promise.resolve();
      run.changed.on(({ phaseChanged }) => {
        if (phaseChanged && !run.isBusy) letGo = run.releaseUnless(() => run.isBusy);
      });
      const asked = run[kind]();
      await settle();
      trainer().say(progress({ phase }));
      await settle();
      assert.equal(trainer().killed, false, 'the event came before the answer');
      trainer().reply(recordOf({ phase }));
      await asked;
      await letGo;
      assert.ok(trainer().killed);
      assert.equal(run.failure, null);
    });

  it('keeps its trainer when it is needed again before that is let go', async () => {
    const run = Run.stored(home, recordOf({ phase: 'paused' }));
    const resumed = run.resume();
    const letGo = run.releaseUnless(() => run.isBusy);
    trainer().reply(recordOf({ phase: 'paused' }));
    await settle();
    trainer().reply(recordOf({ phase: 'training' }));
    await resumed;
    await letGo;
    assert.equal(trainer().killed, false);
  });

  it('does not tell a waking trainer as another phase', async () => {
    const run = Run.stored(home, recordOf({ phase: 'paused' }));
    run.changed.on((change) => changes.push(change));
    const woken = run.wake();
    trainer().say(progress({ phase: 'paused' }));
    trainer().reply(recordOf({ phase: 'paused' }));
    await woken;
    assert.ok(changes.every(({ phaseChanged }) => !phaseChanged));
  });

  it('can be opened again after a damaged start', async () => {
    const run = Run.stored(home, recordOf({ phase: 'paused' }));
    const woken = run.wake();
    trainer().refuse('runDamaged', { id: 'x', file: 'checkpoint.safetensors', reason: 'short' });
    await assert.rejects(woken, /runDamaged/);
    void run.wake().catch(() => undefined);
    assert.equal(trainers.length, 2);
    await run.release();
  });
});

describe('a long chart', () => {
  it('is thinned among its older points and keeps every validation loss', () => {
    const all = Array.from({ length: MAX_METRICS + 1 }, (_, step) => metric(step, step % 101 === 1 ? 2 : null));
    const thinned = thinMetrics(all);
    assert.ok(thinned.length < MAX_METRICS * 0.7);
    assert.equal(
      thinned.filter(({ validationLoss }) => validationLoss !== null).length,
      all.filter(({ validationLoss }) => validationLoss !== null).length,
    );
    assert.equal(thinned[thinned.length - 1].step, MAX_METRICS);
  });
});
