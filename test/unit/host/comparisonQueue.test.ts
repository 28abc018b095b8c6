// The queue of a comparison: one training at a time, what fails does not stop the next, and a reload loses nothing.
import assert from 'node:assert/strict';
import { Comparisons } from '../../../src/host/runs/comparisons';
import type { OpenRuns, TrainingOrder } from '../../../src/host/runs/openRuns';
import type { Run } from '../../../src/host/runs/run';
import { Signal } from '../../../src/host/signal';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import type { RunRecord } from '../../../src/protocol/run';

const config = (seed: number): RunConfig => ({ ...DEFAULT_CONFIG, cell: 'gru', seed });

/** Stands for the runs of a window: what is planned begins to train, and ends when the test says so. */
class FakeRuns {
  readonly changed = new Signal<{ run: Run; phaseChanged: boolean }>();
  readonly selected = new Signal<void>();
  readonly deleted = new Signal<void>();
  readonly inspected = false;
  open: Run[] = [];
  current: Run;
  refuse: number | null = null;

  constructor(stored: RunRecord[] = []) {
    this.current = this.add({ id: 'base', config: DEFAULT_CONFIG, phase: 'finished' } as RunRecord);
    for (const record of stored) this.add(record);
  }

  plan({ config: planned }: TrainingOrder): Promise<{ run: Run; start(): Promise<void> }> {
    const run = this.add({ id: `seed-${planned.seed}`, config: planned, phase: 'training', step: 3 } as RunRecord);
    const refused = planned.seed === this.refuse;
    return Promise.resolve({ run, start: () => (refused ? Promise.reject(new Error('no text')) : Promise.resolve()) });
  }

  find(id: string): Promise<Run> {
    const run = this.open.find((one) => one.id === id);
    return run ? Promise.resolve(run) : Promise.reject(new Error(`no run ${id}`));
  }

  all(): Promise<RunRecord[]> {
    return Promise.resolve(this.open.map(({ record }) => record));
  }

  end(id: string, phase: RunRecord['phase']): void {
    const run = this.open.find((one) => one.id === id);
    assert.ok(run, id);
    run.record = { ...run.record, phase };
    run.changed.fire({ run, newMetrics: [], reset: false, phaseChanged: true });
    this.changed.fire({ run, phaseChanged: true });
  }

  private add(record: RunRecord): Run {
    const changed = new Signal();
    const resume = (): Promise<void> => Promise.resolve(this.end(record.id, 'training'));
    const whole = { ...record, failure: null };
    const run = { id: record.id, record: whole, changed, metrics: [], failure: null, isBusy: false, resume } as unknown;
    this.open.push(run as Run);
    return run as Run;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function comparisons(runs: FakeRuns, memory: Map<string, unknown>): Comparisons {
  return new Comparisons({
    runs: runs as unknown as OpenRuns,
    memory: {
      get: (key) => memory.get(key),
      update: (key, value) => Promise.resolve(void memory.set(key, JSON.parse(JSON.stringify(value)))),
    },
    textOf: () =>
      Promise.resolve({ source: { uri: '', name: 'a', path: null, part: { kind: 'whole' } }, text: '', bytes: 0 }),
    problemOf: (error) => (error instanceof Error ? error.message : String(error)),
  });
}

const phases = (subject: Comparisons): (string | null)[] =>
  (subject.current?.runs ?? []).map(({ record, problem }) => problem ?? record?.phase ?? null);

describe('the queue of a comparison', () => {
  it('trains one after the other, passes over what is refused, and ends', async () => {
    const runs = new FakeRuns();
    runs.refuse = 2;
    const subject = comparisons(runs, new Map());
    subject.begin(runs.current, [], 'parameters', [config(1), config(2), config(3)]);
    await turn();
    assert.deepEqual(phases(subject), ['training', null, null]);
    runs.end('seed-1', 'diverged');
    await turn();
    assert.deepEqual(phases(subject), ['diverged', 'no text', 'training']);
    assert.equal(subject.current?.active, true);
    runs.end('seed-3', 'finished');
    await turn();
    assert.deepEqual(phases(subject), ['diverged', 'no text', 'finished']);
    assert.equal(subject.current?.active, false);
  });

  it('comes back after a reload, and goes on only when asked: with what was cut off, then with what waited', async () => {
    const memory = new Map<string, unknown>();
    const before = new FakeRuns();
    comparisons(before, memory).begin(before.current, [], 'units', [config(1), config(2)]);
    await turn();
    const after = new FakeRuns([{ id: 'seed-1', config: config(1), phase: 'paused', step: 3 } as RunRecord]);
    const subject = comparisons(after, memory);
    after.selected.fire();
    await turn();
    assert.deepEqual(
      [phases(subject), subject.current?.active, subject.current?.budget],
      [['paused', null], false, 'units'],
    );
    subject.goOn('base');
    await turn();
    assert.deepEqual(phases(subject), ['training', null]);
    after.end('seed-1', 'finished');
    await turn();
    assert.deepEqual(phases(subject), ['finished', 'training']);
    await subject.stop('base');
    after.end('seed-2', 'stopped');
    await turn();
    assert.deepEqual([phases(subject), subject.current?.active], [['finished', 'stopped'], false]);
    subject.end('base');
    assert.equal(subject.current, null);
  });

  it('loses the runs that were deleted, and itself with the run it belongs to', async () => {
    const runs = new FakeRuns([{ id: 'seed-1', config: config(1), phase: 'finished', step: 3 } as RunRecord]);
    const memory = new Map<string, unknown>();
    const subject = comparisons(runs, memory);
    const stored = runs.open[1].record;
    subject.begin(runs.current, [stored], null, [config(2)]);
    await turn();
    runs.end('seed-2', 'finished');
    runs.open = runs.open.filter(({ id }) => id !== 'seed-1');
    runs.deleted.fire();
    await turn();
    assert.deepEqual(phases(subject), ['finished']);
    runs.open = [];
    runs.deleted.fire();
    await turn();
    assert.deepEqual(memory.get('gatescope.comparisons'), {});
  });
});
