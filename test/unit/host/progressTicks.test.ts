// How often the page is told of training: at once, then together; no point of the chart is lost, none told twice.
import assert from 'node:assert/strict';
import { ProgressTicks } from '../../../src/host/panel/progressTicks';
import { syntheticMetrics, syntheticRecord } from '../../../webview/harness/syntheticRun';

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('how the page is told that training goes on', () => {
  let told: { step: number; points: number; reset: boolean }[];
  let ticks: ProgressTicks;
  beforeEach(() => {
    told = [];
    ticks = new ProgressTicks(({ run, newMetrics, reset }) =>
      told.push({ step: run.step, points: newMetrics.length, reset }),
    );
  });
  afterEach(() => ticks.dispose());

  const went = (step: number, points: number, reset = false, id = 'one'): void =>
    ticks.went(syntheticRecord({ id, step }), null, syntheticMetrics(60).slice(0, points), reset);

  it('tells of a step at once, and of those soon after together with all their points', async () => {
    went(1, 1);
    went(2, 2);
    went(3, 1);
    assert.deepEqual(told, [{ step: 1, points: 1, reset: false }]);
    await after(450);
    assert.deepEqual(told.slice(1), [{ step: 3, points: 3, reset: false }]);
  });

  it('forgets points that were told otherwise, or that belong to a chart that began anew', async () => {
    went(1, 1);
    went(2, 2);
    ticks.clear();
    went(3, 2);
    went(4, 1, true);
    went(5, 1);
    await after(450);
    assert.deepEqual(told.slice(1), [{ step: 5, points: 2, reset: true }]);
  });

  it('says nothing once it is cleared and nothing follows', async () => {
    went(1, 1);
    went(2, 1);
    ticks.clear();
    await after(450);
    assert.equal(told.length, 1);
  });
});
